import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  checkConsistency,
  checkInclusion,
  consistencyNodes,
  inclusionNodes,
  proveConsistency,
  proveInclusion,
} from './proof.ts'
import { emptyFrontier, growTree, hashLeaf, hashNode, rootOf } from './tree.ts'

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const invalid = { code: 'LEDGER_PROOF_INVALID' }
const empty = hash(new Uint8Array(0))

/** RFC 9162 §2.1, word for word: slow, recursive, and written without a look at the code under test. */
const H = (...parts: Uint8Array[]) => hash(Buffer.concat(parts))
const k = (n: number) => 2 ** (Math.ceil(Math.log2(n)) - 1)
function MTH(D: readonly Uint8Array[]): Uint8Array {
  if (D.length === 0) return H()
  if (D.length === 1) return H(Buffer.of(0), D[0]!)
  return H(Buffer.of(1), MTH(D.slice(0, k(D.length))), MTH(D.slice(k(D.length))))
}
function PATH(m: number, D: readonly Uint8Array[]): Uint8Array[] {
  if (D.length === 1) return []
  const split = k(D.length)
  const [left, right] = [D.slice(0, split), D.slice(split)]
  return m < split ? [...PATH(m, left), MTH(right)] : [...PATH(m - split, right), MTH(left)]
}
function SUBPROOF(m: number, D: readonly Uint8Array[], b: boolean): Uint8Array[] {
  if (m === D.length) return b ? [] : [MTH(D)]
  const split = k(D.length)
  const [left, right] = [D.slice(0, split), D.slice(split)]
  return m <= split ? [...SUBPROOF(m, left, b), MTH(right)] : [...SUBPROOF(m - split, right, false), MTH(left)]
}

const data = Array.from({ length: 50 }, (_, i) => Buffer.from(`entry ${i}`))
const leaves = data.map((each) => hashLeaf([each], hash))
const { nodes } = growTree(emptyFrontier, leaves, hash)
const read = (numbers: readonly number[]) => numbers.map((each) => nodes[each]!)
const roots = Array.from({ length: 51 }, (_, size) => MTH(data.slice(0, size)))
const inclusion = (index: number, size: number) => proveInclusion(index, size, read(inclusionNodes(index, size)), hash)
const consistency = (from: number, to: number) => proveConsistency(from, to, read(consistencyNodes(from, to)), hash)

test('in every log of up to 40 entries, each entry verifies and its neighbour does not', () => {
  for (let size = 1; size <= 40; size++) {
    for (let i = 0; i < size; i++) {
      const proof = inclusion(i, size)
      checkInclusion(proof, i, size, leaves[i]!, roots[size]!, hash)
      assert.throws(() => checkInclusion(proof, i, size, leaves[i + 1]!, roots[size]!, hash), invalid)
      assert.throws(() => checkInclusion(proof, i + 1, size, leaves[i]!, roots[size]!, hash), invalid)
    }
  }
})

test('in every log of up to 50 entries, proofs are those of the definition in RFC 9162', () => {
  for (let size = 1; size <= 50; size++) {
    const log = data.slice(0, size)
    for (let i = 0; i < size; i++) assert.deepEqual(inclusion(i, size).map(hex), PATH(i, log).map(hex))
    for (let old = 1; old <= size; old++) {
      assert.deepEqual(consistency(old, size).map(hex), SUBPROOF(old, log, true).map(hex))
    }
  }
})

test('of all pairs of sizes up to 50, each is consistent, and no other old root is', () => {
  for (let size = 0; size <= 50; size++) {
    for (let old = 0; old <= size; old++) {
      const proof = consistency(old, size)
      checkConsistency(proof, old, size, roots[old]!, roots[size]!, hash)
      assert.throws(() => checkConsistency(proof, old, size, leaves[49]!, roots[size]!, hash), invalid)
      if (old > 0) assert.throws(() => checkConsistency(proof, old, size, roots[old]!, leaves[49]!, hash), invalid)
    }
  }
})

