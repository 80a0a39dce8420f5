import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generatePolicy } from '../../../tests/differential/generatePolicy.ts'
import { forget, generateKnownRequest } from '../../../tests/differential/generateRequest.ts'
import { seeded } from '../../../tests/differential/random.ts'
import { examplePolicy } from '../../../tests/examplePolicy.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { decide } from './decide.ts'
import { decideIndexed, indexRequest } from './decideIndexed.ts'
import { parseRequest } from './parseRequest.ts'
import { decideByReference } from './reference.ts'
import type { Decision, DecisionRequest, Label } from './request.ts'
import { compilePolicy } from './table.ts'

const table = compilePolicy(examplePolicy)
const email: Label = { context: 'products', category: 'identifiers', field: 'email', facts: { sensitiveContent: 'no' } }
const request: DecisionRequest = { action: 'use', purpose: 'support', labels: [email], facts: { restricted: 'no' } }
const decideWith = (change: Partial<DecisionRequest>): Decision => decide(table, { ...request, ...change })

test('table, integers and parsed requests all decide like the reference, on generated policies', () => {
  const random = seeded(1)
  for (let p = 0; p < 60; p++) {
    const policy = generatePolicy(random)
    const compiled = compilePolicy(policy)
    for (let i = 0; i < 30; i++) {
      const known = generateKnownRequest(random, policy, 1 + random.below(3))
      const asked = random.chance(50) ? forget(random, policy, known) : known
      const expected = decideByReference(policy, asked)
      assert.deepEqual(decide(compiled, asked), expected)
      assert.deepEqual(compiled.outcomes[decideIndexed(compiled, indexRequest(compiled, asked))], expected)
      assert.deepEqual(decide(compiled, parseRequest(compiled, JSON.parse(JSON.stringify(asked)))), expected)
    }
  }
})

test('the deciding rule is named, with what is owed', () => {
  assert.deepEqual(decideWith({}), { kind: 'permit', rule: 'support', obligations: ['tell'] })
  assert.deepEqual(decideWith({ facts: { restricted: 'yes' } }), { kind: 'deny', rule: 'restricted' })
  assert.deepEqual(decideWith({ purpose: 'newsletter' }), { kind: 'deny', rule: null })
})

test('an unknown fact permits only if each of its values would', () => {
  assert.deepEqual(decideWith({ facts: {} }), { kind: 'deny', rule: 'restricted' })
  // Nothing that decides about collecting hangs on a restriction.
  assert.deepEqual(decideWith({ action: 'collect', facts: {} }).kind, 'permit')
})

test('a category without a field asks for each of its fields', () => {
  const { field: _, ...whole } = email
  assert.equal(decideWith({ labels: [whole] }).kind, 'permit')
  const news = { purpose: 'newsletter', facts: { restricted: 'no', consent: 'given', age: 'adult' } }
  assert.equal(decideWith({ ...news, labels: [email] }).kind, 'permit')
  // `news` permits the e-mail address and not the cookie.
  assert.deepEqual(decideWith({ ...news, labels: [whole] }), { kind: 'deny', rule: null })
})

test('a category without any field is denied', () => {
  const policy: PolicyDocument = {
    ...examplePolicy,
    categories: { ...examplePolicy.categories, empty: { title: 'nothing yet', dpv: ['Data'] } },
  }
  const asked = { ...request, labels: [{ context: 'products', category: 'empty' }] }
  assert.deepEqual(decide(compilePolicy(policy), asked), { kind: 'deny', rule: null })
  assert.deepEqual(decideByReference(policy, asked), { kind: 'deny', rule: null })
})

test('a value that joins several sources needs every label to permit, and owes what each owes', () => {
  const website: Label = { ...email, context: 'websites' }
  assert.deepEqual(decideWith({ labels: [email, website] }), { kind: 'deny', rule: null })
  assert.deepEqual(decideWith({ labels: [email, email] }), { kind: 'permit', rule: 'support', obligations: ['tell'] })
})

test('the controller may be named as the recipient of what goes to nobody else', () => {
  assert.deepEqual(decideWith({ recipient: 'controller' }), decideWith({}))
})

test('an answer cannot be changed by who gets it', () => {
  assert.ok(Object.isFrozen(decideWith({})))
  assert.ok(Object.isFrozen(table.outcomes))
})

test('facts that the cell does not test are never read', () => {
  const trap = {
    get doNotTrack(): string {
      throw new Error('read')
    },
    restricted: 'no',
  }
  assert.equal(decideWith({ facts: trap }).kind, 'permit')
})

