import { test } from 'node:test'
import { denied, permitted, type Question } from '../../tests/asking.ts'

const delivery: Question = {
  action: 'transfer',
  context: 'products',
  field: 'postalAddress',
  purpose: 'processOrders',
  recipient: 'fulfilmentProvider',
}

test('transfer.anywhere: nothing goes to a country that is not listed', () => {
  permitted(delivery, 'share.deliveries')
  denied({ ...delivery, facts: { country: 'unlisted' } }, 'transfer.unlisted-country')
  denied({ ...delivery, facts: { country: undefined } }, 'transfer.unlisted-country')
})

test('transfer.eea: a border is crossed with a lawful ground, or where none is needed', () => {
  for (const region of ['eea', 'uk', 'california']) {
    denied({ ...delivery, facts: { region, mechanism: 'none' } }, 'transfer.no-mechanism')
    permitted({ ...delivery, facts: { region, mechanism: 'notNeeded' } }, 'share.deliveries')
  }
})

test('transfer.eea: it holds within the company, for a subsidiary and for an authority', () => {
  const facts = { mechanism: 'none', instrument: 'domestic', approved: 'yes' }
  const { recipient: _, ...within } = delivery
  denied({ ...within, facts }, 'transfer.no-mechanism')
  denied({ ...delivery, recipient: 'subsidiary', facts }, 'transfer.no-mechanism')
  denied({ ...delivery, recipient: 'authority', purpose: 'legalDuty', facts }, 'transfer.no-mechanism')
})
