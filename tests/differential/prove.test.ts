/** Proofs against brute force over generated policies, and the size of counter-examples. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '@avow/core/decision/decide'
import { parseRequest } from '@avow/core/decision/parseRequest'
import { prove } from '@avow/core/decision/prove'
import { decideByReference, factsOf } from '@avow/core/decision/reference'
import type { DecisionRequest, Facts } from '@avow/core/decision/request'
import { compilePolicy } from '@avow/core/decision/table'
import type { PolicyDocument, Property } from '@avow/core/policy/document'
import { holdsOf, outcome, part, proveByBruteForce, worldsInScope } from './bruteProof.ts'
import { generatePolicy } from './generatePolicy.ts'
import { generateProperty } from './generateProperty.ts'
import { runSeed, seeded } from './random.ts'

const policies = 70

test('a proof says of a generated policy what going through every world by the reference says', (t) => {
  const seed = runSeed()
  const random = seeded(seed)
  const count = { holds: 0, fails: 0, vacuous: 0, worlds: 0 }
  for (let number = 0; number < policies; number++) {
    const policy = generatePolicy(random)
    for (let i = 0; i < 3; i++) {
      const property = generateProperty(random, policy)
      const where = `AVOW_SEED=${seed}, policy ${number}, property ${i}`
      const brute = proveByBruteForce(policy, property)
      const result = prove(policy, property)
      count.worlds += brute.worlds
      if (result.holds) {
        count.holds++
        assert.equal(brute.violations, 0, where)
        assert.equal(result.cells, brute.cells, where)
        assert.ok(brute.worlds > 0, where)
      } else if (result.vacuous) {
        count.vacuous++
        assert.equal(brute.violations, 0, where)
        assert.ok(brute.worlds === 0 || (property.kind === 'independent' && brute.permits === 0), where)
      } else {
        count.fails++
        assert.ok(brute.violations > 0, where)
        checkCounterexample(policy, property, result.counterexample, where)
      }
    }
  }
  t.diagnostic(`seed ${seed}: ${JSON.stringify(count)}`)
  for (const kind of ['holds', 'fails', 'vacuous'] as const) assert.ok(count[kind] >= policies / 20, kind)
})

type Shown = Extract<ReturnType<typeof prove>, { vacuous: false }>['counterexample']

/** It shows the property broken by the reference; and with any fact left out it would not. */
function checkCounterexample(policy: PolicyDocument, property: Property, shown: Shown, where: string): void {
  const stated = { ...shown.request.facts, ...shown.request.labels[0]!.facts }
  assert.equal(Object.keys(stated).length, shown.size, where)
  assert.deepEqual(decideByReference(policy, shown.request), shown.decision, where)
  // As a person would paste it.
  const table = compilePolicy(policy)
  const pasted = parseRequest(table, JSON.parse(JSON.stringify(shown.request)))
  assert.deepEqual(decide(table, pasted), shown.decision, where)
  assert.ok(shows(policy, property, shown.request, shown.other?.request), where)
  if (shown.other !== undefined) assert.deepEqual(decideByReference(policy, shown.other.request), shown.other.decision)
  for (const fact of Object.keys(stated)) {
    if (property.kind === 'independent' && differs(shown, fact)) continue
    const fewer = without(shown.request, fact)
    assert.ok(!shows(policy, property, fewer, shown.other && without(shown.other.request, fact)), `${where}: ${fact}`)
  }
}

function shows(policy: PolicyDocument, property: Property, request: DecisionRequest, other?: DecisionRequest): boolean {
  const condition = property.kind === 'never' ? property.when : property.except
  const spoken = (each: DecisionRequest) =>
    completions(policy, property, each).every(
      (complete) => condition === undefined || holdsOf(policy, condition, complete) === (property.kind === 'never'),
    )
  if (!spoken(request)) return false
  if (other === undefined) return decideByReference(policy, request).kind === 'permit'
  return spoken(other) && outcome(decideByReference(policy, request)) !== outcome(decideByReference(policy, other))
}

/** Every way to state the facts that the policy and the property name and the request leaves unsaid. */
function completions(policy: PolicyDocument, property: Property, request: DecisionRequest): readonly DecisionRequest[] {
  const label = request.labels[0]!
  const stated: Facts = { ...request.facts, ...label.facts }
  const conditions = [
    ...policy.rules.map((rule) => (rule.kind === 'retain' ? {} : (rule.when ?? {}))),
    (property.kind === 'never' ? property.when : property.except) ?? {},
  ]
  const named = new Set([
    ...conditions.flat().flatMap((all) => Object.keys(all)),
    'sensitiveContent',
    'contract',
    'consideration',
  ])
  return Object.entries(factsOf(policy))
    .filter(([fact]) => named.has(fact) && stated[fact] === undefined)
    .reduce<Facts[]>(
      (all, [fact, { values }]) => all.flatMap((facts) => values.map((value) => ({ ...facts, [fact]: value }))),
      [stated],
    )
    .map((facts) => ({
      ...request,
      facts: part(policy, facts, false),
      labels: [{ ...label, facts: part(policy, facts, true) }],
    }))
}

function differs({ request, other }: Shown, fact: string): boolean {
  const value = (of: DecisionRequest) => ({ ...of.facts, ...of.labels[0]!.facts })[fact]
  return other !== undefined && value(request) !== value(other.request)
}

function without(request: DecisionRequest, fact: string): DecisionRequest {
  const drop = (facts: Facts | undefined) =>
    Object.fromEntries(Object.entries(facts ?? {}).filter(([name]) => name !== fact))
  return {
    ...request,
    facts: drop(request.facts),
    labels: request.labels.map((label) => ({ ...label, facts: drop(label.facts) })),
  }
}

test('no request that states fewer facts than the counter-example is permitted anywhere in the scope', (t) => {
  const seed = runSeed()
  const random = seeded(seed)
  const count = { policies: 0, requests: 0 }
  for (let number = 0; count.policies < 60 && number < 400; number++) {
    const policy = generatePolicy(random)
    const { scope } = generateProperty(random, policy)
    const property: Property = { kind: 'never', title: 'nothing is permitted', scope }
    const result = prove(policy, property)
    if (result.holds || result.vacuous || result.counterexample.size === 0) continue
    count.policies++
    const table = compilePolicy(policy)
    for (const request of requestsStating(policy, property, result.counterexample.size - 1)) {
      count.requests++
      assert.equal(decide(table, request).kind, 'deny', `AVOW_SEED=${seed}, policy ${number}`)
    }
  }
  t.diagnostic(`seed ${seed}: ${JSON.stringify(count)}`)
  assert.ok(count.policies >= 20 && count.requests > 0)
})

/** Every request of one label in the scope that states exactly so many of the facts that are told apart. */
function* requestsStating(policy: PolicyDocument, property: Property, facts: number): Generator<DecisionRequest> {
  for (const worlds of worldsInScope(policy, property)) {
    const seen = new Set<string>()
    for (const world of worlds) {
      const label = world.labels[0]!
      for (const chosen of subsetsOf(Object.entries({ ...world.facts, ...label.facts }), facts)) {
        const key = JSON.stringify(chosen)
        if (seen.has(key)) continue
        seen.add(key)
        const stated = Object.fromEntries(chosen)
        const ofValue = { ...label, facts: part(policy, stated, true) }
        yield { ...world, facts: part(policy, stated, false), labels: [ofValue] }
      }
    }
  }
}

function subsetsOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]]
  return all.flatMap((first, i) => subsetsOf(all.slice(i + 1), size - 1).map((rest) => [first, ...rest]))
}
