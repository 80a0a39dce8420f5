import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '@avow/core/decision/decide'
import { decideByReference, factsOf } from '@avow/core/decision/reference'
import type { DecisionRequest } from '@avow/core/decision/request'
import { compilePolicy } from '@avow/core/decision/table'
import { checkPolicy } from '@avow/core/policy/check'
import { actions, controller } from '@avow/core/policy/document'
import { parsePolicyText } from '@avow/core/policy/parse'
import fc from 'fast-check'
import { policy } from './policy.ts'
import { everyContext, everyField, everyPurpose, everyRecipient } from './vocabulary.ts'

test('the policy can stand: nothing is left to mend', () => {
  assert.deepEqual(checkPolicy(policy), [])
})

test('nothing that turns on a fact is declared before what is forbidden always', () => {
  const forbids = policy.rules.filter((rule) => rule.kind === 'forbid')
  const firstSometimes = forbids.findIndex(({ when }) => when !== undefined)
  assert.ok(forbids.slice(firstSometimes).every(({ when }) => when !== undefined))
})

test('the table decides this policy as its meaning does', () => {
  const table = compilePolicy(policy)
  const declared = factsOf(policy)
  const facts = (isOfValue: boolean) =>
    fc.record(
      Object.fromEntries(
        Object.entries(declared)
          .filter(([, { about }]) => (about === 'value') === isOfValue)
          // The ordinary value more often than not, or nearly every request would be denied.
          .map(([fact, { values }]) => [
            fact,
            fc.oneof({ weight: 4, arbitrary: fc.constant(values[0]!) }, fc.constantFrom(...values)),
          ]),
      ),
    )
  const request: fc.Arbitrary<DecisionRequest> = fc
    .record({
      action: fc.constantFrom(...actions),
      purpose: fc.constantFrom(...everyPurpose),
      recipient: fc.constantFrom(controller, controller, ...everyRecipient),
      context: fc.constantFrom(...everyContext),
      field: fc.constantFrom(...everyField),
      ofValue: facts(true),
      ofRest: facts(false),
    })
    .map(({ action, purpose, recipient, context, field, ofValue, ofRest }) => ({
      action,
      purpose,
      ...(recipient === controller ? {} : { recipient }),
      labels: [{ context, category: policy.fields[field]!.category, field, facts: ofValue }],
      facts: ofRest,
    }))
  fc.assert(
    fc.property(request, (each) => {
      assert.deepEqual(decide(table, each), decideByReference(policy, each))
    }),
    { numRuns: 2000 },
  )
})

test('the policy is plain data: as JSON it is the same', () => {
  assert.deepEqual(parsePolicyText(JSON.stringify(policy)), policy)
})
