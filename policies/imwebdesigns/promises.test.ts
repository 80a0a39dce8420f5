import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { lawRules } from '@avow/core/law/rules'
import { policy } from './policy.ts'

/** Every row of the list of what the published policy promises. */
const rows = `
  scope.company scope.tailored context.websites context.specific-wins context.products context.social
  context.applicants context.research context.offline context.chat def.personal category.all category.year
  sale.never use.websites use.customer-content use.functional-data use.support-information use.chat use.social
  share.processors share.strict-terms share.audited share.necessary-only ads.no-service-data ads.anonymised-only
  research.categories offline.sources ads.no-offline-targeting ledger.disclosures
  purpose.list purpose.recruitment purpose.sensitive purpose.on-request
  recipient.kinds recipient.subsidiaries recipient.partners community.public chart.behavioural-ads
  rights.self-service rights.applicants rights.contact rights.port rights.restrict rights.specific rights.verify
  rights.exceptions rights.deadlines ca.know ca.delete ca.correct ca.opt-out ca.agent ca.minors ca.no-retaliation
  ads.partners ads.opt-out-links legal.obligation legal.law-enforcement legal.business-transfer legal.protect
  tech.beacons tech.partners tech.cookies tech.preferences tech.dnt other.nonpersonal other.combined
  retention.necessary retention.factors security.measures security.people security.breach links.external
  transfer.anywhere transfer.eea sensitive.avoid update.versions contact.channels claim.compliance deid.maintained
`
  .trim()
  .split(/\s+/)

test('every row is a promise of the policy, and the policy makes no other', () => {
  assert.equal(rows.length, 81)
  assert.deepEqual(Object.keys(policy.promises).sort(), [...rows].sort())
})

const seed = new URL('../../../shared/seed/', import.meta.url)
const hasSeed = existsSync(new URL('promises.md', seed))

test('the rows are those of the list itself', { skip: !hasSeed && 'the list is not beside the repository' }, () => {
  const list = readFileSync(new URL('promises.md', seed), 'utf8')
  const ids = [...list.matchAll(/^\| ([a-z]+\.[a-z-]+) \|/gm)].map((row) => row[1]!)
  assert.deepEqual([...ids].sort(), [...rows].sort())
})

test('no promise is told in the words of the published page', { skip: !hasSeed && 'the page is not here' }, () => {
  const page = readFileSync(new URL('imwebdesigns-privacy-policy.txt', seed), 'utf8').toLowerCase()
  const run = 6
  for (const [id, { title }] of Object.entries(policy.promises)) {
    const words = title.toLowerCase().split(/\s+/)
    for (let i = 0; i + run <= words.length; i++) {
      assert.ok(!page.includes(words.slice(i, i + run).join(' ')), `${id}: ${words.slice(i, i + run).join(' ')}`)
    }
  }
})

test('a promise has evidence, or says what is missing', () => {
  for (const [id, { evidence = [], missing = [] }] of Object.entries(policy.promises)) {
    assert.ok(evidence.length + missing.length > 0, id)
  }
})

test('a promise about what leaves the company is not shown as kept before the disclosure gate is built', () => {
  const leaving = Object.entries(policy.promises).filter(([id]) =>
    /^(sale|share|ads|legal\.(?!protect)|transfer|recipient|ledger)\b/.test(id),
  )
  assert.ok(leaving.length > 15)
  for (const [id, { missing = [] }] of leaving) assert.notEqual(missing.length, 0, id)
})

test('every rule of law behind a promise is named by its id', () => {
  for (const [id, { law = [] }] of Object.entries(policy.promises)) {
    for (const rule of law) assert.match(rule, /^[KGSDVWNE]\d{1,2}$/, id)
  }
})

test('every rule of law that a promise names is one that is known, with its source and grade', () => {
  const named = Object.values(policy.promises).flatMap(({ law = [] }) => law)
  assert.ok(named.length > 50)
  for (const id of named) assert.ok(Object.hasOwn(lawRules, id), id)
})
