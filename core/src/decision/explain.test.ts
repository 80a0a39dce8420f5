import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generatePolicy } from '../../../tests/differential/generatePolicy.ts'
import { forget, generateKnownRequest } from '../../../tests/differential/generateRequest.ts'
import { seeded } from '../../../tests/differential/random.ts'
import { examplePolicy } from '../../../tests/examplePolicy.ts'
import { decide } from './decide.ts'
import { explain, type FactChange } from './explain.ts'
import { factsOf } from './reference.ts'
import type { DecisionRequest } from './request.ts'
import { compilePolicy, type DecisionTable } from './table.ts'

const table = compilePolicy(examplePolicy)
const news: DecisionRequest = {
  action: 'use',
  purpose: 'newsletter',
  labels: [{ context: 'websites', category: 'identifiers', field: 'email' }],
  facts: { age: 'adult', consent: 'none', restricted: 'no' },
}
const plainEmail = { facts: { sensitiveContent: 'no' } }
const withPlainEmail = { ...news, labels: [{ ...news.labels[0]!, ...plainEmail }] }

test('a denial names what would permit', () => {
  const { decision, promises, rules, changes, unknown } = explain(table, withPlainEmail)
  assert.deepEqual(decision, { kind: 'deny', rule: null })
  assert.deepEqual(promises, [])
  assert.deepEqual(rules, [])
  assert.deepEqual(unknown, [])
  assert.deepEqual(changes, [
    { facts: [{ fact: 'consent', value: 'given' }], decision: { kind: 'permit', rule: 'news', obligations: [] } },
  ])
})

test('where no one change turns it, the pairs that do are named', () => {
  const { decision, promises, changes } = explain(table, {
    ...withPlainEmail,
    facts: { ...news.facts, restricted: 'yes' },
  })
  assert.deepEqual([decision, promises], [{ kind: 'deny', rule: 'restricted' }, ['rights.restrict']])
  assert.deepEqual(
    changes.map(({ facts }) => facts.map(({ fact, value }) => `${fact} ${value}`)),
    [['consent given', 'restricted no']],
  )
})

test('a fact not known that the answer hangs on is told apart from those that do not matter', () => {
  const { unknown, rules } = explain(table, { ...news, facts: { ...news.facts, consent: 'given' } })
  assert.deepEqual(unknown, [{ fact: 'sensitiveContent', label: 0 }, { fact: 'requirement' }])
  assert.deepEqual(rules, [
    { rule: 'sensitive', kind: 'forbid', label: 0, isCertain: false },
    { rule: 'news', kind: 'permit', label: 0, isCertain: true },
  ])
})

test('every change told turns the answer, none is missed, and none of two is told where one would do', () => {
  const random = seeded(20261123)
  for (let p = 0; p < 40; p++) {
    const policy = generatePolicy(random)
    const compiled = compilePolicy(policy)
    for (let i = 0; i < 10; i++) {
      const known = generateKnownRequest(random, policy, 1 + random.below(2))
      const request = random.chance(50) ? forget(random, policy, known) : known
      const { decision, changes, unknown } = explain(compiled, request)
      for (const { facts, decision: then } of changes) {
        assert.notEqual(then.kind, decision.kind)
        assert.deepEqual(decide(compiled, changed(request, facts)), then)
      }
      const singles = everyChange(compiled.policy, request).filter(
        (each) => decide(compiled, changed(request, [each])).kind !== decision.kind,
      )
      if (singles.length > 0)
        assert.deepEqual(
          changes.map(({ facts }) => facts),
          singles.map((each) => [each]),
        )
      else if (i < 2)
        assert.deepEqual(new Set(changes.map(({ facts }) => facts)), new Set(everyPair(compiled, request)))
      for (const { fact, label } of unknown) {
        assert.equal(label === undefined ? request.facts[fact] : request.labels[label]!.facts?.[fact], undefined)
      }
    }
  }
})

function everyPair(compiled: DecisionTable, request: DecisionRequest): FactChange[][] {
  const { kind } = decide(compiled, request)
  const each = everyChange(compiled.policy, request)
  return each
    .flatMap((first, i) => each.slice(i + 1).map((second) => [first, second]))
    .filter(([first, second]) => first!.fact !== second!.fact || first!.label !== second!.label)
    .filter((pair) => decide(compiled, changed(request, pair)).kind !== kind)
}

function everyChange(policy: typeof examplePolicy, request: DecisionRequest): FactChange[] {
  return Object.entries(factsOf(policy)).flatMap(([fact, { about, values }]) =>
    (about === 'value' ? request.labels.map((_, label) => ({ fact, label })) : [{ fact }]).flatMap((place) =>
      values
        .filter((value) => value !== ('label' in place ? request.labels[place.label]!.facts : request.facts)?.[fact])
        .map((value) => ({ ...place, value })),
    ),
  )
}

function changed(request: DecisionRequest, facts: readonly FactChange[]): DecisionRequest {
  let at = request
  for (const { fact, label, value } of facts) {
    const put = (held: DecisionRequest['facts'] = {}) => ({ ...held, [fact]: value })
    if (label === undefined) at = { ...at, facts: put(at.facts) }
    else at = { ...at, labels: at.labels.map((each, i) => (i === label ? { ...each, facts: put(each.facts) } : each)) }
  }
  return at
}
