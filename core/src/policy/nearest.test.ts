import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { distance, nearest } from './nearest.ts'

const names = ['marketing', 'support', 'newsletter', 'recruitment']

test('a letter left out, put in, changed or swapped leads back to the name', () => {
  for (const slip of ['marketting', 'markting', 'narketing', 'makreting', 'Marketing']) {
    assert.equal(nearest(slip, names), 'marketing')
  }
})

test('what is like no name is not taken for one', () => {
  for (const stranger of ['', 'x', 'analysis', 'ad']) assert.equal(nearest(stranger, names), undefined)
})

test('distances known from the literature hold', () => {
  assert.equal(distance('kitten', 'sitting'), 3)
  assert.equal(distance('ca', 'ac'), 1)
  assert.equal(distance('', 'abc'), 3)
  // The optimal string alignment distance never edits the same letters twice: 3, where Damerau and Levenshtein say 2.
  assert.equal(distance('ca', 'abc'), 3)
})

test('the distance is the same both ways, 0 only to itself, and at most the longer of the two', () => {
  const word = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      assert.equal(distance(a, b), distance(b, a))
      assert.equal(distance(a, b) === 0, a === b)
      assert.ok(distance(a, b) <= Math.max(a.length, b.length))
    }),
  )
})
