import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policy as seed } from '@avow/policy-imwebdesigns'
import fc from 'fast-check'
import { examplePolicy } from '../../../tests/examplePolicy.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { decide } from './decide.ts'
import { meetOutcomes, numberOutcomes, outcomeOfRule } from './outcome.ts'
import { meet } from './reference.ts'
import { bytesOf, compilePolicy } from './table.ts'

test('the table of the seed policy fits in 64 KiB', () => {
  const bytes = bytesOf(compilePolicy(seed))
  assert.ok(bytes <= 65_536, `${bytes} bytes`)
})

test('the same policy makes the same table, also after JSON', () => {
  const [a, b] = [compilePolicy(seed), compilePolicy(JSON.parse(JSON.stringify(seed)))]
  for (const array of ['rowOf', 'columnOf', 'cells', 'palettes', 'paletteOf', 'nodes', 'highest'] as const) {
    assert.deepEqual(a[array], b[array], array)
  }
  assert.deepEqual(a.outcomes, b.outcomes)
})

test('a policy without rules, without recipients, or without fields compiles, and denies', () => {
  const bare: PolicyDocument = { ...examplePolicy, rules: [], resolutions: [], recipients: {} }
  const request = {
    action: 'use',
    purpose: 'support',
    labels: [{ context: 'products', category: 'identifiers' }],
    facts: {},
  } as const
  for (const policy of [bare, { ...bare, fields: {} }, { ...examplePolicy, fields: {} }]) {
    assert.deepEqual(decide(compilePolicy(policy), request), { kind: 'deny', rule: null })
  }
})

test('the meet of two numbered answers is the meet of the answers', () => {
  const { rules } = compileRules()
  const table = compilePolicy(examplePolicy)
  const outcomes = numberOutcomes(rules)
  const numbers = [...outcomeOfRule(rules, outcomes), outcomes.nothingPermits]
  // Closed under the meet: whatever labels join.
  const reached = new Set(numbers)
  for (const a of reached) for (const b of reached) reached.add(meetOutcomes(outcomes.firstPermit, a, b))
  fc.assert(
    fc.property(fc.constantFrom(...reached), fc.constantFrom(...reached), (a, b) => {
      const joined = meetOutcomes(outcomes.firstPermit, a, b)
      assert.deepEqual(table.outcomes[joined], meet(examplePolicy, table.outcomes[a]!, table.outcomes[b]!))
      assert.equal(joined, meetOutcomes(outcomes.firstPermit, b, a))
    }),
  )
})

function compileRules() {
  return { rules: examplePolicy.rules.filter((rule) => rule.kind !== 'retain') }
}
