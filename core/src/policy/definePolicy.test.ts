import assert from 'node:assert/strict'
import { test } from 'node:test'
import { definePolicy, defineVocabulary, rulesOver } from './definePolicy.ts'
import type { Rule } from './document.ts'

const vocabulary = defineVocabulary({
  contexts: { products: { title: 'Products' }, chat: { title: 'Chat', parent: 'products' } },
  categories: { identifiers: { title: 'Identifiers', ccpa: 'A', dpv: ['Identifying'] } },
  fields: { email: { title: 'E-mail', category: 'identifiers' } },
  sources: { person: { title: 'the person' } },
  purposes: { support: { title: 'Support', basis: 'contract', dpv: ['CustomerSupport'] } },
  recipients: { host: { title: 'Hosting', standing: 'processor' } },
  facts: { plan: { about: 'person', title: 'plan', values: ['free', 'paid'] } },
  promises: { 'use.chat': { title: 'Chats serve support', chapter: 'use' } },
})
const { permit, forbid, retain } = rulesOver(vocabulary)

const scope = { actions: ['use'], contexts: ['chat'], purposes: ['support'] } as const
const promises = ['use.chat'] as const

const supported = permit({ id: 'chat.support', promises, ...scope, when: { plan: 'paid', source: 'person' } })
const frozen = forbid({ id: 'chat.frozen', promises, when: [{ restricted: 'yes' }, { age: ['under13'] }] })
const kept = retain({
  id: 'chat.kept',
  promises,
  contexts: ['chat'],
  clock: 'lastActivity',
  days: 30,
  then: 'erase',
  because: 'no need after',
})

test('a rule written over a vocabulary is the plain rule, with its kind', () => {
  const plain: readonly Rule[] = [supported, frozen, kept]
  assert.deepEqual(plain[0], {
    kind: 'permit',
    id: 'chat.support',
    promises: ['use.chat'],
    actions: ['use'],
    contexts: ['chat'],
    purposes: ['support'],
    when: { plan: 'paid', source: 'person' },
  })
})

const rest = {
  name: 'Example',
  controller: {
    name: 'Example Ltd.',
    country: 'GB',
    subsidiaries: [],
    contact: { email: 'privacy@example.com', phone: '1' },
    countries: ['GB'],
  },
  resolutions: [],
  rights: {},
}

test('a policy is its vocabulary, its rules and the version of the language', () => {
  const policy = definePolicy({
    ...vocabulary,
    ...rest,
    rules: [supported, frozen, kept, { kind: 'forbid', id: 'inline', promises, purposes: ['support'] }],
    properties: { p: { kind: 'never', title: 'never', scope: { contexts: ['chat'] }, when: { sale: 'yes' } } },
  })
  assert.equal(policy.avow, 1)
  assert.equal(policy.rules.length, 4)
})

/** Never run: each line is an error that the author's editor must show, and `tsc` fails here if one is not. */
export function misspellings(): void {
  // @ts-expect-error `suport` is no purpose of the vocabulary
  permit({ id: 'x', promises, ...scope, purposes: ['suport'] })
  // @ts-expect-error `product` is no context
  permit({ id: 'x', promises, ...scope, contexts: ['product'] })
  // @ts-expect-error `sell` is no action
  permit({ id: 'x', promises, ...scope, actions: ['sell'] })
  // @ts-expect-error `identifier` is no category
  forbid({ id: 'x', promises, categories: ['identifier'] })
  // @ts-expect-error `mail` is no field
  forbid({ id: 'x', promises, fields: ['mail'] })
  // @ts-expect-error `hosts` is no recipient
  forbid({ id: 'x', promises, recipients: ['hosts'] })
  // @ts-expect-error `use.chats` is no promise
  forbid({ id: 'x', promises: ['use.chats'] })
  // @ts-expect-error `optout` is no fact
  forbid({ id: 'x', promises, when: { optout: 'yes' } })
  // @ts-expect-error `maybe` is no value of the fact `restricted`
  forbid({ id: 'x', promises, when: { restricted: 'maybe' } })
  // @ts-expect-error `gold` is no value of the policy's own fact `plan`
  forbid({ id: 'x', promises, when: { plan: { not: ['gold'] } } })
  // @ts-expect-error `broker` is no source
  forbid({ id: 'x', promises, when: { source: 'broker' } })
  defineVocabulary({
    ...vocabulary,
    // @ts-expect-error `nowhere` is no context
    contexts: { chat: { title: 'Chat', parent: 'nowhere' } },
  })
  defineVocabulary({
    ...vocabulary,
    // @ts-expect-error `names` is no category
    fields: { email: { title: 'E-mail', category: 'names' } },
  })
  definePolicy({
    ...vocabulary,
    ...rest,
    properties: {},
    // @ts-expect-error `suport` is no purpose, in a rule written in place
    rules: [{ kind: 'forbid', id: 'inline', promises, purposes: ['suport'] }],
  })
  definePolicy({
    ...vocabulary,
    ...rest,
    rules: [],
    // @ts-expect-error `chats` is no context, in a property
    properties: { p: { kind: 'never', title: 'never', scope: { contexts: ['chats'] } } },
  })
}
