/** The diff against the reference: it tells every change of a decision, and tells of nothing else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideByReference, factsOf } from '@avow/core/decision/reference'
import type { DecisionRequest } from '@avow/core/decision/request'
import { diff, isEmptyDiff, type PolicyDiff, type PracticeChange } from '@avow/core/policy/diff'
import { controller, type PolicyDocument } from '@avow/core/policy/document'
import { holdsOf, outcome, part } from './bruteProof.ts'
import { generatePolicy } from './generatePolicy.ts'
import { generateKnownRequest } from './generateRequest.ts'
import { mutatePolicy, reword } from './mutatePolicy.ts'
import { type Random, runSeed, seeded } from './random.ts'

const versions = 150
const requestsEach = 120

/** Whether a change speaks of a request of one label, every fact of which is stated. */
function speaksOf(policy: PolicyDocument, change: PracticeChange, request: DecisionRequest): boolean {
  const { context, field } = request.labels[0]!
  return (
    change.contexts.includes(context) &&
    change.fields.includes(field!) &&
    change.actions.includes(request.action) &&
    change.purposes.includes(request.purpose) &&
    change.recipients.includes(request.recipient ?? controller) &&
    holdsOf(policy, change.when, request)
  )
}

/** What a version decides of a request that the other one may have words for and it may not. */
function decided(policy: PolicyDocument, request: DecisionRequest): string {
  const { context, field, facts } = request.labels[0]!
  const declares =
    Object.hasOwn(policy.contexts, context) &&
    Object.hasOwn(policy.fields, field!) &&
    Object.hasOwn(policy.purposes, request.purpose) &&
    (request.recipient === undefined || Object.hasOwn(policy.recipients, request.recipient))
  if (!declares) return 'deny'
  const category = policy.fields[field!]!.category
  const own = factsOf(policy)
  const stated = Object.entries({ ...request.facts, ...facts })
  if (stated.some(([fact, value]) => own[fact] && !own[fact].values.includes(value))) return 'deny'
  const all = Object.fromEntries(stated)
  const label = { context, category, field: field!, facts: part(policy, all, true) }
  return outcome(decideByReference(policy, { ...request, facts: part(policy, all, false), labels: [label] }))
}

function told(policy: PolicyDocument, { permitted, forbidden, obligations }: PolicyDiff, request: DecisionRequest) {
  const count = (changes: readonly PracticeChange[]) => changes.filter((each) => speaksOf(policy, each, request)).length
  return { permitted: count(permitted), forbidden: count(forbidden), obligations: count(obligations) }
}

function expected(before: string, after: string) {
  const none = { permitted: 0, forbidden: 0, obligations: 0 }
  if (before === after) return none
  if (before === 'deny') return { ...none, permitted: 1 }
  return after === 'deny' ? { ...none, forbidden: 1 } : { ...none, obligations: 1 }
}

test('a diff tells once of every request that is decided otherwise, and never of one that is not', (t) => {
  const seed = runSeed()
  const random = seeded(seed)
  const count = { changed: 0, same: 0 }
  for (let number = 0; number < versions; number++) {
    const before = generatePolicy(random)
    const after = mutatePolicy(random, before)
    const changes = diff(before, after)
    for (let i = 0; i < requestsEach; i++) {
      const asked = random.chance(50) ? before : after
      const known = withFactsOf(random, asked === before ? after : before, generateKnownRequest(random, asked))
      const request = aimedAtChange(random, changes, known)
      if (!isOf(asked, request)) continue
      const [was, is] = [decided(before, request), decided(after, request)]
      count[was === is ? 'same' : 'changed']++
      const isPermittedAtAll = was !== 'deny' || is !== 'deny'
      const tells = isPermittedAtAll ? told(asked, changes, request) : expected(was, is)
      assert.deepEqual(tells, expected(was, is), `AVOW_SEED=${seed}, ${number}, request ${i}`)
    }
  }
  t.diagnostic(`seed ${seed}: ${JSON.stringify(count)}`)
  assert.ok(count.changed > versions * 5 && count.same > versions * 5)
})

/** The request with the facts stated that only the other version declares. */
function withFactsOf(random: Random, policy: PolicyDocument, request: DecisionRequest): DecisionRequest {
  const others = Object.entries(factsOf(policy)).map(([fact, { values }]) => [fact, random.one(values)] as const)
  const [label] = request.labels
  const stated = { ...Object.fromEntries(others), ...request.facts, ...label!.facts }
  return { ...request, facts: stated, labels: [{ ...label!, facts: {} }] }
}

/** Half of the requests are moved into some change, where there is one. */
function aimedAtChange(random: Random, changes: PolicyDiff, request: DecisionRequest): DecisionRequest {
  const all = [...changes.permitted, ...changes.forbidden, ...changes.obligations]
  if (all.length === 0 || random.chance(50)) return request
  const change = random.one(all)
  const recipient = random.one(change.recipients)
  const { recipient: _, ...rest } = request
  return {
    ...rest,
    // The diff names actions as text; they come from a policy that was compiled, so they are actions.
    action: random.one(change.actions) as DecisionRequest['action'],
    purpose: random.one(change.purposes),
    ...(recipient === controller ? {} : { recipient }),
    labels: [{ ...request.labels[0]!, context: random.one(change.contexts), field: random.one(change.fields) }],
  }
}

/** Whether the version that is asked has words for every coordinate. */
const isOf = (policy: PolicyDocument, { labels, purpose, recipient }: DecisionRequest) =>
  Object.hasOwn(policy.contexts, labels[0]!.context) &&
  Object.hasOwn(policy.fields, labels[0]!.field!) &&
  Object.hasOwn(policy.purposes, purpose) &&
  (recipient === undefined || Object.hasOwn(policy.recipients, recipient))

test('a policy differs from itself in nothing, nor from itself in other words', () => {
  const random = seeded(runSeed())
  for (let number = 0; number < versions; number++) {
    const policy = generatePolicy(random)
    assert.ok(isEmptyDiff(diff(policy, policy)))
    assert.ok(isEmptyDiff(diff(policy, reword(policy))))
  }
})

test('a diff taken the other way round tells the opposite', () => {
  const random = seeded(runSeed())
  for (let number = 0; number < versions; number++) {
    const before = generatePolicy(random)
    const after = mutatePolicy(random, before)
    const [there, back] = [diff(before, after), diff(after, before)]
    const size = (changes: readonly PracticeChange[]) =>
      changes.reduce(
        (sum, each) =>
          sum +
          each.contexts.length *
            each.fields.length *
            each.actions.length *
            each.purposes.length *
            each.recipients.length,
        0,
      )
    assert.equal(size(there.permitted), size(back.forbidden))
    assert.equal(size(there.forbidden), size(back.permitted))
    assert.deepEqual(there.shared, back.noLongerShared)
  }
})
