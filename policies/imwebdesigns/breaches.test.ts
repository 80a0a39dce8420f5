/** Every proof that the policy names holds, and every one of them can fail. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proveBreaches, proveEvidence } from '@avow/core/promise/proofs'
import { policy } from './policy.ts'

test('every proof of the policy holds, over some part of it', (t) => {
  const results = proveEvidence(policy, 0)
  assert.deepEqual(
    results.filter(({ holds, examined }) => !holds || examined === 0).map(({ name, findings }) => ({ name, findings })),
    [],
  )
  t.diagnostic(`${results.length} proofs`)
})

test('every proof of the policy turns red when its breach is planted', (t) => {
  const results = proveBreaches(policy)
  assert.deepEqual(
    results.filter(({ turnedRed }) => !turnedRed),
    [],
  )
  assert.ok(results.length > 0)
  t.diagnostic(`${results.length} breaches planted`)
})

test('every declared property is the evidence of some promise', () => {
  const named = Object.values(policy.promises).flatMap(({ evidence = [] }) =>
    evidence.flatMap((each) => (each.kind === 'proof' ? [each.property] : [])),
  )
  assert.deepEqual(
    Object.keys(policy.properties).filter((name) => !named.includes(name)),
    [],
  )
})
