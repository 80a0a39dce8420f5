import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forbid, permit, shop } from '../../../tests/shopPolicy.ts'
import type { PolicyDocument } from './document.ts'
import { anchorOf, notice } from './notice.ts'

const deliver = permit('deliver', {
  actions: ['disclose'],
  contexts: ['shop'],
  purposes: ['delivery'],
  recipients: ['carrier'],
})
const ids = (named: readonly { readonly id: string }[] | undefined) => named?.map(({ id }) => id)
const byId = <T extends { readonly id: string }>(all: readonly T[], id: string) => all.find((each) => each.id === id)

test('promises stand in their chapters, each with an anchor and the rules of law behind it', () => {
  const document: PolicyDocument = {
    ...shop([]),
    promises: {
      'sale.never': { title: 'Nothing is sold', chapter: 'Sale & sharing', law: ['K77'] },
      kept: { title: 'Kept in time', chapter: 'Keeping' },
      'share.terms': { title: 'Bound by terms', chapter: 'Sale & sharing' },
    },
  }
  assert.deepEqual(notice(document).chapters, [
    {
      title: 'Sale & sharing',
      anchor: 'sale-sharing',
      promises: [
        { id: 'sale.never', title: 'Nothing is sold', anchor: 'sale-never', law: ['K77'] },
        { id: 'share.terms', title: 'Bound by terms', anchor: 'share-terms', law: [] },
      ],
    },
    { title: 'Keeping', anchor: 'keeping', promises: [{ id: 'kept', title: 'Kept in time', anchor: 'kept', law: [] }] },
  ])
})

test('an anchor is letters, digits and single hyphens', () => {
  assert.equal(anchorOf('  Über §4: “Sale” '), 'über-4-sale')
})

test('a purpose tells the categories and recipients that are permitted it, and no others', () => {
  const { purposes, recipients, categories, contexts } = notice(
    shop([deliver, forbid('no-health', { categories: ['health'] })]),
  )
  const delivery = byId(purposes, 'delivery')
  assert.deepEqual(ids(delivery?.categories), ['contact'])
  assert.deepEqual(ids(delivery?.contexts), ['shop'])
  assert.deepEqual(ids(delivery?.recipients), ['carrier'])
  assert.equal(delivery?.basisTitle, 'a contract with you, Article 6(1)(b)')
  assert.deepEqual(ids(byId(purposes, 'advertising')?.categories), [])
  assert.deepEqual(ids(byId(recipients, 'carrier')?.categories), ['contact'])
  assert.deepEqual(ids(byId(recipients, 'advertiser')?.purposes), [])
  assert.deepEqual(ids(byId(categories, 'contact')?.recipients), ['carrier'])
  assert.deepEqual(ids(byId(contexts, 'chat')?.categories), [])
})

test('what is permitted only under a condition is told; what no world permits is not', () => {
  const told = (when: Parameters<typeof forbid>[1]['when']) =>
    ids(byId(notice(shop([deliver, forbid('stop', when ? { when } : {})])).recipients, 'carrier')?.purposes)
  assert.deepEqual(told({ consent: { not: 'given' } }), ['delivery'])
  assert.deepEqual(told(undefined), [])
})

test('a field tells whether it is sensitive, a retention rule what it covers, and all of it is plain data', () => {
  const document = shop([
    {
      kind: 'retain',
      id: 'keep',
      promises: ['p'],
      contexts: ['shop'],
      clock: 'collection',
      days: 30,
      then: 'erase',
      because: 'long enough',
    },
  ])
  const made = notice(document)
  assert.deepEqual(
    made.categories.flatMap(({ fields }) => fields.filter(({ isSensitive }) => isSensitive).map(({ id }) => id)),
    ['allergy'],
  )
  assert.deepEqual(ids(made.retention[0]?.categories), ['contact', 'health'])
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made)
})
