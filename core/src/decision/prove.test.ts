import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forbid, permit, shop } from '../../../tests/shopPolicy.ts'
import type { Property } from '../policy/document.ts'
import { prove } from './prove.ts'
import { decideByReference } from './reference.ts'

const deliver = permit('deliver', {
  actions: ['disclose'],
  contexts: ['shop', 'chat'],
  categories: ['contact'],
  purposes: ['delivery'],
  recipients: ['carrier'],
})
const noSale = forbid('no-sale', { when: { sale: 'yes' } })
const neverSold: Property = { kind: 'never', title: 'nothing is sold', scope: {}, when: { sale: 'yes' } }

test('nothing is sold where a forbid bites on every sale: every cell of the policy is covered', () => {
  const result = prove(shop([deliver, noSale]), neverSold)
  assert.ok(result.holds)
  assert.equal(result.cells, 2 * 2 * 6 * 2 * 3)
})

test('without that forbid the counter-example is the sale itself: its two facts and no other', () => {
  const policy = shop([deliver])
  const result = prove(policy, neverSold)
  assert.ok(!result.holds && !result.vacuous)
  const { request, decision, size } = result.counterexample
  assert.equal(size, 2)
  assert.deepEqual(request, {
    action: 'disclose',
    purpose: 'delivery',
    recipient: 'carrier',
    labels: [{ context: 'shop', category: 'contact', field: 'address' }],
    facts: { contract: 'incomplete', consideration: 'yes' },
  })
  assert.deepEqual(decision, { kind: 'permit', rule: 'deliver', obligations: [] })
  assert.deepEqual(decideByReference(policy, request), decision)
})

test('of several ways to break a property the one with fewest facts is shown', () => {
  const wide = permit('wide', { ...deliver, when: { consent: 'given', age: 'adult', verified: 'yes' } })
  const narrow = permit('narrow', { ...deliver, purposes: ['advertising'], when: { consent: 'given' } })
  const result = prove(shop([wide, narrow]), { kind: 'never', title: 'none', scope: {} })
  assert.ok(!result.holds && !result.vacuous)
  assert.equal(result.counterexample.decision.rule, 'narrow')
  assert.deepEqual(result.counterexample.request.facts, { consent: 'given' })
})

test('a scope names a context with its children, as a forbid does', () => {
  const inChat = permit('in-chat', { ...deliver, contexts: ['chat'] })
  const result = prove(shop([inChat]), { kind: 'never', title: 'none', scope: { contexts: ['shop'] } })
  assert.ok(!result.holds && !result.vacuous)
  assert.equal(result.counterexample.request.labels[0]?.context, 'chat')
  assert.ok(
    prove(shop([{ ...inChat, contexts: ['shop'] }]), { kind: 'never', title: 'none', scope: { contexts: ['chat'] } })
      .holds,
  )
})

test('sensitivity is of the field or of what is in it', () => {
  const all = permit('all', { actions: ['use'], contexts: ['shop'], purposes: ['advertising'] })
  const noHealth = forbid('no-health', { categories: ['health'] })
  const property: Property = { kind: 'never', title: 'none', scope: {}, when: { sensitive: 'yes' } }
  const result = prove(shop([all, noHealth]), property)
  assert.ok(!result.holds && !result.vacuous)
  assert.deepEqual(result.counterexample.request.labels, [
    { context: 'shop', category: 'contact', field: 'address', facts: { sensitiveContent: 'yes' } },
  ])
  assert.ok(prove(shop([all, forbid('no-sensitive', { when: { sensitive: 'yes' } })]), property).holds)
})

test('a decision that hangs on a fact it should not is shown twice, with that fact changed and nothing else', () => {
  const policy = shop([deliver, forbid('tracked', { when: { doNotTrack: 'on', restricted: 'yes' } })])
  const property: Property = { kind: 'independent', title: 'dnt', scope: {}, of: ['doNotTrack'] }
  const result = prove(policy, property)
  assert.ok(!result.holds && !result.vacuous)
  const { request, decision, other } = result.counterexample
  assert.deepEqual(request.facts, { doNotTrack: 'off' })
  assert.deepEqual(other?.request, { ...request, facts: { doNotTrack: 'on' } })
  assert.deepEqual([decision.rule, other?.decision.rule], ['deliver', 'tracked'])
  assert.ok(prove(policy, { ...property, except: { restricted: 'yes' } }).holds)
})

test('a fact that changes what is owed changes the decision', () => {
  const told = permit('told', { ...deliver, when: { optOut: 'yes' }, obligations: ['tell'] })
  const result = prove(shop([told, deliver]), { kind: 'independent', title: 'opt out', scope: {}, of: ['optOut'] })
  assert.ok(!result.holds && !result.vacuous)
})

test('a property that speaks of nothing is no proof, and says why', () => {
  const because = (property: Property) => {
    const result = prove(shop([deliver]), property)
    assert.ok(!result.holds && result.vacuous)
    return result.because
  }
  const scope = { fields: ['allergy'], categories: ['contact'] }
  assert.match(because({ kind: 'never', title: 'empty', scope }), /its scope holds no field/)
  const toSelf = { recipients: ['controller'] }
  assert.match(because({ ...neverSold, scope: toSelf }), /its condition holds nowhere/)
  const healthy = { categories: ['health'] }
  assert.match(
    because({ kind: 'independent', title: 'denied', scope: healthy, of: ['optOut'] }),
    /nothing in its scope/,
  )
  const except = { doNotTrack: ['on', 'off'] }
  assert.match(because({ kind: 'independent', title: 'all', scope: {}, of: ['age'], except }), /its exception holds/)
})

test('a derived fact is not something to be independent of', () => {
  assert.throws(() => prove(shop([deliver]), { kind: 'independent', title: 'sale', scope: {}, of: ['sale'] }), {
    code: 'POLICY_UNKNOWN_NAME',
  })
})

test('a cell of more than 65,536 worlds is refused, and the rules that make it so are named', () => {
  const facts = Object.fromEntries(
    Array.from({ length: 17 }, (_, i) => [`f${i}`, { about: 'act' as const, title: 'f', values: ['no', 'yes'] }]),
  )
  const wide = (from: number, to: number) =>
    Object.fromEntries(
      Object.keys(facts)
        .slice(from, to)
        .map((f) => [f, 'yes']),
    )
  const rules = [permit('left', { ...deliver, when: wide(0, 9) }), permit('right', { ...deliver, when: wide(9, 17) })]
  assert.throws(() => prove(shop(rules, facts), { kind: 'never', title: 'none', scope: {} }), {
    code: 'POLICY_TOO_WIDE',
    message: /`left`, `right`/,
  })
  const sixteen = [rules[0]!, permit('right', { ...deliver, when: wide(9, 16) })]
  const result = prove(shop(sixteen, facts), { kind: 'never', title: 'none', scope: {} })
  assert.ok(!result.holds && !result.vacuous)
  assert.equal(result.counterexample.size, 7)
})
