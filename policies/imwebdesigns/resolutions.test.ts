import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPolicy } from '@avow/core/policy/check'
import { policy } from './policy.ts'

test('a permission that is kept over a prohibition is kept by law, or for the person who restricted', () => {
  const kept = policy.resolutions.filter(({ over }) => over !== '*')
  assert.deepEqual(
    kept.map(({ keep }) => keep),
    ['legal.duty', 'legal.demand', 'protect.use', 'protect.report', 'requests.answer', 'requests.take'],
  )
  for (const { over } of kept) assert.deepEqual(over, ['restriction.stops', 'kept.for-law-alone'])
})

test('where promises of the published page pull apart, taking the resolution away is found', () => {
  const without = (keep: string) => ({
    ...policy,
    resolutions: policy.resolutions.filter((each) => each.keep !== keep),
  })
  for (const keep of ['sale.never', 'purpose.sensitive', 'rights.restrict', 'use.chat', 'research.categories']) {
    assert.notEqual(checkPolicy(without(keep)).length, 0, keep)
  }
})

test('no resolution keeps anything over the prohibition of sale', () => {
  for (const { keep, over } of policy.resolutions) {
    assert.ok(over === '*' || !over.some((name) => name === 'sale.never'), keep)
  }
})
