import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomStream } from './random.ts'

test('one seed and stream give the same draws, another stream gives others', () => {
  const draw = (seed: number, stream: number) => {
    const random = randomStream(seed, stream)
    return Array.from({ length: 50 }, () => random.below(2 ** 32))
  }
  assert.deepEqual(draw(1, 7), draw(1, 7))
  assert.notDeepEqual(draw(1, 7), draw(1, 8))
  assert.notDeepEqual(draw(1, 7), draw(2, 7))
})

test('a hundred thousand draws fill every tenth evenly, across the streams as within one', () => {
  const tenths = (draw: (at: number) => number) => {
    const counts = Array.from({ length: 10 }, () => 0)
    for (let at = 0; at < 100_000; at++) counts[draw(at)]!++
    return counts
  }
  const one = randomStream(3, 0)
  for (const counts of [tenths(() => one.below(10)), tenths((at) => randomStream(3, at).below(10))])
    for (const count of counts) assert.ok(count > 9_600 && count < 10_400, `${counts}`)
})

test('a hundred thousand uuids are distinct and of version 4', () => {
  const random = randomStream(5, 0)
  const seen = new Set(Array.from({ length: 100_000 }, () => random.uuid()))
  assert.equal(seen.size, 100_000)
  for (const uuid of seen) assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
})
