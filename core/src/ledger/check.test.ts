import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { LedgerCheck, type LedgerReport, maximumFindings, type StoredLeaf } from './check.ts'
import { commit, formatPublicPart, leafHashOf, noSubject, type PublicPart } from './entry.ts'
import { formatFinding } from './finding.ts'
import { IndexSet } from './indexSet.ts'
import { type IndexRange, rangesOf } from './ranges.ts'
import { emptyFrontier, growTree, nodeCount, nodesCompletedBy, rootOf } from './tree.ts'

const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const collect: PublicPart = { kind: 'collect', day: '2026-11-23', policyVersion: 'v1' }
const salt = (index: number) => hash(Uint8Array.of(index >> 8, index))
const subjectPart = Uint8Array.of(1, 2, 3)

type Fed = StoredLeaf | { readonly size: number; readonly root: Uint8Array }

/** A log as a store would hold it: a leaf for each public part, and a checkpoint at each of `signedAt`. */
function logOf(parts: readonly PublicPart[], signedAt: readonly number[] = [parts.length]) {
  const entries = parts.map((part, index) => ({
    publicBytes: formatPublicPart(part),
    commitment: part.kind === 'publish' ? noSubject : commit(salt(index), subjectPart, hash),
  }))
  const hashes = entries.map((each) => leafHashOf(each.publicBytes, each.commitment, hash))
  const { nodes } = growTree(emptyFrontier, hashes, hash)
  const leaves = entries.map(
    (each, index): StoredLeaf => ({
      ...each,
      index,
      subject: 'kept',
      nodes: nodes.slice(nodeCount(index), nodeCount(index) + nodesCompletedBy(index)),
    }),
  )
  const checkpoints = signedAt.map((size) => ({
    size,
    root: rootOf(growTree(emptyFrontier, hashes.slice(0, size), hash).frontier, hash),
  }))
  return { leaves, checkpoints }
}

function reportOf(
  leaves: readonly StoredLeaf[],
  checkpoints: readonly Fed[],
  pending: IndexRange[] = [],
): LedgerReport {
  const check = new LedgerCheck(hash)
  const waiting = checkpoints.filter((each) => 'size' in each)
  for (const leaf of leaves) {
    while (waiting[0] !== undefined && waiting[0].size <= leaf.index) check.checkpoint(waiting.shift()!)
    check.leaf(leaf)
  }
  for (const each of waiting) check.checkpoint(each)
  return check.end(pending)
}
const findings = (...given: Parameters<typeof reportOf>) => reportOf(...given).findings.map(formatFinding)
const put = <T>(list: readonly T[], at: number, ...items: T[]) => [
  ...list.slice(0, at),
  ...items,
  ...list.slice(at + 1),
]
const twenty = Array.from({ length: 20 }, () => collect)
const altered = (leaf: StoredLeaf): StoredLeaf => ({
  ...leaf,
  publicBytes: formatPublicPart({ ...collect, day: '2026-11-24' }),
})

test('a log that nobody touched has no finding, and the root that was signed', () => {
  const { leaves, checkpoints } = logOf(twenty, [0, 1, 7, 7, 16, 20])
  const report = reportOf(leaves, checkpoints)
  assert.deepEqual(report.findings, [])
  assert.deepEqual(report.root, checkpoints.at(-1)!.root)
  assert.deepEqual(
    reportOf(
      leaves.map(({ nodes: _, ...leaf }) => leaf),
      checkpoints,
    ).findings,
    [],
  )
  assert.deepEqual(reportOf([], []).findings, [])
})

test('each altered entry is found, and no other', () => {
  const { leaves, checkpoints } = logOf(twenty, [5, 20])
  for (let i = 0; i < 20; i++) {
    const touched = put(leaves, i, altered(leaves[i]!))
    assert.deepEqual(findings(touched, checkpoints), [`entry ${i} was altered`])
    const commitment = hash(leaves[i]!.commitment)
    assert.deepEqual(findings(put(leaves, i, { ...leaves[i]!, commitment }), checkpoints), [`entry ${i} was altered`])
  }
})