const unknown: readonly (readonly [string, Partial<Record<keyof DecisionRequest, unknown>>, string])[] = [
  ['action', { action: 'sell' }, 'unknown action `sell`'],
  ['purpose', { purpose: 'suport' }, 'unknown purpose `suport`: use `support`, or declare it'],
  ['recipient', { recipient: 'hots' }, 'use `host`'],
  ['context', { labels: [{ ...email, context: 'product' }] }, 'use `products`'],
  ['category', { labels: [{ context: 'products', category: 'identifier' }] }, 'use `identifiers`'],
  ['field', { labels: [{ ...email, field: 'emails' }] }, 'use `email`'],
  ['category beside a field', { labels: [{ ...email, category: 'identifier' }] }, 'use `identifiers`'],
  ['value of a fact', { facts: { restricted: 'maybe' } }, 'unknown value of `restricted`'],
  [
    'value of a value fact',
    { labels: [{ ...email, facts: { sensitiveContent: 'maybe' } }] },
    'unknown value of `sensitiveContent`',
  ],
  ['__proto__ as a purpose', { purpose: '__proto__' }, 'unknown purpose:'],
  ['constructor as a context', { labels: [{ ...email, context: 'constructor' }] }, 'unknown context:'],
  ['toString as a field', { labels: [{ ...email, field: 'toString' }] }, 'unknown field:'],
  ['valueOf as a value', { facts: { restricted: 'valueOf' } }, 'unknown value of `restricted`'],
  ['no purpose', { purpose: undefined }, 'unknown purpose:'],
  ['null as a value', { facts: { restricted: null } }, 'unknown value of `restricted`'],
]
for (const [what, change, says] of unknown) {
  test(`an unknown name is refused, by names and by integers: ${what}`, () => {
    // `as`: requests that the types would refuse are what this is about.
    const asked = { ...request, ...change } as DecisionRequest
    for (const ask of [decide, indexRequest]) {
      assert.throws(
        () => ask(table, asked),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, 'DECISION_UNKNOWN_NAME')
          assert.ok(error.message.includes(says), error.message)
          return true
        },
      )
    }
    assert.throws(() => parseRequest(table, JSON.parse(JSON.stringify(asked))), { name: 'AvowError' })
  })
}

test('no label, or a field under the category of another, is malformed', () => {
  assert.throws(() => decideWith({ labels: [] }), { code: 'DECISION_MALFORMED' })
  for (const missing of ['labels', 'facts']) {
    // `as`: what a caller without types could send.
    const asked = { ...request, [missing]: undefined } as unknown as DecisionRequest
    assert.throws(() => decide(table, asked), { code: 'DECISION_MALFORMED' })
  }
  assert.throws(() => decideWith({ labels: [{ ...email, category: 'health' }] }), {
    code: 'DECISION_MALFORMED',
    message: 'field `email` is of category `identifiers`, not `health`: name that one',
  })
})

test('an indexed request of the wrong length or with a number out of range is refused, never decided', () => {
  const indexed = indexRequest(table, request)
  assert.throws(() => decideIndexed(table, indexed.slice(1)), { code: 'DECISION_MALFORMED' })
  assert.throws(() => decideIndexed(table, indexed.slice(0, table.requestSlots)), { code: 'DECISION_MALFORMED' })
  for (let slot = 0; slot < indexed.length; slot++) {
    // A slot that is not read may hold anything.
    const broken = indexed.slice()
    broken[slot] = 65_535
    try {
      assert.deepEqual(decideIndexed(table, broken), decideIndexed(table, indexed))
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'DECISION_MALFORMED')
      continue
    }
    assert.ok(slot > 2, 'an action, a purpose and a recipient are always read')
  }
})

const strayed: readonly (readonly [string, unknown, string])[] = [
  ['no object', 'use', 'the request must be an object'],
  ['another property', { ...request, subject: 'someone' }, 'the request has a property it should not'],
  ['labels that are no list', { ...request, labels: email }, '`labels` of the request must be a list'],
  ['no label', { ...request, labels: [] }, 'at least one label'],
  [
    'a misspelt fact',
    { ...request, facts: { restrcted: 'no' } },
    'unknown fact in `facts.restrcted` of the request: use `restricted`',
  ],
  ['a fact about the value on the request', { ...request, facts: { inferred: 'no' } }, 'state it on each label'],
  [
    'a fact about the person on a label',
    { ...request, labels: [{ ...email, facts: { age: 'adult' } }] },
    'state it on the request',
  ],
  ['a derived fact', { ...request, facts: { sale: 'no' } }, 'unknown fact'],
  [
    'a fact nobody reads with a value it cannot have',
    { ...request, facts: { doNotTrack: 'perhaps' } },
    'unknown value of `doNotTrack`',
  ],
  ['a purpose that is a list', { ...request, purpose: ['support'] }, 'must be the name of a declared purpose'],
]
for (const [what, value, says] of strayed) {
  test(`a request from outside is refused where it strays: ${what}`, () => {
    assert.throws(
      () => parseRequest(table, value),
      (error: Error) => {
        assert.ok(error.message.includes(says), error.message)
        return error.name === 'AvowError' && !error.message.includes('\n')
      },
    )
  })
}

test('what a stranger sent is not told back in an error', () => {
  const secret = 'ann@example.com'
  for (const asked of [
    { ...request, purpose: secret },
    { ...request, facts: { restricted: secret } },
  ]) {
    for (const ask of [decide, parseRequest]) {
      assert.throws(
        () => ask(table, asked),
        (error: Error) => !error.message.includes(secret),
      )
    }
  }
})
