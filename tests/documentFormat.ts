/**
 * What every format of document is held to: its published JSON Schema is the one it describes, its parser and that
 * schema agree on whatever is put in any place of an example, and the parser ends in no error but its own.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { jsonSchema } from '@avow/core/shape/jsonSchema'
import { parseDocument, parseDocumentText } from '@avow/core/shape/parse'
import type { DocumentFormat } from '@avow/core/shape/shape'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'

/** A change of a document that its parser and its JSON Schema must refuse: where, the value, part of the message. */
export type Malformed = readonly [path: string, value: unknown, says: string]

/**
 * @param file of the published JSON Schema, in spec/
 * @param example plain JSON in which every kind of thing of the format occurs
 * @param values what may be misplaced in this format besides what may be in any
 */
export function testFormat<T>(
  format: DocumentFormat<T>,
  file: string,
  example: unknown,
  malformed: readonly Malformed[],
  values: readonly unknown[],
): void {
  const { name, code } = format
  const text = JSON.stringify(example)
  const published: unknown = JSON.parse(readFileSync(new URL(`../spec/${file}`, import.meta.url), 'utf8'))
  // `as`: any JSON may stand there, and `compile` is what looks it over.
  const followsSchema = new Ajv2020({ strict: true, allErrors: false }).compile(published as object)

  test(`a ${name} is the same after JSON, and follows the JSON Schema`, () => {
    assert.deepEqual(parseDocumentText(format, text), JSON.parse(text))
    assert.ok(followsSchema(JSON.parse(text)), JSON.stringify(followsSchema.errors))
  })

  test(`the published JSON Schema of a ${name} is the one that its format describes`, () => {
    assert.deepEqual(published, JSON.parse(JSON.stringify(jsonSchema(format))))
  })

  for (const [path, value, says] of malformed) {
    test(`a ${name} with ${JSON.stringify(value)} at ${JSON.stringify(path)} is refused by the parser and by the JSON Schema`, () => {
      const document = changed(text, path.split('/'), value)
      assert.throws(
        () => parseDocument(format, document),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, code)
          assert.ok(error.message.includes(says), error.message)
          return !error.message.includes('\n')
        },
      )
      assert.equal(followsSchema(document), false)
    })
  }

  test(`parser and schema agree on every ${name} made by one change at any place`, () => {
    const places = placesIn(JSON.parse(text)).filter((path) => path.length > 0)
    const misplaced = fc.oneof(
      fc.constant(undefined),
      fc.constantFrom(null, true, 0, 1, -1, 1.5, '', 'x', [], {}, ['x'], [['x']], { x: 'y' }, ...values),
      fc.jsonValue({ maxDepth: 2 }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...places), misplaced, (path, value) => {
        const document = changed(text, path, value)
        let parsed = true
        try {
          parseDocument(format, document)
        } catch (error) {
          assert.ok(error instanceof Error && 'code' in error && error.code === code, String(error))
          assert.ok(!error.message.includes('\n'))
          parsed = false
        }
        // The parser alone refuses half surrogates, and `__proto__` among the facts of a policy's condition.
        if (parsed) assert.ok(followsSchema(document), JSON.stringify(followsSchema.errors))
        else if (!/\\ud[89a-f]|__proto__/.test(JSON.stringify(document))) {
          assert.equal(
            followsSchema(document),
            false,
            `only the parser refuses ${path.join('.')} as ${JSON.stringify(value)}`,
          )
        }
      }),
      { numRuns: 1500 },
    )
  })

  test(`half of a surrogate pair is refused in every text of a ${name}`, () => {
    const texts = placesIn(JSON.parse(text)).filter((path) => typeof valueAt(text, path) === 'string')
    assert.ok(texts.length > 0)
    for (const path of texts) {
      assert.throws(() => parseDocument(format, changed(text, path, 'x\ud800')), { code }, path.join('.'))
    }
  })

  test(`text that is no JSON, or no ${name}, is refused in one line`, () => {
    for (const broken of ['', '{', text.slice(0, -1), 'null ', '[]', `"${name}"`, '{\n"avow" 1}']) {
      assert.throws(
        () => parseDocumentText(format, broken),
        (error: Error & { code?: string }) => error.code === code && !error.message.includes('\n'),
      )
    }
    assert.throws(() => parseDocumentText(format, '[]'), { message: `the ${name} must be an object` })
    assert.throws(() => parseDocumentText(format, '{\n"avow" 1}'), { message: /^not JSON at line 2, column 8: mend/ })
  })

  test(`the parser of a ${name} never ends in any other error, whatever it is given`, () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        assert.throws(() => parseDocument(format, value), { code })
      }),
    )
  })
}

/** A document of plain JSON with the value at one path changed, or taken away where it is undefined. */
function changed(text: string, path: readonly (string | number)[], value: unknown): unknown {
  const document = JSON.parse(text)
  const last = path.at(-1)!
  const owner = path.slice(0, -1).reduce((at, name) => at[name], document)
  if (value === undefined) delete owner[last]
  else owner[last] = value
  return document
}

function valueAt(text: string, path: readonly (string | number)[]): unknown {
  return path.reduce((at, name) => at[name], JSON.parse(text))
}

/** Every place in a JSON document, from the root. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, each]) => placesIn(each, [...path, name]))]
}
