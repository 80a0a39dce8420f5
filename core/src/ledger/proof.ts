/**
 * Merkle proofs: that an entry is in the log, and that one state of the log continues another.
 * Implements RFC 9162 §2.1.3 (inclusion) and §2.1.4 (consistency); bytes as in spec/ledger.md §5.
 * To make a proof, ask for the numbers of the stored nodes it needs, read them, and hand them back in that order:
 * at most O(log size) nodes, and no I/O here. Checking needs nothing but the proof and the roots.
 * Does not: decide whether a root can be trusted (see checkpoint.ts).
 */
import { AvowError } from '../errors.ts'
import { foldRight, type Hash, hashLength, hashNode, rangeNodes, sameHash } from './tree.ts'

/** A run of leaves, `from` to `to` - 1, that one hash of a proof stands for. */
type Run = readonly [from: number, to: number]

/** The stored nodes that `proveInclusion` needs. @param index 0 <= index < size */
export function inclusionNodes(index: number, size: number): number[] {
  return inclusionRuns(index, size).flatMap(([from, to]) => rangeNodes(from, to))
}

/** @param nodes what is stored under the numbers of `inclusionNodes`, in that order */
export function proveInclusion(index: number, size: number, nodes: readonly Uint8Array[], hash: Hash): Uint8Array[] {
  return foldRuns(inclusionRuns(index, size), nodes, hash)
}

/** The stored nodes that `proveConsistency` needs. @param oldSize 0 <= oldSize <= size */
export function consistencyNodes(oldSize: number, size: number): number[] {
  return consistencyRuns(oldSize, size).flatMap(([from, to]) => rangeNodes(from, to))
}

/** @param nodes what is stored under the numbers of `consistencyNodes`, in that order */
export function proveConsistency(
  oldSize: number,
  size: number,
  nodes: readonly Uint8Array[],
  hash: Hash,
): Uint8Array[] {
  return foldRuns(consistencyRuns(oldSize, size), nodes, hash)
}

/**
 * Checks that the leaf with hash `leafHash` is entry `index` of the log of `size` entries with root `root`.
 * @param proof sibling hashes, leaf to root; 32 bytes each, at most 53 of them
 * @param index zero-based; 0 <= index < size
 * @throws AvowError LEDGER_PROOF_INVALID if the proof does not lead to `root`
 * @see RFC 9162 §2.1.3.2; spec/ledger.md §5
 */
