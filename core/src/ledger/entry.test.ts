import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  commit,
  entryKinds,
  formatPublicPart,
  leafHashOf,
  noSubject,
  type PublicPart,
  parsePublicPart,
} from './entry.ts'
import { chunkRanges, maximumRanges, rangesOf } from './ranges.ts'

const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytesOf = (each: string) => new TextEncoder().encode(each)
const refused = { code: 'INPUT_INVALID' }
const plain: PublicPart = { kind: 'collect', day: '2026-11-23', policyVersion: 'v1' }

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,20}$/)
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).map((each) => each.sort())
const day = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
const erased = fc.uniqueArray(fc.nat(60), { minLength: 1 }).map((each) => rangesOf(each.sort((a, b) => a - b)))
const optional = { rule: name, action: name, contexts: names, categories: names, purpose: name, recipient: name }
const part = fc
  .record(
    {
      kind: fc.constantFrom(...(Object.keys(entryKinds) as (keyof typeof entryKinds)[])), // keys of a closed record
      day: day.map((each) => each.toISOString().slice(0, 10)),
      policyVersion: name,
      ...optional,
      erased,
    },
    { requiredKeys: ['kind', 'day', 'policyVersion'], noNullPrototype: true },
  )
  .map(
    ({ erased, ...rest }): PublicPart => (rest.kind === 'erase' && erased !== undefined ? { ...rest, erased } : rest),
  )

test('every public part reads back as it was written, and has one form', () => {
  fc.assert(
    fc.property(part, (each) => {
      const bytes = formatPublicPart(each)
      assert.deepEqual(parsePublicPart(bytes), each)
      assert.deepEqual(
        formatPublicPart(Object.fromEntries(Object.entries(each).reverse()) as unknown as PublicPart),
        bytes,
      ) // the same properties in another order
    }),
  )
})

test('what is no public part is refused, and never quoted', () => {
  const bad: unknown[] = [
    null,
    [],
    'collect',
    {},
    { ...plain, kind: 'invented' },
    { ...plain, kind: 'toString' },
    { ...plain, kind: undefined },
    { ...plain, day: '2026-02-30' },
    { ...plain, day: '2026-11-23T10:00' },
    { ...plain, day: '20261123' },
    { ...plain, day: 20261123 },
    { ...plain, policyVersion: '' },
    { ...plain, rule: null },
    { ...plain, rule: 'jane@example.org' },
    { ...plain, purpose: 'asked for by Jane' },
    { ...plain, recipient: 'x'.repeat(129) },
    { ...plain, categories: [] },
    { ...plain, categories: ['b', 'a'] },
    { ...plain, categories: ['a', 'a'] },
    { ...plain, categories: 'a' },
    { ...plain, contexts: ['Jane Doe'] },
    { ...plain, contexts: Array.from({ length: 257 }, (_, i) => String(1000 + i)) },
    { ...plain, subject: 'jane' },
    { ...plain, erased: [[0, 1]] },
    ...[
      [],
      [[1, 0]],
      [[0]],
      [[0, 1, 2]],
      [
        [0, 1],
        [2, 3],
      ],
      [
        [0, 1],
        [1, 3],
      ],
      [[-1, 0]],
      [[0.5, 1]],
      [[0, 2 ** 53]],
      ['0'],
    ].map((each) => ({ ...plain, kind: 'erase', erased: each })),
    { ...plain, kind: 'erase', erased: Array.from({ length: maximumRanges + 1 }, (_, i) => [2 * i, 2 * i]) },
  ]
  for (const each of bad) {
    const bytes = bytesOf(JSON.stringify(each))
    assert.throws(() => parsePublicPart(bytes), refused, JSON.stringify(each))
    // Deliberately of a wrong type.
    assert.throws(
      () => formatPublicPart(each as PublicPart),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'INPUT_INVALID')
        assert.doesNotMatch(error.message, /jane/i)
        return true
      },
    )
  }
})

test('the same public part in other bytes is refused: the leaf holds bytes', () => {
  const good = text(formatPublicPart(plain))
  parsePublicPart(bytesOf(good))
  const other = [
    ` ${good}`,
    `${good}\n`,
    `\ufeff${good}`,
    good.replace('v1', '\\u00761'),
    good.replace('{', '{"day":"2026-11-23",'),
  ]
  for (const each of other) assert.throws(() => parsePublicPart(bytesOf(each)), refused)
  assert.throws(() => parsePublicPart(Uint8Array.of(0xff)), refused)
})

test('garbage is never a public part, and is refused as one', () => {
  const garbage = fc.oneof(fc.uint8Array(), fc.json().map(bytesOf))
  fc.assert(fc.property(garbage, (bytes) => assert.throws(() => parsePublicPart(bytes), refused)))
})

test('no two entries of different bytes have one leaf', () => {
  const commitment = commit(new Uint8Array(32), Uint8Array.of(1), hash)
  const [a, b] = [Uint8Array.of(1, 2), Uint8Array.of(1)]
  // The same bytes in a row, parted elsewhere: the length in front tells them apart.
  const shifted = Uint8Array.of(2, ...commitment.subarray(0, 31))
  assert.notDeepEqual(leafHashOf(a, commitment, hash), leafHashOf(b, shifted, hash))
  assert.throws(() => leafHashOf(a, commitment.subarray(1), hash), refused)
})

test('a commitment depends on every byte of salt and subject part', () => {
  const any = fc.record({ salt: fc.uint8Array({ minLength: 32, maxLength: 32 }), body: fc.uint8Array(), at: fc.nat() })
  fc.assert(
    fc.property(any, ({ salt, body, at }) => {
      const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === at % bytes.length ? byte ^ 1 : byte))
      const right = commit(salt, body, hash)
      assert.notDeepEqual(commit(flip(salt), body, hash), right)
      assert.notDeepEqual(commit(salt, Uint8Array.of(...body, 0), hash), right)
      if (body.length > 0) assert.notDeepEqual(commit(salt, flip(body), hash), right)
    }),
  )
  assert.throws(() => commit(new Uint8Array(31), Uint8Array.of(1), hash), refused)
})

test('leaves and commitments are those of the vectors', () => {
  const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/ledger-entry.json', import.meta.url), 'utf8'))
  for (const each of vectors.entries) {
    const publicBytes = formatPublicPart(each.public)
    assert.equal(text(publicBytes), each.publicText)
    const commitment =
      each.saltHex === undefined
        ? noSubject
        : commit(Buffer.from(each.saltHex, 'hex'), Buffer.from(each.subjectHex, 'hex'), hash)
    assert.equal(hex(commitment), each.commitmentHex)
    assert.equal(hex(leafHashOf(publicBytes, commitment, hash)), each.leafHashHex)
  }
})

test('ranges hold just the indexes they were made of, in pieces that fit an entry', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(20_000), { maxLength: 6000, size: 'max' }), (indexes) => {
      const sorted = indexes.sort((a, b) => a - b)
      const chunks = chunkRanges(rangesOf(sorted))
      for (const chunk of chunks) parsePublicPart(formatPublicPart({ ...plain, kind: 'erase', erased: chunk }))
      const back = chunks.flat().flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i))
      assert.deepEqual(back, sorted)
    }),
    { numRuns: 30 },
  )
  for (const each of [[2, 1], [-1], [0.5], [2 ** 53], [Number.NaN]]) assert.throws(() => rangesOf(each), refused)
})