test('the roots, paths and consistency proofs are the published ones of Certificate Transparency', () => {
  const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/ledger-tree.json', import.meta.url), 'utf8'))
  const inputs: Uint8Array[] = vectors.leaves.map((each: string) => Buffer.from(each, 'hex'))
  const grown = growTree(
    emptyFrontier,
    inputs.map((each) => hashLeaf([each], hash)),
    hash,
  )
  const stored = (numbers: readonly number[]) => numbers.map((each) => grown.nodes[each]!)
  assert.equal(hex(rootOf(emptyFrontier, hash)), vectors.emptyRoot)
  for (const { size, root } of vectors.roots) {
    const part = growTree(
      emptyFrontier,
      inputs.slice(0, size).map((each) => hashLeaf([each], hash)),
      hash,
    )
    assert.equal(hex(rootOf(part.frontier, hash)), root)
  }
  for (const { index, size, path } of vectors.inclusion) {
    const proof = proveInclusion(index, size, stored(inclusionNodes(index, size)), hash)
    assert.deepEqual(proof.map(hex), path)
  }
  for (const { oldSize, size, path } of vectors.consistency) {
    const proof = proveConsistency(oldSize, size, stored(consistencyNodes(oldSize, size)), hash)
    assert.deepEqual(proof.map(hex), path)
  }
})

test('a proof that is longer, shorter, reordered or one bit away fails', () => {
  const cases = fc.record({ size: fc.integer({ min: 2, max: 50 }), a: fc.nat(), bit: fc.nat(255), at: fc.nat() })
  fc.assert(
    fc.property(cases, ({ size, a, bit, at }) => {
      const [i, old] = [a % size, 1 + (a % (size - 1))]
      for (const [proof, check] of [
        [inclusion(i, size), (p: Uint8Array[]) => checkInclusion(p, i, size, leaves[i]!, roots[size]!, hash)],
        [consistency(old, size), (p: Uint8Array[]) => checkConsistency(p, old, size, roots[old]!, roots[size]!, hash)],
      ] as const) {
        check(proof)
        const flipped = proof.map((each) => Uint8Array.from(each))
        flipped[at % flipped.length]![bit >> 3]! ^= 1 << (bit & 7)
        const mutants = [flipped, proof.slice(1), proof.slice(0, -1), [...proof, empty], [empty, ...proof]]
        if (proof.length > 1) mutants.push([...proof.slice(1), proof[0]!])
        for (const each of mutants) assert.throws(() => check(each), invalid)
      }
    }),
    { numRuns: 500 },
  )
})

test('a consistency proof between two checkpoints joins no other two', () => {
  for (let size = 1; size <= 20; size++) {
    for (let old = 1; old <= size; old++) {
      const proof = consistency(old, size)
      for (let m = 1; m <= 20; m++) {
        for (let n = m + 1; n <= 20; n++) {
          if (m === old && n === size) continue
          assert.throws(() => checkConsistency(proof, m, n, roots[m]!, roots[n]!, hash), invalid)
        }
      }
    }
  }
})

test('nothing is in an empty log, and the empty log begins every other', () => {
  assert.throws(() => checkInclusion([], 0, 0, leaves[0]!, empty, hash), invalid)
  checkConsistency([], 0, 0, empty, empty, hash)
  checkConsistency([], 0, 9, empty, roots[9]!, hash)
  assert.throws(() => checkConsistency([empty], 0, 9, empty, roots[9]!, hash), invalid)
  assert.throws(() => checkConsistency([], 0, 9, roots[1]!, roots[9]!, hash), invalid)
  assert.throws(() => checkConsistency([], 0, 0, roots[1]!, roots[1]!, hash), invalid)
})

test('equal sizes need equal roots and an empty proof', () => {
  checkConsistency([], 9, 9, roots[9]!, roots[9]!, hash)
  assert.throws(() => checkConsistency([], 9, 9, roots[8]!, roots[9]!, hash), invalid)
  assert.throws(() => checkConsistency([roots[9]!], 9, 9, roots[9]!, roots[9]!, hash), invalid)
  assert.throws(() => checkConsistency([], 8, 9, roots[8]!, roots[9]!, hash), invalid)
  assert.throws(() => checkConsistency([], 9, 8, roots[9]!, roots[8]!, hash), invalid)
})

test('a log of one entry has the entry as its root and needs no proof', () => {
  checkInclusion([], 0, 1, leaves[0]!, leaves[0]!, hash)
  assert.throws(() => checkInclusion([], 0, 1, leaves[1]!, leaves[0]!, hash), invalid)
})