test('each dropped entry is found: with a gap, with the others moved up, and at the end', () => {
  const { leaves, checkpoints } = logOf(twenty)
  for (let i = 0; i < 19; i++) {
    assert.deepEqual(findings(put(leaves, i), checkpoints), [`entry ${i} was dropped`])
    // The attacker renumbers what follows, and the store's hashes stay in their places.
    const moved = put(leaves, i).map((leaf, index) => ({ ...leaf, index, nodes: leaves[index]!.nodes! }))
    const found = findings(moved, checkpoints)
    // Of the last but one, the store has no later hash that would tell a move from an alteration.
    assert.ok(found.includes(`entry ${i} was ${i === 18 ? 'altered' : 'dropped'}`), found.join())
    assert.ok(found.includes('the log ends after 19 entries, and a checkpoint was signed for 20'))
  }
  assert.deepEqual(findings(leaves.slice(0, -1), checkpoints), [
    'the log ends after 19 entries, and a checkpoint was signed for 20',
  ])
})

test('two entries that changed places are found as that', () => {
  const { leaves, checkpoints } = logOf(twenty)
  const swapped = leaves.map((leaf, index) => {
    const from = index === 3 ? 11 : index === 11 ? 3 : index
    return { ...leaves[from]!, index, nodes: leaf.nodes! }
  })
  assert.deepEqual(findings(swapped, checkpoints), [
    'entry 3 was written as entry 11',
    'entry 11 was written as entry 3',
  ])
})

test('an entry that stands there twice is found', () => {
  const { leaves, checkpoints } = logOf(twenty)
  assert.deepEqual(findings(put(leaves, 4, leaves[4]!, leaves[4]!), checkpoints), ['entry 4 stands there twice'])
})

test('an entry altered together with its kept hash is found by the hash above it', () => {
  const { leaves, checkpoints } = logOf(twenty, [8, 16, 20])
  const touched = altered(leaves[10]!)
  const own = leafHashOf(touched.publicBytes, touched.commitment, hash)
  assert.deepEqual(findings(put(leaves, 10, { ...touched, nodes: [own] }), checkpoints), [
    'among entries 10 to 11, an entry or a hash kept for proofs was altered',
  ])
})

test('an attacker who rewrites the entry and every hash kept is found by the next signed root', () => {
  const { leaves, checkpoints } = logOf(twenty, [8, 16, 20])
  const parts = twenty.map((part, index): PublicPart => (index === 10 ? { ...part, rule: 'other' } : part))
  const rewritten = logOf(parts).leaves
  assert.deepEqual(findings(rewritten, checkpoints), [
    'the root signed for 16 entries is not theirs: look at the entries from 8 on',
    'the root signed for 20 entries is not theirs: look at the entries from 8 on',
  ])
  assert.equal(leaves.length, 20)
})

test('a damaged hash kept for proofs is told from a damaged entry', () => {
  const { leaves, checkpoints } = logOf(twenty, [8, 20])
  for (let i = 0; i < 20; i++) {
    for (let level = 0; level < leaves[i]!.nodes!.length; level++) {
      const nodes = put(leaves[i]!.nodes!, level, hash(Uint8Array.of(9)))
      const report = reportOf(put(leaves, i, { ...leaves[i]!, nodes }), checkpoints)
      assert.ok(report.findings.length > 0)
      assert.ok(report.findings.every((each) => each.kind === 'node' && each.first <= i && each.last >= i))
      assert.deepEqual(report.root, checkpoints.at(-1)!.root)
    }
  }
})

test('an altered entry before a signed root and a damaged hash after it are each called what they are', () => {
  const { leaves, checkpoints } = logOf(twenty, [5, 20])
  const damaged = put(leaves[8]!.nodes!, 0, hash(Uint8Array.of(9)))
  const touched = put(put(leaves, 2, altered(leaves[2]!)), 8, { ...leaves[8]!, nodes: damaged })
  const found = reportOf(touched, checkpoints).findings
  assert.ok(found.some((each) => each.kind === 'altered' && each.index === 2))
  assert.ok(!found.some((each) => each.kind === 'altered' && each.index === 8))
})

