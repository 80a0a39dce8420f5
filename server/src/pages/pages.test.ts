import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyDocument } from '@avow/core/policy/document'
import { notice } from '@avow/core/policy/notice'
import type { BoardEntry } from '@avow/core/promise/board'
import { promiseBoard } from '@avow/core/promise/board'
import { policy } from '@avow/policy-imwebdesigns'
import { boardContent } from './board.ts'
import { homeContent } from './home.ts'
import type { Html } from './html.ts'
import { document, faultPage, type Site } from './layout.ts'
import { noticeContent } from './notice.ts'

const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`
const site: Site = { controller: attack, policyVersion: attack, effectiveDay: '2026-11-01', demonstration: true }

/** The seed's policy with the attack in the place of every text that its author writes. */
const hostile: PolicyDocument = {
  ...policy,
  name: attack,
  controller: {
    ...policy.controller,
    name: attack,
    subsidiaries: [{ name: attack, country: 'GB' }],
    contact: { email: attack, phone: attack, postal: attack },
  },
  contexts: attacked(policy.contexts),
  categories: attacked(policy.categories),
  fields: attacked(policy.fields),
  sources: attacked(policy.sources),
  purposes: attacked(policy.purposes),
  recipients: attacked(policy.recipients),
  rights: attacked(policy.rights),
  promises: Object.fromEntries(
    Object.entries(policy.promises).map(([id, promise]) => [
      id,
      { ...promise, title: attack, chapter: attack, law: [attack], missing: [attack] },
    ]),
  ),
  rules: policy.rules.map((rule) => (rule.kind === 'retain' ? { ...rule, because: attack } : rule)),
}

function attacked<T extends { readonly title: string }>(declared: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(declared).map(([id, each]) => [id, { ...each, title: attack }]))
}

const entries: readonly BoardEntry[] = promiseBoard(hostile, [], []).map((entry) => ({
  ...entry,
  rules: [attack],
  scope: attack,
  evidence: [
    {
      ...{ kind: 'query', name: attack, holds: false, examined: 1, findings: [attack], atMs: 0 },
      scope: { title: attack, stores: [{ name: attack, level: 'seen' }], demonstration: true },
    },
  ],
  atMs: 0,
}))

const contents: Readonly<Record<string, Html>> = {
  overview: homeContent(attack, entries),
  board: boardContent({ controller: attack, entries }),
  notice: noticeContent(notice(hostile)),
}
const shown: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(contents).map(([name, content]) => [name, document(site, { at: '/', title: attack, content })]),
  ),
  fault: faultPage(site, 400, attack),
}

for (const [name, page] of Object.entries(shown)) {
  test(`nothing that a policy, a store or a caller says becomes markup in the ${name}`, () => {
    assert.ok(page.includes('&lt;script&gt;'), 'the attack is there, as text')
    assert.ok(!/<script|<img/i.test(page))
    // In no tag: no attribute was broken out of, so none of these words stands between < and >.
    for (const [tag] of page.matchAll(/<[^>]*>/g)) assert.ok(!/onerror|alert/.test(tag.replace(/"[^"]*"/g, '""')), tag)
  })

  test(`the ${name} needs no script and no style of its own, and every attribute stands in double quotes`, () => {
    for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) {
      const bare = tag.replace(/"[^"]*"/g, '""')
      assert.ok(!/\s(style|on[a-z]+)=/.test(bare), tag)
      assert.ok(!/=[^"]/.test(bare), tag)
    }
  })
}

test('every id of a page stands once in it, with the policy of the seed', () => {
  for (const content of [
    noticeContent(notice(policy)),
    boardContent({ controller: 'c', entries: promiseBoard(policy, [], []) }),
  ]) {
    const ids = [...content.markup.matchAll(/\sid="([^"]*)"/g)].map((found) => found[1])
    assert.equal(new Set(ids).size, ids.length)
  }
})