test('a proof of the right hashes for a tree of another height fails by its length', () => {
  const node = hashNode(leaves[1]!, leaves[0]!, hash)
  assert.throws(() => checkInclusion([], 0, 2, leaves[0]!, leaves[0]!, hash), /too short/)
  assert.throws(() => checkInclusion([leaves[1]!], 0, 1, leaves[0]!, node, hash), /too long/)
  assert.throws(() => checkConsistency([], 1, 2, leaves[0]!, leaves[0]!, hash), /empty/)
  assert.throws(() => checkConsistency(consistency(2, 4), 2, 8, roots[2]!, roots[4]!, hash), /too short/)
  const [old, root] = [hashNode(empty, roots[3]!, hash), hashNode(empty, roots[4]!, hash)]
  assert.throws(() => checkConsistency([...consistency(3, 4), empty], 3, 4, old, root, hash), /too long/)
  assert.throws(() => checkConsistency([], 5, 4, roots[5]!, roots[4]!, hash), /cannot continue/)
})

const odd = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]

test('sizes and indexes that are no integers below 2^53 are refused, in checks and in making', () => {
  for (const each of odd) {
    assert.throws(() => checkInclusion([], each, 1, leaves[0]!, leaves[0]!, hash), invalid)
    assert.throws(() => checkInclusion([], 0, each, leaves[0]!, leaves[0]!, hash), invalid)
    assert.throws(() => checkConsistency([], each, 9, empty, roots[9]!, hash), invalid)
    assert.throws(() => checkConsistency([], 0, each, empty, roots[9]!, hash), invalid)
    assert.throws(() => inclusionNodes(each, 9), { code: 'INPUT_INVALID' })
    assert.throws(() => consistencyNodes(each, 9), { code: 'INPUT_INVALID' })
  }
  assert.throws(() => inclusionNodes(9, 9), { code: 'INPUT_INVALID' })
  assert.throws(() => inclusionNodes(0, 0), { code: 'INPUT_INVALID' })
  assert.throws(() => consistencyNodes(10, 9), { code: 'INPUT_INVALID' })
})

test('a hash of another length is refused wherever it stands', () => {
  const short = new Uint8Array(31)
  const proof = inclusion(3, 9)
  assert.throws(() => checkInclusion([short, ...proof.slice(1)], 3, 9, leaves[3]!, roots[9]!, hash), invalid)
  assert.throws(() => checkInclusion(proof, 3, 9, short, roots[9]!, hash), invalid)
  assert.throws(() => checkInclusion(proof, 3, 9, leaves[3]!, short, hash), invalid)
  assert.throws(() => checkConsistency([short], 8, 9, roots[8]!, roots[9]!, hash), invalid)
  assert.throws(() => checkConsistency([], 0, 9, short, roots[9]!, hash), invalid)
  assert.throws(() => proveInclusion(3, 9, [short], hash), { code: 'INPUT_INVALID' })
})

test('a proof in a log of 2^50 entries is made and checked without a slip of the arithmetic', () => {
  // A log of equal leaves: the root of 2^level of them is known without building it.
  const uniform = [leaves[0]!]
  for (let level = 1; level <= 52; level++) uniform.push(H(Buffer.of(1), uniform[level - 1]!, uniform[level - 1]!))
  const rootOfUniform = (size: number): Uint8Array => {
    if (size === 2 ** Math.round(Math.log2(size))) return uniform[Math.round(Math.log2(size))]!
    let split = 1
    while (split * 2 < size) split *= 2
    return H(Buffer.of(1), rootOfUniform(split), rootOfUniform(size - split))
  }
  const size = 2 ** 50 + 12345
  for (const index of [0, 1, 2 ** 31, 2 ** 32 + 1, 2 ** 49 + 5, 2 ** 50 - 1, 2 ** 50, size - 1]) {
    const path: Uint8Array[] = []
    for (let [from, to] = [0, size]; to - from > 1; ) {
      let split = 1
      while (split * 2 < to - from) split *= 2
      const left = index < from + split
      path.unshift(left ? rootOfUniform(to - from - split) : rootOfUniform(split))
      ;[from, to] = left ? [from, from + split] : [from + split, to]
    }
    checkInclusion(path, index, size, leaves[0]!, rootOfUniform(size), hash)
    assert.throws(() => checkInclusion(path.slice(1), index, size, leaves[0]!, rootOfUniform(size), hash), invalid)
    assert.ok(inclusionNodes(index, size).every((each) => Number.isSafeInteger(each)))
  }
})
