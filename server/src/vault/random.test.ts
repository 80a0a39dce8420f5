import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeRandom } from './random.ts'

test('no run of random bytes is given twice, also where the pool is filled anew', () => {
  const seen = new Set<string>()
  for (let i = 0; i < 5000; i++) seen.add(takeRandom(12 + (i % 21)).toString('hex'))
  assert.equal(seen.size, 5000)
})

test('what was given does not change when more is taken', () => {
  const first = takeRandom(32)
  const copy = Buffer.from(first)
  for (let i = 0; i < 1000; i++) takeRandom(32)
  assert.deepEqual(first, copy)
  assert.ok(first.some((byte) => byte !== 0))
})
