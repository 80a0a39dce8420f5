import assert from 'node:assert/strict'
import { test } from 'node:test'
import { examplePolicy } from '../../../tests/examplePolicy.ts'
import { assertSound, checkPolicy } from './check.ts'
import type { PolicyDocument, Rule } from './document.ts'

/** The policy with the parts of one rule changed. */
function rule(id: string, change: object): PolicyDocument {
  // `as`: the tests write rules that the types of the editor would already refuse.
  return {
    ...examplePolicy,
    rules: examplePolicy.rules.map((each) => (each.id === id ? ({ ...each, ...change } as Rule) : each)),
  }
}
const policy = (change: object): PolicyDocument => ({ ...examplePolicy, ...change })
const promise = (id: string, change: object) =>
  policy({ promises: { ...examplePolicy.promises, [id]: { ...examplePolicy.promises[id], ...change } } })

test('a sound policy has no finding', () => {
  assert.deepEqual(checkPolicy(examplePolicy), [])
})

/** One broken policy a line: what it says, and where. */
const broken: readonly (readonly [string, PolicyDocument, string, string])[] = [
  ['a misspelt purpose', rule('news', { purposes: ['newsleter'] }), 'rules.5.purposes.0', 'use `newsletter`'],
  ['a misspelt context', rule('news', { contexts: ['websties'] }), 'rules.5.contexts.0', 'use `websites`'],
  ['a misspelt category', rule('news', { categories: ['identifier'] }), 'rules.5.categories.0', 'use `identifiers`'],
  ['a misspelt field', rule('news', { fields: ['emial'] }), 'rules.5.fields.0', 'use `email`'],
  ['a misspelt recipient', rule('ads', { recipients: ['advertisers'] }), 'rules.6.recipients.0', 'use `advertiser`'],
  ['a misspelt promise', rule('news', { promises: ['use.new'] }), 'rules.5.promises.0', 'use `use.news`'],
  ['a misspelt fact', rule('sold', { when: { sales: 'yes' } }), 'rules.1.when.sales', 'use `sale`'],
  ['a fact of a prototype', rule('sold', { when: { toString: 'yes' } }), 'rules.1.when.toString', 'unknown fact'],
  [
    'a fact in the second of two conditions',
    rule('sold', { when: [{ sale: 'yes' }, { sales: 'yes' }] }),
    'rules.1.when.1.sales',
    'use `sale`',
  ],
  ['a value outside its fact', rule('sold', { when: { consent: 'givn' } }), 'rules.1.when.consent', 'use `given`'],
  ['a value outside a source', rule('sold', { when: { source: ['persn'] } }), 'rules.1.when.source', 'use `person`'],
  [
    'a value outside a derived fact',
    rule('sold', { when: { sale: { not: 'maybe' } } }),
    'rules.1.when.sale',
    'unknown value of `sale`',
  ],
  [
    'an unknown parent',
    policy({ contexts: { ...examplePolicy.contexts, content: { title: 'x', parent: 'product' } } }),
    'contexts.content.parent',
    'use `products`',
  ],
  [
    'a cycle of contexts',
    policy({ contexts: { ...examplePolicy.contexts, products: { title: 'x', parent: 'content' } } }),
    'contexts.products.parent',
    'its own ancestor',
  ],
  [
    'a field in no declared category',
    policy({ fields: { ...examplePolicy.fields, email: { title: 'x', category: 'identifers' } } }),
    'fields.email.category',
    'use `identifiers`',
  ],
  [
    'a recipient called controller',
    policy({ recipients: { ...examplePolicy.recipients, controller: { title: 'x', standing: 'public' } } }),
    'recipients.controller',
    'reserved',
  ],
  [
    'a purpose called constructor',
    policy({ purposes: { ...examplePolicy.purposes, constructor: examplePolicy.purposes.support } }),
    'purposes.constructor',
    'reserved',
  ],
  [
    'a name with a space',
    policy({ sources: { ...examplePolicy.sources, 'a b': { title: 'x' } } }),
    'sources.a b',
    'letters and digits',
  ],
  ['no source at all', policy({ sources: {} }), 'sources', 'declare at least one'],
  [
    'a standard fact declared again',
    policy({ facts: { consent: { about: 'person', title: 'x', values: ['a', 'b'] } } }),
    'facts.consent',
    'rename yours',
  ],
  [
    'a derived fact declared',
    policy({ facts: { sale: { about: 'person', title: 'x', values: ['a', 'b'] } } }),
    'facts.sale',
    'rename yours',
  ],
  [
    'a fact of one value',
    policy({ facts: { plan: { about: 'person', title: 'x', values: ['free'] } } }),
    'facts.plan.values',
    'fewer than two',
  ],
  [
    'a fact with a value twice',
    policy({ facts: { plan: { about: 'person', title: 'x', values: ['paid', 'free', 'free'] } } }),
    'facts.plan.values',
    'twice',
  ],
  ['two rules of one id', rule('news', { id: 'sold' }), 'rules.5.id', 'are both called `sold`'],
  ['a rule with the id of another promise', rule('news', { id: 'sale.never' }), 'rules.5.id', 'does not implement'],
  ['an empty list of purposes', rule('news', { purposes: [] }), 'rules.5.purposes', 'is empty'],
  ['an empty list of actions', rule('news', { actions: [] }), 'rules.5.actions', 'is empty'],
  ['an empty list of conditions', rule('sold', { when: [] }), 'rules.1.when', 'never holds'],
  ['a condition without facts', rule('sold', { when: {} }), 'rules.1.when', 'always holds'],
  ['an empty list of values', rule('sold', { when: { sale: { not: [] } } }), 'rules.1.when.sale', 'is empty'],
  ['a rule without a promise', rule('news', { promises: [] }), 'rules.5.promises', 'implements no promise'],
  [
    'a promise without a rule',
    promise('security.people', { withoutRule: undefined }),
    'promises.security.people',
    'no rule implements',
  ],
  [
    'a promise that denies its rule',
    promise('use.news', { withoutRule: 'none' }),
    'promises.use.news.withoutRule',
    'rule `news` does',
  ],
  ['a disclosure to nobody', rule('ads', { recipients: undefined }), 'rules.6.recipients', 'nobody it names'],
  ['a retention below its least', rule('kept', { days: 7 }), 'rules.8.days', 'less than the least'],
  [
    'a proof of no property',
    promise('sale.never', { evidence: [{ kind: 'proof', property: 'noSales', breach: { remove: ['sold'] } }] }),
    'promises.sale.never.evidence.0.property',
    'use `noSale`',
  ],
  [
    'a breach that changes nothing',
    promise('sale.never', { evidence: [{ kind: 'proof', property: 'noSale', breach: {} }] }),
    'promises.sale.never.evidence.0.breach',
    'changes nothing',
  ],
  [
    'a breach that removes no rule',
    promise('sale.never', { evidence: [{ kind: 'proof', property: 'noSale', breach: { remove: ['sole'] } }] }),
    'promises.sale.never.evidence.0.breach.remove.0',
    'use `sold`',
  ],
  [
    'a breach that adds a rule twice',
    promise('sale.never', {
      evidence: [{ kind: 'proof', property: 'noSale', breach: { add: [examplePolicy.rules[1]!] } }],
    }),
    'promises.sale.never.evidence.0.breach.add.0.id',
    'a second rule',
  ],
  [
    'a breach with an unknown name',
    promise('sale.never', {
      evidence: [
        {
          kind: 'proof',
          property: 'noSale',
          breach: { add: [{ kind: 'forbid', id: 'x', promises: ['use.news'], purposes: ['suport'] }] },
        },
      ],
    }),
    'promises.sale.never.evidence.0.breach.add.0.purposes.0',
    'use `support`',
  ],
  [
    'a property over an unknown name',
    policy({
      properties: { ...examplePolicy.properties, p: { kind: 'never', title: 'x', scope: { purposes: ['suport'] } } },
    }),
    'properties.p.scope.purposes.0',
    'use `support`',
  ],
  [
    'independence of a derived fact',
    policy({
      properties: { ...examplePolicy.properties, p: { kind: 'independent', title: 'x', scope: {}, of: ['sale'] } },
    }),
    'properties.p.of',
    'unknown stated fact `sale`',
  ],
  [
    'a resolution of nothing declared',
    policy({
      resolutions: [...examplePolicy.resolutions, { keep: 'sael.never', over: '*', ground: 'law', because: 'x' }],
    }),
    'resolutions.4.keep',
    'use `sale.never`',
  ],
  [
    'a permit kept over everything',
    policy({ resolutions: [...examplePolicy.resolutions, { keep: 'news', over: '*', ground: 'law', because: 'x' }] }),
    'resolutions.4',
    'forbids nothing',
  ],
  [
    'a permit kept over a permit',
    policy({
      resolutions: [...examplePolicy.resolutions, { keep: 'news', over: ['support'], ground: 'law', because: 'x' }],
    }),
    'resolutions.4.over.0',
    'no permit of one meets',
  ],
  [
    'a pair kept both ways',
    policy({
      resolutions: [
        ...examplePolicy.resolutions,
        { keep: 'restricted', over: ['hosting'], ground: 'law', because: 'x' },
      ],
    }),
    'resolutions',
    'each kept over the other',
  ],
  [
    'promises that pull apart',
    policy({ resolutions: examplePolicy.resolutions.slice(0, 3) }),
    'rules.3',
    '`support` and forbid `restricted` pull apart',
  ],
  ['a scope that no field is in', rule('news', { categories: ['health'] }), 'rules.5', 'can never match'],
  [
    'a condition that contradicts itself',
    rule('ads', { when: { sale: 'yes', consideration: 'no' } }),
    'rules.6',
    'can never match',
  ],
]