test('a false checkpoint among good ones is the only thing found', () => {
  const { leaves, checkpoints } = logOf(twenty, [5, 10, 20])
  const forged = put(checkpoints, 1, { size: 10, root: hash(Uint8Array.of(1)) })
  assert.deepEqual(findings(leaves, forged), [
    'the root signed for 10 entries is not theirs: look at the entries from 5 on',
  ])
})

/** Entry 20 lists these as erased. */
const erasing = (erased: IndexRange[]): PublicPart[] => [...twenty, { ...collect, kind: 'erase', erased }]
const gone = (leaves: readonly StoredLeaf[], indexes: readonly number[]) =>
  leaves.map((leaf): StoredLeaf => (indexes.includes(leaf.index) ? { ...leaf, subject: 'gone' } : leaf))

test('a missing subject part is accepted where a later erasure lists it, and nowhere else', () => {
  const { leaves, checkpoints } = logOf(
    erasing([
      [2, 4],
      [9, 9],
    ]),
  )
  const report = reportOf(gone(leaves, [2, 3, 4, 9]), checkpoints)
  assert.deepEqual([report.findings, report.erased], [[], 4])
  assert.deepEqual(findings(gone(leaves, [2, 3, 4, 8, 9, 12, 13]), checkpoints), [
    'the subject part of entry 8 was removed, and no erasure says why',
    'the subject parts of entries 12 to 13 were removed, and no erasure says why',
  ])
})

test('a subject part that an erasure lists and that is still there is found', () => {
  const { leaves, checkpoints } = logOf(erasing([[2, 4]]))
  assert.deepEqual(findings(gone(leaves, [2, 4]), checkpoints), [
    'the erasure in entry 20 lists entry 3, whose subject part is not erased',
  ])
})

test('an erasure explains nothing that comes after it', () => {
  const { leaves, checkpoints } = logOf([...erasing([[18, 22]]), collect, collect])
  const found = findings(gone(leaves, [18, 19, 20, 21, 22]), checkpoints)
  assert.ok(found.includes('the subject parts of entries 21 to 22 were removed, and no erasure says why'), found.join())
  assert.ok(found.includes('the erasure in entry 20 lists entry 22, whose subject part is not erased'), found.join())
})

test('an erasure entry that was altered explains nothing', () => {
  const { leaves, checkpoints } = logOf(erasing([[2, 2]]))
  const forged = { ...leaves[20]!, publicBytes: formatPublicPart({ ...collect, kind: 'erase', erased: [[2, 5]] }) }
  assert.deepEqual(findings(gone(put(leaves, 20, forged), [2, 5]), checkpoints), [
    'the subject part of entry 2 was removed, and no erasure says why',
    'the subject part of entry 5 was removed, and no erasure says why',
    'entry 20 was altered',
  ])
})

test('the same entry may be listed by two erasures', () => {
  const { leaves, checkpoints } = logOf([...erasing([[2, 2]]), { ...collect, kind: 'erase', erased: [[2, 3]] }])
  assert.deepEqual(findings(gone(leaves, [2, 3]), checkpoints), [])
})

test('an erasure that waits for its index explains what it lists, and is counted apart', () => {
  const { leaves, checkpoints } = logOf(twenty)
  const report = reportOf(gone(leaves, [2, 3]), checkpoints, [[2, 3]])
  assert.deepEqual([report.findings, report.erased, report.pending], [[], 0, 2])
})

test('the subject part of an erasure may be gone: the person has it as a receipt, and a later erasure may list it', () => {
  const { leaves, checkpoints } = logOf([...erasing([[2, 2]]), { ...collect, kind: 'erase', erased: [[20, 20]] }])
  assert.deepEqual(findings(gone(leaves, [2, 20, 21]), checkpoints), [])
})

test('an entry that never had a subject part needs no erasure', () => {
  const { leaves, checkpoints } = logOf([collect, { ...collect, kind: 'publish' }])
  assert.deepEqual(findings(gone(leaves, [1]), checkpoints), [])
})

