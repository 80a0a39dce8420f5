import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Malformed, testFormat } from '../../../tests/documentFormat.ts'
import { examplePolicy } from '../../../tests/examplePolicy.ts'
import { policyFormat } from './documentShape.ts'
import { parsePolicy, parsePolicyText } from './parse.ts'

const text = JSON.stringify(examplePolicy)

const malformed: readonly Malformed[] = [
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

testFormat(policyFormat, 'policy.schema.json', examplePolicy, malformed, ['*', 'permit', 'GB', { not: 'x' }])

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