for (const [fault, document, path, says] of broken) {
  test(`${fault} is found, with its place and its cure`, () => {
    const findings = checkPolicy(document)
    const found = findings.map((each) => `${each.path.join('.')}: ${each.message}`)
    assert.ok(
      findings.some((each) => each.path.join('.') === path && each.message.includes(says)),
      `expected ${path}: … ${says}, found:\n${found.join('\n')}`,
    )
    assert.throws(() => assertSound(document), { name: 'AvowError', code: findings[0]!.code })
    for (const { message } of findings) assert.ok(!message.includes('\n'), 'a finding is one line')
  })
}

test('a permit whose every world is forbidden is dead, and the finding names what covers it', () => {
  const covered = rule('sold', { when: { consent: ['given'] }, purposes: ['newsletter'] })
  assert.deepEqual(
    checkPolicy(covered).map(({ path, message }) => [path, message]),
    [
      [
        ['rules', 5],
        'permit `news` is wholly covered by `sold`: narrow what covers it, declare a resolution, or drop the permit',
      ],
    ],
  )
})

test('rules that meet in no world need no resolution', () => {
  // Advertising to advertisers needs no word about restriction when only the unrestricted are in it.
  const parted = rule('ads', { when: { consent: 'given', restricted: 'no' } })
  const resolutions = examplePolicy.resolutions.map((each) =>
    each.keep === 'rights.restrict' ? { ...each, over: ['support', 'paidSupport', 'news'] } : each,
  )
  assert.deepEqual(checkPolicy({ ...parted, resolutions }), [])
})

test('a derived fact counts when two rules are asked whether they meet', () => {
  // A sale needs consideration, so a permit without it never meets the prohibition of sale; nor does one to a host
  // whose contract is complete, consideration or not.
  const free = rule('ads', { when: { consent: 'given', consideration: 'no' } })
  assert.deepEqual(checkPolicy({ ...free, resolutions: examplePolicy.resolutions.slice(1) }), [])
  const unresolved = checkPolicy({ ...examplePolicy, resolutions: examplePolicy.resolutions.slice(1) })
  assert.deepEqual(
    unresolved.map(({ message }) => message.split(' pull apart')[0]),
    ['permit `ads` and forbid `sold`'],
  )
})