test('an opened subject part that is not what the entry commits to is found', () => {
  const { leaves, checkpoints } = logOf(twenty)
  const opened = leaves.map((leaf) => ({ ...leaf, opened: { salt: salt(leaf.index), subjectPart } }))
  assert.deepEqual(findings(opened, checkpoints), [])
  const touched = put(opened, 6, { ...opened[6]!, opened: { salt: salt(6), subjectPart: Uint8Array.of(1, 2, 4) } })
  assert.deepEqual(findings(touched, checkpoints), ['the subject part of entry 6 was altered'])
})

test('a public part of an unknown form is found, though nobody altered it', () => {
  const publicBytes = new TextEncoder().encode('{"kind":"invented"}')
  const commitment = noSubject
  const node = leafHashOf(publicBytes, commitment, hash)
  assert.deepEqual(findings([{ index: 0, publicBytes, commitment, subject: 'gone', nodes: [node] }], []), [
    'entry 0 has a public part of an unknown form',
  ])
})

test('a log that is all wrong gives a bounded list and counts the rest', () => {
  const { leaves } = logOf(Array.from({ length: 1500 }, () => collect))
  const report = reportOf(leaves.map(altered), [])
  assert.equal(report.findings.length, maximumFindings)
  assert.ok(report.more >= 500)
})

test('a checkpoint fed after entries it does not cover is a mistake of the caller', () => {
  const { leaves, checkpoints } = logOf(twenty, [3])
  const check = new LedgerCheck(hash)
  for (const leaf of leaves) check.leaf(leaf)
  assert.throws(() => check.checkpoint(checkpoints[0]!), { code: 'INPUT_INVALID' })
})

test('whatever single thing is done to a log, the check finds something', () => {
  const { leaves, checkpoints } = logOf(
    erasing([
      [1, 2],
      [5, 5],
    ]),
    [4, 9, 21],
  )
  const right = gone(leaves, [1, 2, 5])
  assert.deepEqual(findings(right, checkpoints), [])
  const deed = fc.record({ what: fc.integer({ min: 0, max: 5 }), at: fc.nat(20), to: fc.nat(20), bit: fc.nat() })
  fc.assert(
    fc.property(deed, ({ what, at, to, bit }) => {
      fc.pre(!(what === 3 && at === 20)) // the one thing that is allowed: see above
      const leaf = right[at]!
      const flip = (bytes: Uint8Array) =>
        bytes.map((byte, i) => (i === bit % bytes.length ? byte ^ (1 << (bit % 8)) : byte))
      const done = [
        () => put(right, at, { ...leaf, publicBytes: flip(leaf.publicBytes) }),
        () => put(right, at, { ...leaf, commitment: flip(leaf.commitment) }),
        () => put(right, at, { ...leaf, nodes: put(leaf.nodes!, 0, flip(leaf.nodes![0]!)) }),
        () => put(right, at, { ...leaf, subject: leaf.subject === 'gone' ? 'kept' : 'gone' } as const),
        () => put(right, at),
        () => (at === to ? put(right, at) : put(right, at, { ...right[to]!, index: at, nodes: leaf.nodes! })),
      ][what]!()
      assert.notDeepEqual(findings(done, checkpoints), [])
    }),
    { numRuns: 1000 },
  )
})

test('a set of indexes holds what was put in and not taken out, in order', () => {
  const index = fc.oneof(
    fc.nat(100),
    fc.integer({ min: 32_760, max: 32_780 }),
    fc.integer({ min: 2 ** 40, max: 2 ** 40 + 9 }),
  )
  fc.assert(
    fc.property(fc.array(fc.record({ index, put: fc.boolean() })), (steps) => {
      const [set, model] = [new IndexSet(), new Set<number>()]
      for (const step of steps) {
        if (step.put) set.add(step.index)
        else assert.equal(set.delete(step.index), model.has(step.index))
        if (step.put) model.add(step.index)
        else model.delete(step.index)
      }
      const sorted = [...model].sort((a, b) => a - b)
      assert.deepEqual([...set], sorted)
      assert.equal(set.size, model.size)
      assert.deepEqual(
        rangesOf(set).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
        sorted,
      )
    }),
  )
})
