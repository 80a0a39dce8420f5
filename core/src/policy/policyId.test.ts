import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { examplePolicy } from '../../../tests/examplePolicy.ts'
import { canonicalJson } from '../canonicalJson.ts'
import type { PolicyDocument } from './document.ts'
import { policyId } from './policyId.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/canonical-json.json', import.meta.url), 'utf8'))

const ofBits = (hex: string) => new DataView(Uint8Array.from(Buffer.from(hex, 'hex')).buffer).getFloat64(0)

/** The same value with the names of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, each]) => [name, reversed(each)]),
  )
}

test('numbers have the form of RFC 8785, Appendix B', () => {
  for (const [bits, form] of vectors.numbers) assert.equal(canonicalJson(ofBits(bits)), form)
  for (const bits of vectors.refused) assert.throws(() => canonicalJson(ofBits(bits)), { code: 'INPUT_INVALID' })
})

test('names are sorted as in RFC 8785 §3.2.3', () => {
  const { input, values } = vectors.sorting
  assert.deepEqual(Object.values(JSON.parse(canonicalJson(JSON.parse(input)).replaceAll('"1":', '"one":'))), values)
})

test('the id of a policy does not hang on the order of its names, nor on how it was made', () => {
  const id = policyId(examplePolicy, sha256)
  assert.match(id, /^[0-9a-f]{64}$/)
  assert.equal(policyId(reversed(examplePolicy) as PolicyDocument, sha256), id)
  assert.equal(policyId(JSON.parse(JSON.stringify(examplePolicy)), sha256), id)
})

test('the order of rules, and any word, makes another version', () => {
  const id = policyId(examplePolicy, sha256)
  assert.notEqual(policyId({ ...examplePolicy, rules: examplePolicy.rules.toReversed() }, sha256), id)
  assert.notEqual(policyId({ ...examplePolicy, name: 'Other' }, sha256), id)
})
