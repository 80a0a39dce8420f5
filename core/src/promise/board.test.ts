import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shop } from '../../../tests/shopPolicy.ts'
import type { PromiseDeclaration } from '../policy/document.ts'
import { type EvidenceResult, type EvidenceScope, type GovernedStore, levels, promiseBoard } from './board.ts'

const vault: EvidenceScope = {
  title: 'every record in the vault',
  stores: [{ name: 'vault', level: 'enforced' }],
  demonstration: false,
}
const found = (rest: Partial<EvidenceResult> = {}): EvidenceResult => ({
  kind: 'query',
  name: 'sealed',
  holds: true,
  examined: 7,
  scope: vault,
  findings: [],
  atMs: 1000,
  ...rest,
})
const evidence: PromiseDeclaration['evidence'] = [{ kind: 'query', query: 'sealed' }]
const promised = { title: 'sealed', chapter: 'one', law: ['G33'], evidence }

function entry(promise: PromiseDeclaration, results: readonly EvidenceResult[], stores: readonly GovernedStore[] = []) {
  return promiseBoard({ ...shop([]), promises: { p: promise } }, results, stores)[0]!
}
const statusOf = (promise: PromiseDeclaration, ...results: readonly EvidenceResult[]) => entry(promise, results).status

test('a promise is evidenced by a result that holds, looked at something, and reached governed stores only', () => {
  assert.equal(statusOf(promised, found()), 'evidenced')
})

test('a promise fails as soon as one piece of its evidence does, whatever else is missing', () => {
  const both = { ...promised, evidence: [...evidence, { kind: 'query', query: 'searched' } as const] }
  assert.equal(statusOf(both, found(), found({ name: 'searched', holds: false })), 'failing')
  assert.equal(statusOf({ ...promised, missing: ['the portal'] }, found({ holds: false })), 'failing')
  assert.equal(statusOf(promised, found({ holds: false, examined: 0 })), 'failing')
})

test('without evidence, or with something still to build, a promise is not yet', () => {
  const { evidence: _, ...bare } = promised
  assert.equal(statusOf(bare), 'not-yet')
  assert.equal(statusOf({ ...promised, missing: ['the portal'] }, found()), 'not-yet')
  assert.equal(statusOf({ ...promised, missing: ['the portal'] }, found({ examined: 0 })), 'not-yet')
})

test('evidence that has not run is named as missing', () => {
  const { status, missing } = entry(promised, [found({ name: 'another' })])
  assert.equal(status, 'not-yet')
  assert.deepEqual(missing, ['`sealed` has not run'])
})

test('evidence that looked at nothing exercises nothing', () => {
  assert.equal(statusOf(promised, found({ examined: 0 })), 'not-exercised')
})

test('a promise is never evidenced while a store of the installation is governed less than it needs', () => {
  for (const [reached, level] of levels.entries()) {
    for (const needs of ['seen', 'answered', 'enforced'] as const) {
      const { status, missing } = entry({ ...promised, needs }, [found()], [{ name: 'shop', level }])
      const isEnough = reached >= levels.indexOf(needs)
      assert.equal(status, isEnough ? 'evidenced' : 'not-yet', `${level} for ${needs}`)
      assert.deepEqual(missing, isEnough ? [] : [`store \`shop\` must be ${needs}, and it is ${level}`])
    }
  }
})

test('a promise that says nothing of levels needs every store enforced', () => {
  assert.equal(entry(promised, [found()], [{ name: 'shop', level: 'answered' }]).status, 'not-yet')
  assert.equal(entry(promised, [found()], [{ name: 'shop', level: 'enforced' }]).status, 'evidenced')
})

test('an entry tells its rules, law, scope, and the time of its oldest evidence', () => {
  const document = shop([{ kind: 'forbid', id: 'no', promises: ['p'] }])
  const both = { ...promised, evidence: [...evidence, { kind: 'query', query: 'searched' } as const] }
  const searched = found({ name: 'searched', atMs: 900, scope: { ...vault, title: 'backups', demonstration: true } })
  const [only] = promiseBoard({ ...document, promises: { p: both } }, [found(), searched], [])
  assert.deepEqual(
    { ...only, evidence: only?.evidence.map(({ name }) => name) },
    {
      id: 'p',
      title: 'sealed',
      chapter: 'one',
      status: 'evidenced',
      rules: ['no'],
      evidence: ['sealed', 'searched'],
      missing: [],
      law: ['G33'],
      scope: 'every record in the vault; backups',
      demonstration: true,
      atMs: 900,
    },
  )
})

test('of two results under one name the later counts, in whatever order they come', () => {
  const [old, fresh] = [found({ holds: false, atMs: 1 }), found({ atMs: 2 })]
  assert.equal(statusOf(promised, old, fresh), 'evidenced')
  assert.equal(statusOf(promised, fresh, old), 'evidenced')
})

test('a proof and a query of the same name are two things', () => {
  assert.equal(statusOf(promised, found({ kind: 'proof', holds: false })), 'not-yet')
})
