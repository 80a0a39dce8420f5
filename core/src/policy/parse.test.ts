import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { examplePolicy } from '../../../tests/examplePolicy.ts'
import { parsePolicy, parsePolicyText } from './parse.ts'
import { policySchema } from './schema.ts'

const text = JSON.stringify(examplePolicy)
const published = JSON.parse(readFileSync(new URL('../../../spec/policy.schema.json', import.meta.url), 'utf8'))
const followsSchema = new Ajv2020({ strict: true, allErrors: false }).compile(published)

/** The small policy as plain JSON, with the value at one path changed. */
function changed(path: string, value: unknown): unknown {
  const document = JSON.parse(text)
  const names = path.split('/')
  const last = names.pop()!
  const owner = names.reduce((at, name) => at[name], document)
  if (value === undefined) delete owner[last]
  else owner[last] = value
  return document
}

test('a policy is the same after JSON', () => {
  assert.deepEqual(parsePolicyText(text), JSON.parse(text))
  assert.ok(followsSchema(JSON.parse(text)))
})

test('the published JSON Schema is the one that the language describes', () => {
  assert.deepEqual(published, JSON.parse(JSON.stringify(policySchema())))
})

const malformed: readonly (readonly [string, unknown, string])[] = [
  ['avow', 2, '`avow` must be `1`'],
  ['avow', undefined, '`avow` is missing: add it'],
  ['rules', {}, '`rules` must be a list'],
  ['rules/0/kind', 'forbit', '`rules.0.kind` must be one of `permit`, `forbid`, `retain`: use `forbid`'],
  ['rules/0/kind', 'constructor', '`rules.0.kind` must be one of'],
  ['rules/0', null, '`rules.0` must be an object'],
  ['rules/5/purposes', 'newsletter', '`rules.5.purposes` must be a list: put brackets around it'],
  ['rules/5/purposes', [], '`rules.5.purposes` must have at least 1 in it'],
  ['rules/5/purpose', ['newsletter'], '`rules.5.purpose` is no property of the language here: use `purposes`'],
  ['rules/5/actions/0', 'sell', '`rules.5.actions.0` must be one of `collect`'],
  ['rules/3/obligations', ['warm'], '`rules.3.obligations.0` must be one of `warn`, `tell`, `deidentify`: use `warn`'],
  ['rules/5/when', 'given', '`rules.5.when` must be an object or a list'],
  ['rules/5/when/consent', 1, '`rules.5.when.consent` must be a text or a list or an object'],
  ['rules/5/when/age', { nto: 'adult' }, '`rules.5.when.age.nto` is no property of the language here: use `not`'],
  ['rules/8/days', 1.5, '`rules.8.days` must be a whole number of days'],
  ['rules/8/days', -1, '`rules.8.days` must be a whole number of days'],
  ['fields/email/category', ['identifiers', 'health'], '`fields.email.category` must be a text'],
  ['fields/email/category', undefined, '`fields.email.category` is missing: add it'],
  [
    'fields/email/sensitiveUnder',
    ['gpdr'],
    '`fields.email.sensitiveUnder.0` must be one of `gdpr`, `uk-gdpr`, `ccpa`: use `gdpr`',
  ],
  ['purposes/support/basis', 'contracts', '`purposes.support.basis` must be one of'],
  ['recipients/host/standing', 'processer', 'use `processor`'],
  [
    'recipients/controller',
    { title: 'x', standing: 'public' },
    '`recipients.controller` cannot be a name: that name is reserved',
  ],
  ['controller/country', 'UKX', '`controller.country` must be a country code'],
  ['controller/contact/email', '', '`controller.contact.email` must be a text, and not an empty one'],
  ['resolutions/0/over', 'all', '`resolutions.0.over` must be `*`'],
  ['properties/noSale/of', ['optOut'], '`properties.noSale.of` is no property of the language here'],
  ['promises/sale.never/evidence/0/kind', 'prof', 'use `proof`'],
  ['facts/plan/values', ['free'], '`facts.plan.values` must have at least 2 in it'],
  ['surprise', 1, '`surprise` is no property of the language here'],
]

for (const [path, value, says] of malformed) {
  test(`${path} as ${JSON.stringify(value)} is refused by the parser and by the JSON Schema`, () => {
    const document = changed(path, value)
    assert.throws(
      () => parsePolicy(document),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'POLICY_MALFORMED')
        assert.ok(error.message.includes(says), error.message)
        return !error.message.includes('\n')
      },
    )
    assert.equal(followsSchema(document), false)
  })
}

test('a name declared twice is refused, where JSON itself would keep the last', () => {
  const twice = text.replace('"fields":{', '"fields":{"email":{"title":"again","category":"health"},')
  assert.throws(() => parsePolicyText(twice), {
    code: 'POLICY_MALFORMED',
    message: '`fields.email` is declared twice: take one away',
  })
  assert.throws(() => parsePolicyText('{"avow":1,"\\u0061vow":1}'), {
    message: '`avow` is declared twice: take one away',
  })
  const inList = text.replace('"kind":"forbid"', '"kind":"forbid","kind":"permit"')
  assert.throws(() => parsePolicyText(inList), { message: '`rules.0.kind` is declared twice: take one away' })
})

test('text that is no JSON is refused in one line', () => {
  for (const broken of ['', '{', text.slice(0, -1), 'null ', '[]', '"policy"']) {
    assert.throws(() => parsePolicyText(broken), { code: 'POLICY_MALFORMED' })
  }
})

test('a name that would reach a prototype is refused', () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const document = JSON.parse(
      text.replace('"purposes":{', `"purposes":{"${name}":{"title":"x","basis":"consent","dpv":["A"]},`),
    )
    assert.throws(() => parsePolicy(document), { code: 'POLICY_MALFORMED' })
  }
  const inCondition = JSON.parse(text.replace('"restricted":"yes"', '"__proto__":"yes"'))
  assert.throws(() => parsePolicy(inCondition), { code: 'POLICY_MALFORMED' })
})

/** Every place in a JSON document, from the root. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, each]) => placesIn(each, [...path, name]))]
}

test('parser and schema agree on every document made by one change at any place', () => {
  const places = placesIn(JSON.parse(text)).filter((path) => path.length > 0)
  const values = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom(
      null,
      true,
      0,
      1,
      -1,
      1.5,
      '',
      '*',
      'x',
      'permit',
      'GB',
      [],
      {},
      ['x'],
      [['x']],
      { not: 'x' },
      { x: 'y' },
    ),
    fc.jsonValue({ maxDepth: 2 }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...places), values, (path, value) => {
      const document = changed(path.join('/'), value)
      let parsed = true
      try {
        parsePolicy(document)
      } catch (error) {
        assert.ok(error instanceof Error && 'code' in error && error.code === 'POLICY_MALFORMED', String(error))
        parsed = false
      }
      // The parser alone refuses half surrogates and `__proto__` among the facts of a condition.
      if (parsed) assert.ok(followsSchema(document), JSON.stringify(followsSchema.errors))
      else if (JSON.stringify(document).isWellFormed() && !/\\ud[89a-f]|__proto__/.test(JSON.stringify(document))) {
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

test('the parser never ends in any other error, whatever it is given', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      assert.throws(() => parsePolicy(value), { code: 'POLICY_MALFORMED' })
    }),
  )
})
