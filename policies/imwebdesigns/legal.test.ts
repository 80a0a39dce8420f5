import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, denied, permitted, type Question } from '../../tests/asking.ts'

const demand: Question = {
  action: 'disclose',
  context: 'chat',
  field: 'chatText',
  purpose: 'legalDuty',
  recipient: 'authority',
}
const valid = { instrument: 'domestic', approved: 'yes' }

test('legal.obligation: a valid demand is met, for any context, and the person is owed to be told', () => {
  assert.deepEqual(ask({ ...demand, facts: valid }), { kind: 'permit', rule: 'legal.demand', obligations: ['tell'] })
  permitted({ ...demand, facts: { ...valid, instrument: 'foreignTreaty' } }, 'legal.demand')
})

test('legal.obligation: without an instrument, or with a foreign order alone, nothing is produced (Article 48)', () => {
  denied({ ...demand, facts: { approved: 'yes' } }, 'legal.no-instrument')
  denied({ ...demand, facts: { ...valid, instrument: 'foreign' } }, 'legal.no-instrument')
})

test('legal.law-enforcement: nothing is produced that was not approved', () => {
  denied({ ...demand, facts: { instrument: 'domestic' } }, 'legal.unapproved')
})

test('legal.obligation: a restriction does not stand against a valid demand', () => {
  permitted({ ...demand, facts: { ...valid, restricted: 'yes', locked: 'yes' } }, 'legal.demand')
})

test('legal.obligation: law is no door to advertising', () => {
  denied({ ...demand, purpose: 'newsletters', facts: valid }, 'authority.purposes')
})

test('legal.protect: a protective use has a review', () => {
  const { recipient: _, ...use } = demand
  denied({ ...use, action: 'use', purpose: 'protection' }, 'protect.unreviewed')
  permitted({ ...use, action: 'use', purpose: 'protection', facts: { approved: 'yes' } }, 'protect.use')
})

test('legal.business-transfer: a successor that is bound gets accounts and orders, and people are told', () => {
  const sale: Question = { ...demand, context: 'products', field: 'orderItem', purpose: 'businessTransfer' }
  const bound: Question = { ...sale, recipient: 'successor', facts: { approved: 'yes' } }
  assert.deepEqual(ask(bound), { kind: 'permit', rule: 'business.transfer', obligations: ['tell'] })
  denied({ ...bound, facts: { approved: 'yes', contract: 'incomplete' } }, 'business.unbound')
  denied({ ...bound, facts: {} }, 'business.unbound')
  denied({ ...bound, field: 'passwordHash' }, 'sensitive.purposes')
  denied({ ...bound, context: 'applicants', field: 'curriculumVitae' }, 'applicants.purposes')
})
