import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forbid, permit, shop } from '../../../tests/shopPolicy.ts'
import type { PolicyBreach, PolicyDocument, Property } from '../policy/document.ts'
import { promiseBoard } from './board.ts'
import { plantBreach, proveBreaches, proveEvidence } from './proofs.ts'

const deliver = permit('deliver', {
  actions: ['disclose'],
  contexts: ['shop'],
  purposes: ['delivery'],
  recipients: ['carrier'],
})
const noSale = forbid('no-sale', { when: { sale: 'yes' } })
const neverSold: Property = { kind: 'never', title: 'nothing is sold', scope: {}, when: { sale: 'yes' } }

function promising(breach: PolicyBreach, property: Property = neverSold): PolicyDocument {
  return {
    ...shop([deliver, noSale]),
    properties: { sold: property },
    promises: {
      p: { title: 'never sold', chapter: 'one', evidence: [{ kind: 'proof', property: 'sold', breach }] },
    },
  }
}

test('a proof that holds is evidence of every cell it covers', () => {
  const [result] = proveEvidence(promising({}), 5)
  assert.deepEqual(
    { holds: result?.holds, examined: result?.examined, findings: result?.findings, atMs: result?.atMs },
    { holds: true, examined: 2 * 2 * 6 * 2 * 3, findings: [], atMs: 5 },
  )
})

test('a proof that fails turns its promise red, with the way to break it in one line', () => {
  const document = plantBreach(promising({}), { remove: ['no-sale'] })
  const results = proveEvidence(document, 5)
  assert.deepEqual(results[0]?.findings, [
    '`deliver` permits to disclose `address` from `shop` for `delivery` to `carrier` ' +
      'when `contract` is incomplete and `consideration` is yes',
  ])
  assert.equal(promiseBoard(document, results, [])[0]?.status, 'failing')
})

test('a property that speaks of nothing leaves its promise unexercised', () => {
  const document = promising({}, { ...neverSold, scope: { recipients: ['controller'] } })
  assert.equal(promiseBoard(document, proveEvidence(document, 5), [])[0]?.status, 'not-exercised')
})

test('a breach turns a proof red by a rule taken away or by a rule added', () => {
  const sell = permit('sell', { ...deliver, recipients: ['advertiser'] })
  assert.equal(proveBreaches(promising({ remove: ['no-sale'] }))[0]?.turnedRed, true)
  assert.equal(proveBreaches(promising({ remove: ['no-sale'], add: [sell] }))[0]?.turnedRed, true)
})

test('a breach that breaks nothing is found out, and so is one that leaves nothing to speak of', () => {
  assert.deepEqual(proveBreaches(promising({ remove: ['deliver'] }))[0], {
    promise: 'p',
    property: 'sold',
    turnedRed: false,
    finding: 'the property holds in spite of the breach',
  })
  const alwaysSold: Property = { kind: 'never', title: 'no delivery', scope: { purposes: ['delivery'] } }
  assert.match(proveBreaches(promising({}, alwaysSold))[0]!.finding, /does not hold to begin with/)
})

test('a breach of a rule that is not there, and a proof of a property that is not there, are errors', () => {
  assert.throws(() => proveBreaches(promising({ remove: ['no-sail'] })), { code: 'POLICY_UNKNOWN_NAME' })
  assert.throws(() => proveEvidence({ ...promising({}), properties: {} }, 5), { code: 'POLICY_UNKNOWN_NAME' })
})
