import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fields, neverSent } from './fields.ts'
import { policy } from './policy.ts'

const terms = new Set(
  readFileSync(new URL('../../spec/vectors/dpv-2.3-terms.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
)

test('every term of the Data Privacy Vocabulary is in its release 2.3 (V1)', () => {
  assert.equal(terms.size, 1341)
  const used = [...Object.values(policy.categories), ...Object.values(policy.purposes)].flatMap(({ dpv }) => dpv)
  assert.deepEqual(
    used.filter((term) => !terms.has(term)),
    [],
  )
})

test('terms that release 2.3 does not have are in neither (V2)', () => {
  for (const term of ['MarketResearch', 'Rectify', 'Minor', 'ProductInnovation', 'DataTransferSafeguard']) {
    assert.ok(!terms.has(term), term)
  }
})

test('category.all: twelve categories, by the letters of the statute but for the last (K74)', () => {
  const letters = Object.values(policy.categories).map(({ ccpa }) => ccpa)
  assert.equal(letters.length, 12)
  assert.deepEqual(letters.filter((letter) => letter !== undefined).sort(), [...'ABCDFGHIJKL'])
  assert.equal(policy.categories.other?.ccpa, undefined)
})

test('category.all: every category has fields', () => {
  for (const category of Object.keys(policy.categories)) {
    assert.ok(
      Object.values(policy.fields).some((field) => field.category === category),
      category,
    )
  }
})

test('def.personal: cookie ids, addresses of machines and hashed mail addresses are not "other"', () => {
  for (const field of ['cookieId', 'analyticsCookieId', 'advertisingCookieId', 'ipAddress', 'emailHash'] as const) {
    assert.notEqual(fields[field].category, 'other')
  }
})

test('every field of the sensitive category is flagged, and others outside it are', () => {
  const flagged = Object.entries(policy.fields).filter(([, { sensitiveUnder = [] }]) => sensitiveUnder.length > 0)
  const inCategory = Object.entries(policy.fields).filter(([, { category }]) => category === 'sensitive')
  assert.deepEqual(
    inCategory.filter(([field]) => !flagged.some(([each]) => each === field)),
    [],
  )
  const outside = flagged.filter(([, { category }]) => category !== 'sensitive').map(([field]) => field)
  assert.ok(outside.includes('preciseLocation') && outside.includes('ethnicity') && outside.includes('directMessage'))
})

test('what is never sent is sensitive', () => {
  for (const field of neverSent) assert.notEqual(policy.fields[field]?.sensitiveUnder, undefined)
})

test('seven contexts, and inside them what the policy tells apart', () => {
  const top = Object.entries(policy.contexts).filter(([, { parent }]) => parent === undefined)
  assert.deepEqual(top.map(([context]) => context).sort(), [
    'applicants',
    'chat',
    'offline',
    'products',
    'research',
    'social',
    'websites',
  ])
})
