import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, denied, permitted, type Question } from '../../tests/asking.ts'
import { neverSent } from './fields.ts'
import { everyContext, servicePurposes } from './vocabulary.ts'

const order: Question = { action: 'use', context: 'products', field: 'orderItem', purpose: 'processOrders' }
const letter: Question = { action: 'use', context: 'websites', field: 'emailAddress', purpose: 'newsletters' }
const answer: Question = { action: 'use', context: 'products', field: 'orderItem', purpose: 'rightsRequests' }
const verified = { verified: 'yes' }

test('rights.restrict: what is restricted is stored, and no longer used, changed or passed on', () => {
  const facts = { restricted: 'yes' }
  for (const action of ['collect', 'use', 'process'] as const) denied({ ...order, action, facts }, 'restriction.stops')
  denied({ ...order, action: 'disclose', recipient: 'subsidiary', facts }, 'restriction.stops')
  permitted({ ...order, action: 'store', facts }, 'products.serve')
})

test('rights.restrict: legal claims, the rights of others and legal duties remain', () => {
  const facts = { restricted: 'yes', approved: 'yes' }
  permitted({ ...order, purpose: 'protection', facts }, 'protect.use')
  permitted({ ...order, purpose: 'legalDuty', facts }, 'legal.duty')
})

test('rights.restrict: a person who restricted something can still see and erase it', () => {
  permitted({ ...answer, facts: { ...verified, restricted: 'yes' } }, 'requests.answer')
  permitted({ ...answer, action: 'process', facts: { ...verified, restricted: 'yes' } }, 'requests.answer')
})

test('rights.exceptions: what is kept after an erasure serves law alone', () => {
  const facts = { locked: 'yes', approved: 'yes' }
  denied({ ...order, facts }, 'kept.for-law-alone')
  denied({ ...order, action: 'store', facts }, 'kept.for-law-alone')
  permitted({ ...order, action: 'store', purpose: 'legalDuty', facts }, 'legal.duty')
  permitted({ ...order, purpose: 'protection', facts }, 'protect.use')
})

test('rights.exceptions: it is still shown to the person', () => {
  permitted({ ...answer, facts: { ...verified, locked: 'yes' } }, 'requests.answer')
})

test('purpose.on-request: newsletters follow consent, and an objection ends them whatever was consented', () => {
  denied(letter, 'consent.newsletters')
  permitted({ ...letter, facts: { consent: 'given' } }, 'websites.engage')
  denied({ ...letter, facts: { consent: 'withdrawn' } }, 'consent.newsletters')
  denied({ ...letter, facts: { consent: 'given', objection: 'raised' } }, 'objection.marketing')
})

test('purpose.on-request: an objection ends uses by interest, and no service', () => {
  const facts = { objection: 'raised' }
  denied({ ...letter, purpose: 'personalise', facts }, 'objection.interests')
  permitted({ ...letter, purpose: 'preventFraud', facts }, 'websites.improve')
  permitted({ ...order, facts }, 'products.serve')
})

test('purpose.on-request: people are put in contact only when they asked', () => {
  const message: Question = { ...order, field: 'directMessage', purpose: 'communicationFeatures' }
  permitted(message, 'products.serve')
  denied({ ...message, facts: { requested: 'no' } }, 'request.communication')
})

test('rights.contact: a request is taken wherever it is made', () => {
  for (const context of everyContext) {
    permitted({ ...answer, action: 'collect', context, field: 'requestReference' }, 'requests.take')
  }
})

test('rights.self-service, rights.applicants, rights.port, ca.correct: what any context holds is shown and changed', () => {
  for (const context of everyContext) {
    for (const field of ['fullName', 'curriculumVitae', 'chatText', 'healthNote'] as const) {
      for (const action of ['use', 'process'] as const) {
        permitted({ ...answer, action, context, field, facts: verified }, 'requests.answer')
      }
    }
  }
})

test('rights.verify: a request is taken without verification, and answered with it', () => {
  permitted({ ...answer, action: 'collect', field: 'emailAddress' }, 'requests.take')
  denied(answer, 'requests.unverified')
  permitted({ ...answer, facts: verified }, 'requests.answer')
})

test('ca.know: the eight kinds are in no answer, and can still be erased (K26)', () => {
  for (const field of neverSent) {
    denied({ ...answer, field, facts: verified }, 'requests.never-sent')
    permitted({ ...answer, action: 'process', field, facts: verified }, 'requests.answer')
  }
})

test('ca.delete: whatever was taken in against the policy can still be erased', () => {
  permitted(
    { ...answer, action: 'process', context: 'chat', field: 'cardLastFour', facts: verified },
    'requests.answer',
  )
})

test('deid.maintained: nobody is re-identified to answer a request', () => {
  denied({ ...answer, facts: { ...verified, identifiability: 'anonymised' } }, 'deidentified.stays-so')
})

test('ca.no-retaliation: for every service the answer is the same whatever right was used', () => {
  const used: readonly Readonly<Record<string, string>>[] = [
    { optOut: 'yes' },
    { limitSensitive: 'yes' },
    { objection: 'raised' },
    { consent: 'withdrawn' },
    { consent: 'given' },
    { optOut: 'yes', limitSensitive: 'yes', objection: 'raised', consent: 'withdrawn' },
  ]
  for (const purpose of servicePurposes) {
    for (const field of ['orderItem', 'emailAddress', 'accessibilityNeed'] as const) {
      for (const facts of used) {
        const question: Question = { ...order, field, purpose }
        assert.deepEqual(ask({ ...question, facts }), ask(question))
      }
    }
  }
})