export function checkInclusion(
  proof: readonly Uint8Array[],
  index: number,
  size: number,
  leafHash: Uint8Array,
  root: Uint8Array,
  hash: Hash,
): void {
  checkSizes(index, size, 'index')
  checkHashes([...proof, leafHash, root])
  // Step 1: an index at or beyond the size fails.
  if (index >= size) throw invalid(`index \`${index}\` lies outside a log of ${size} entries`)
  let [fn, sn] = [index, size - 1]
  let r = leafHash
  for (const p of proof) {
    if (sn === 0) throw invalid('the inclusion proof is too long') // step 4.1
    if (fn % 2 === 1 || fn === sn) {
      r = hashNode(p, r, hash)
      // Step 4.2.2: a right edge without a sibling climbs until it is a right child.
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else {
      r = hashNode(r, p, hash)
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  if (sn !== 0) throw invalid('the inclusion proof is too short') // step 5
  if (!sameHash(r, root)) throw invalid('the inclusion proof does not lead to the root')
}

/**
 * Checks that the log of `size` entries with root `root` begins with the `oldSize` entries whose root is `oldRoot`.
 * A proof alone does not settle the sizes, which several may share: they are as good as the checkpoints they stand in.
 * @param proof 32 bytes each; empty where the sizes are equal or `oldSize` is 0
 * @throws AvowError LEDGER_PROOF_INVALID if the proof does not join the two roots
 * @see RFC 9162 §2.1.4.2; spec/ledger.md §5
 */
export function checkConsistency(
  proof: readonly Uint8Array[],
  oldSize: number,
  size: number,
  oldRoot: Uint8Array,
  root: Uint8Array,
  hash: Hash,
): void {
  checkSizes(oldSize, size, 'old size')
  checkHashes([...proof, oldRoot, root])
  if (oldSize > size) throw invalid(`a log of ${size} entries cannot continue one of ${oldSize}`)
  if (oldSize === size || oldSize === 0) {
    // RFC 9162 leaves these two out of its definition: the one proof of each is the empty one.
    if (proof.length > 0) throw invalid('the consistency proof must be empty between these sizes')
    const begin = oldSize === size ? root : hash(new Uint8Array(0))
    if (size === 0 && !sameHash(root, hash(new Uint8Array(0)))) throw invalid('that is not the root of an empty log')
    if (!sameHash(oldRoot, begin)) throw invalid('the two roots differ')
    return
  }
  if (proof.length === 0) throw invalid('the consistency proof is empty') // step 1
  // Step 2: the old root itself begins the path where the old tree is one complete subtree.
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof
  let [fn, sn] = [oldSize - 1, size - 1]
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)] // step 4
  let fr = path[0]! // step 2 or the test above has made it non-empty
  let sr = fr
  for (const c of path.slice(1)) {
    if (sn === 0) throw invalid('the consistency proof is too long') // step 6.1
    if (fn % 2 === 1 || fn === sn) {
      fr = hashNode(c, fr, hash)
      sr = hashNode(c, sr, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else {
      sr = hashNode(sr, c, hash)
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  if (sn !== 0) throw invalid('the consistency proof is too short') // step 7
  if (!sameHash(fr, oldRoot)) throw invalid('the consistency proof does not lead to the old root')
  if (!sameHash(sr, root)) throw invalid('the consistency proof does not lead to the new root')
}

/** PATH of RFC 9162 §2.1.3.1, as runs of leaves, leaf to root. */
function inclusionRuns(index: number, size: number): Run[] {
  checkArguments(index, size - 1, '`index` must be an integer from 0 to size - 1')
  const runs: Run[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from)
    if (index < middle) {
      runs.unshift([middle, to])
      to = middle
    } else {
      runs.unshift([from, middle])
      from = middle
    }
  }
  return runs
}

/** SUBPROOF of RFC 9162 §2.1.4.1, as runs of leaves, in the order of the proof. */
function consistencyRuns(oldSize: number, size: number): Run[] {
  checkArguments(oldSize, size, '`oldSize` must be an integer from 0 to size')
  if (oldSize === 0 || oldSize === size) return []
  const runs: Run[] = []
  let [from, to] = [0, size]
  while (to !== oldSize) {
    const middle = from + largestPowerBelow(to - from)
    if (oldSize <= middle) {
      runs.unshift([middle, to])
      to = middle
    } else {
      runs.unshift([from, middle])
      from = middle
    }
  }
  // The old root is known to whoever checks: a subtree that is the whole old tree is left out.
  return from === 0 ? runs : [[from, to], ...runs]
}

function foldRuns(runs: readonly Run[], nodes: readonly Uint8Array[], hash: Hash): Uint8Array[] {
  const counts = runs.map(([from, to]) => onesOf(to - from))
  const needed = counts.reduce((sum, each) => sum + each, 0)
  if (nodes.length !== needed || nodes.some((each) => each.length !== hashLength)) {
    throw new AvowError('INPUT_INVALID', `the proof needs ${needed} nodes of 32 bytes, not the ${nodes.length} given`)
  }
  let at = 0
  return counts.map((count) => {
    at += count
    return foldRight(nodes.slice(at - count, at), hash)
  })
}

function onesOf(value: number): number {
  let ones = 0
  for (let rest = value; rest > 0; rest = half(rest)) ones += rest % 2
  return ones
}

function half(value: number): number {
  return Math.floor(value / 2) // not >> 1, which works on 32 bits only
}

/** k of RFC 9162 §2.1.1: the largest power of two smaller than `count`, which is at least 2. */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

function isPowerOfTwo(value: number): boolean {
  return onesOf(value) === 1
}

function checkSizes(first: number, size: number, name: string): void {
  for (const [value, what] of [
    [first, name],
    [size, 'size'],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw invalid(`${what} \`${value}\` is not an integer from 0 to 2^53 - 1`)
    }
  }
}

function checkHashes(hashes: readonly Uint8Array[]): void {
  for (const each of hashes) {
    if (each.length !== hashLength) throw invalid(`a hash of ${each.length} bytes where SHA-256 gives ${hashLength}`)
  }
}

function checkArguments(value: number, most: number, message: string): void {
  if (!Number.isSafeInteger(most) || !Number.isInteger(value) || value < 0 || value > most) {
    throw new AvowError('INPUT_INVALID', `no such proof can be made: ${message}`)
  }
}

function invalid(message: string): AvowError {
  return new AvowError('LEDGER_PROOF_INVALID', message)
}
