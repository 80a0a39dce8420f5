import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forbid, permit, shop } from '../../../tests/shopPolicy.ts'
import { diff, isEmptyDiff } from './diff.ts'
import type { PolicyDocument, Retain, Rule } from './document.ts'
import { formatDiff } from './formatDiff.ts'

const deliver = permit('deliver', {
  actions: ['disclose'],
  contexts: ['shop', 'chat'],
  categories: ['contact'],
  purposes: ['delivery'],
  recipients: ['carrier'],
})
const keep = (id: string, rest: Partial<Retain> = {}): Retain => ({
  kind: 'retain',
  id,
  promises: ['p'],
  contexts: ['shop'],
  clock: 'collection',
  days: 30,
  then: 'erase',
  because: 'long enough',
  ...rest,
})
const lines = (before: PolicyDocument, after: PolicyDocument) => formatDiff(diff(before, after), before, after)
const ofRules = (before: readonly Rule[], after: readonly Rule[]) => lines(shop(before), shop(after))

test('a policy in other words differs in nothing', () => {
  const renamed = { ...deliver, id: 'pass-on' }
  assert.deepEqual(ofRules([deliver], [renamed]), ['nothing changes in what is permitted, owed, shared or kept'])
})

test('equal rules in another order differ in nothing', () => {
  const other = permit('other', { ...deliver, purposes: ['delivery', 'advertising'] })
  const stop = forbid('stop', { when: { restricted: 'yes' } })
  assert.ok(isEmptyDiff(diff(shop([deliver, other, stop]), shop([stop, other, deliver]))))
})

test('a new permit is told once, with whom it newly shares', () => {
  assert.deepEqual(ofRules([], [{ ...deliver, when: { consent: 'given' }, obligations: ['tell'] }]), [
    'newly permitted: disclose Contact from any context for Delivery, to Carrier, when `consent` is given, owing: tell',
    'newly shared with Carrier: Contact',
  ])
})

test('a new forbid is told only where something was permitted before', () => {
  const stop = forbid('stop', { contexts: ['shop'], when: { age: { not: 'adult' } } })
  assert.deepEqual(ofRules([deliver], [deliver, stop]), [
    'newly forbidden: disclose Contact from any context for Delivery, to Carrier, when `age` is not adult',
  ])
  const inVain = forbid('in-vain', { purposes: ['advertising'] })
  assert.ok(isEmptyDiff(diff(shop([deliver]), shop([deliver, inVain]))))
})

test('a resolution that is dropped is told as what it kept permitted', () => {
  const stop = forbid('stop', { when: { restricted: 'yes' } })
  const kept = { keep: 'deliver', over: ['stop'], ground: 'person', because: 'they wait for it' } as const
  const before = { ...shop([deliver, stop]), resolutions: [kept] }
  assert.deepEqual(lines(before, shop([deliver, stop])), [
    'newly forbidden: disclose Contact from any context for Delivery, to Carrier, when `restricted` is yes',
  ])
})

test('other obligations are told with those before and those after', () => {
  assert.deepEqual(ofRules([deliver], [{ ...deliver, obligations: ['warn', 'tell'] }]), [
    'owed otherwise: disclose Contact from any context for Delivery, to Carrier: nothing → tell and warn',
  ])
})

test('a recipient that becomes a third party changes what the forbid on sale bites on', () => {
  const rules = [deliver, forbid('no-sale', { when: { sale: 'yes' } })]
  const before = shop(rules)
  const carrier = { title: 'Carrier', standing: 'thirdParty' } as const
  const after = { ...before, recipients: { ...before.recipients, carrier } }
  assert.deepEqual(lines(before, after), [
    'newly forbidden: disclose Contact from any context for Delivery, to Carrier, ' +
      'when `contract` is complete and `consideration` is yes',
  ])
})

test('a source that only one version declares is denied in the other', () => {
  const before = shop([deliver])
  const after = { ...before, sources: { ...before.sources, broker: { title: 'A broker' } } }
  assert.deepEqual(lines(before, after), [
    'newly permitted: disclose Contact from any context for Delivery, to Carrier, when `source` is broker',
  ])
})

test('kept longer, shorter, or by another clock', () => {
  assert.deepEqual(ofRules([keep('k')], [keep('k', { days: 60 })]), [
    'kept longer: any data from Shop for any purpose: 30 days from collection, then erase → 60 days from collection, then erase',
  ])
  assert.deepEqual(ofRules([], [keep('k')]), [
    'kept shorter: any data from Shop for any purpose: without a limit → 30 days from collection, then erase',
  ])
  const [line] = ofRules([keep('k')], [keep('k', { clock: 'lastActivity' })])
  assert.match(line!, /^kept otherwise: /)
})

test('of several periods on one clock the shortest holds, but never less than a statutory minimum', () => {
  const short = keep('short', { days: 10, categories: ['contact'] })
  assert.deepEqual(ofRules([keep('k')], [keep('k'), short]), [
    'kept shorter: Contact from Shop for any purpose: 30 days from collection, then erase → 10 days from collection, then erase',
  ])
  const minimum = keep('minimum', { days: 90, atLeastDays: 90 })
  assert.deepEqual(ofRules([keep('k')], [keep('k'), minimum]), [
    'kept longer: any data from Shop for any purpose: 30 days from collection, then erase → ' +
      '90 days from collection, at least 90, then erase',
  ])
})

test('a retention rule that changes nothing is not told', () => {
  assert.ok(isEmptyDiff(diff(shop([keep('k')]), shop([keep('k'), keep('longer', { days: 99 })]))))
})
