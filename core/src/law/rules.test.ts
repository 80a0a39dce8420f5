import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gradeWords, lawRules } from './rules.ts'

test('every rule of law has an id of its own part, a sentence, a source and a known grade', () => {
  const rules = Object.entries(lawRules)
  assert.ok(rules.length > 200)
  for (const [id, { says, source, grade }] of rules) {
    assert.match(id, /^[KGSDVWNE]\d+$/)
    assert.ok(says.length > 10 && source.length > 0, id)
    assert.ok(Object.hasOwn(gradeWords, grade), id)
  }
})

test('the numbers of each part have no gap, so none was lost on the way here', () => {
  const byPart = Map.groupBy(Object.keys(lawRules), (id) => id.charAt(0))
  for (const [part, ids] of byPart) {
    const numbers = ids.map((id) => Number(id.slice(1))).sort((a, b) => a - b)
    assert.deepEqual(
      numbers,
      Array.from({ length: numbers.length }, (_, i) => i + 1),
      part,
    )
  }
})
