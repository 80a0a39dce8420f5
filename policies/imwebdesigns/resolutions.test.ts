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

test('every resolution is needed: without it two promises pull apart', () => {
  for (const resolution of policy.resolutions) {
    const resolutions = policy.resolutions.filter((each) => each !== resolution)
    assert.notEqual(checkPolicy({ ...policy, resolutions }).length, 0, resolution.keep)
  }
})
