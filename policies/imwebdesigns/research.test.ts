import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, denied, permitted, type Question } from '../../tests/asking.ts'
import { fields } from './fields.ts'
import { bounds } from './reach.ts'
import { everyField } from './vocabulary.ts'

const study: Question = { action: 'use', context: 'research', field: 'predictedInterest', purpose: 'marketResearch' }
const supplied: Question = { ...study, action: 'collect', facts: { source: 'agency' } }

test('research.categories: eight categories are studied, and no other is taken in', () => {
  permitted(study, 'research.study')
  for (const field of everyField) {
    const accepted: readonly string[] = bounds.research.categories
    if (!accepted.includes(fields[field].category)) denied({ ...supplied, field }, 'research.categories')
  }
})

test('research.categories: a supplier is named, or nothing is taken', () => {
  permitted(supplied, 'research.collect-from-supplier')
  denied({ ...supplied, facts: { source: 'agency', supplier: 'unnamed' } }, 'research.unnamed-supplier')
})

test('context.research: who was researched through a supplier is owed to be told', () => {
  assert.deepEqual(ask(supplied), { kind: 'permit', rule: 'research.collect-from-supplier', obligations: ['tell'] })
  assert.deepEqual(ask({ ...study, action: 'collect' }), { kind: 'permit', rule: 'research.collect', obligations: [] })
})

test('research.categories: sensitive matter is taken in, when required and warned of, only to be anonymised', () => {
  const ready = { requirement: 'onFile', warned: 'yes' }
  const health: Question = { ...study, action: 'collect', field: 'healthNote', facts: ready }
  denied(health, 'sensitive.purposes')
  permitted({ ...health, purpose: 'anonymise' }, 'research.collect')
  assert.deepEqual(ask({ ...health, action: 'process', purpose: 'anonymise' }), {
    kind: 'permit',
    rule: 'anonymise',
    obligations: ['deidentify'],
  })
})
