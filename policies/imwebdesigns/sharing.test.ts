import { test } from 'node:test'
import { denied, permitted, type Question } from '../../tests/asking.ts'
import { neverShared } from './sharing.ts'
import { processors } from './vocabulary.ts'

const payment: Question = {
  action: 'disclose',
  context: 'products',
  field: 'paymentToken',
  purpose: 'processOrders',
  recipient: 'paymentProvider',
}
const offer: Question = {
  action: 'disclose',
  context: 'websites',
  field: 'emailAddress',
  purpose: 'partnerOffers',
  recipient: 'channelPartner',
  facts: { consent: 'given' },
}

test('share.processors: a provider with a complete contract in force gets what its task needs', () => {
  permitted(payment, 'share.payments')
  denied({ ...payment, facts: { contract: 'incomplete' } }, 'contract.in-force')
})

test('share.strict-terms: a contract that ran out stops the flow', () => {
  denied({ ...payment, facts: { contract: 'expired' } }, 'contract.in-force')
})

test('share.strict-terms: a contract that is not known stops it too', () => {
  denied({ ...payment, facts: { contract: undefined } }, 'contract.in-force')
})

test('share.audited: an overdue attestation stops the flow', () => {
  denied({ ...payment, facts: { attestation: 'overdue' } }, 'contract.attested')
})

test('share.necessary-only: a field that is not on the list of the recipient and purpose never leaves', () => {
  denied({ ...payment, field: 'orderItem' }, null)
  permitted({ ...payment, field: 'orderItem', recipient: 'fulfilmentProvider' }, 'share.deliveries')
  denied({ ...payment, field: 'cardLastFour', recipient: 'fulfilmentProvider' }, null)
  denied({ ...payment, purpose: 'audit' }, 'paymentProvider.purposes')
})

test('share.necessary-only: no provider but the host gets what none of their tasks needs', () => {
  for (const recipient of processors.filter((each) => each !== 'hostingProvider')) {
    for (const field of neverShared) {
      denied({ ...payment, recipient, field, purpose: 'businessTransfer' }, `${recipient}.purposes`)
    }
  }
  denied({ ...payment, field: 'bankAccountNumber' }, 'share.only-what-is-needed')
})

test('share.necessary-only: the host is passed what is sealed, and is told nothing', () => {
  const hosting: Question = { ...payment, recipient: 'hostingProvider', purpose: 'provideServices' }
  permitted({ ...hosting, action: 'transfer' }, 'host.products')
  denied(hosting, null)
})

test('sale.never: a third party that gives anything for the data gets nothing, whatever the person chose', () => {
  permitted(offer, 'partners.offer')
  denied({ ...offer, facts: { consent: 'given', consideration: 'yes' } }, 'sale.never')
  const ads: Question = { ...offer, field: 'predictedInterest', purpose: 'behaviouralAdvertising' }
  denied(
    { ...ads, recipient: 'behaviouralAdvertiser', facts: { consent: 'given', consideration: 'yes' } },
    'sale.never',
  )
})

test('sale.never: a provider without a complete contract is a third party, so paying for its data is a sale', () => {
  denied({ ...payment, facts: { contract: 'incomplete', consideration: 'yes' } }, 'sale.never')
})

test('ledger.disclosures: nothing is disclosed to nobody in particular', () => {
  const { recipient: _, ...toNobody } = payment
  denied(toNobody, 'disclosure.to-somebody')
})

test('recipient.partners: a reseller makes an offer by choice only, and never with service data', () => {
  denied({ ...offer, facts: { consent: 'none' } }, 'consent.newsletters')
  denied({ ...offer, facts: { consent: 'withdrawn' } }, 'consent.newsletters')
  denied({ ...offer, context: 'products' }, 'products.purposes')
  denied({ ...offer, context: 'offline' }, 'offline.purposes')
})

test('recipient.kinds: a kind of recipient gets nothing for the purposes of another', () => {
  denied({ ...payment, recipient: 'otherUsers' }, 'otherUsers.purposes')
  denied({ ...payment, action: 'use' }, 'recipients.only-receive')
})

test('tech.partners: analytics get measures of visits, in the UK and the EEA by consent', () => {
  const measure: Question = {
    action: 'disclose',
    context: 'websites',
    field: 'pagesViewed',
    purpose: 'analyseEfficiency',
    recipient: 'analyticsProvider',
  }
  denied(measure, 'analytics.consent')
  permitted({ ...measure, facts: { consent: 'given' } }, 'share.measurement')
  permitted({ ...measure, facts: { region: 'california' } }, 'share.measurement')
  denied({ ...measure, field: 'emailAddress', facts: { consent: 'given' } }, null)
})
