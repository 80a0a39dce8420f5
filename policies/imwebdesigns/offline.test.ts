import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askJoined, denied, permitted, type Question } from '../../tests/asking.ts'

const call: Question = { action: 'collect', context: 'offline', field: 'fullName', purpose: 'answerInquiries' }

test('offline.sources: encounters, named contributors and existing databases, and no other', () => {
  permitted(call, 'offline.collect')
  permitted({ ...call, facts: { source: 'contributor' } }, 'offline.collect-from-contributor')
  permitted({ ...call, facts: { source: 'existingDatabase' } }, 'offline.collect')
  denied({ ...call, facts: { source: 'tracker' } }, null)
  denied({ ...call, facts: { source: 'contributor', supplier: 'unnamed' } }, null)
})

test('offline.sources: the same kinds of data as research, and no other', () => {
  permitted({ ...call, field: 'gender' }, 'offline.collect')
  denied({ ...call, field: 'browsingHabit' }, 'offline.categories')
})

test('offline.sources: reused data that lost its labels is refused', () => {
  denied({ ...call, facts: { source: 'existingDatabase', originalLabels: 'lost' } }, 'offline.lost-labels')
})

test('offline.sources: service data is not laundered through a telephone call', () => {
  const offers: Question = { ...call, action: 'use', purpose: 'newsletters', facts: { consent: 'given' } }
  permitted(offers, 'offline.use')
  const joined = askJoined(offers, { ...offers, context: 'products' })
  assert.deepEqual(joined, { kind: 'deny', rule: 'products.purposes' })
})

test('context.offline: an inference is marked as one', () => {
  const guess: Question = { ...call, field: 'segment', purpose: 'surveys' }
  permitted({ ...guess, facts: { inferred: 'yes' } }, 'offline.collect')
  denied(guess, 'offline.unmarked-inference')
})
