/**
 * The Merkle tree of the ledger: growing it, its root, and which of its hashes a store keeps.
 * Implements RFC 9162 §2.1.1 (the tree); bytes as in spec/ledger.md §3, node numbers as in §4.
 * Every hash of a complete subtree is stored once, in the order in which it becomes known, under a number that counts
 * from 0: fewer than two for each leaf, appended and never changed. Roots and proofs read O(log size) of them.
 * Hashes are 32-byte Uint8Arrays; sizes and indexes are integers, at most 2^52 so that node numbers stay exact.
 * Does not: read or write anything, or know what a leaf means (entry.ts). Proofs are in proof.ts.
 */
import { AvowError } from '../errors.ts'

/**
 * SHA-256, given by whoever calls: Node, a browser or a test. It must not keep or change the bytes it is handed: the next
 * call may find others in the same place.
 */
export type Hash = (bytes: Uint8Array) => Uint8Array

export const hashLength = 32

/** The hashes of the complete subtrees that a tree of `size` leaves falls into, widest first: one for each 1 bit. */
export interface Frontier {
  readonly size: number
  readonly hashes: readonly Uint8Array[]
}

export const emptyFrontier: Frontier = { size: 0, hashes: [] }

export interface Growth {
  readonly frontier: Frontier
  /** The number of the first of `nodes`; the others follow it without a gap. */
  readonly firstNode: number
  /** What to store. */
  readonly nodes: readonly Uint8Array[]
}

// Making a typed array takes as long as half a hash, so both functions below write into one made once. Nobody sees it.
const nodeBytes = new Uint8Array(1 + 2 * hashLength)
const leafBytes = new Uint8Array(4096)

/** The hash of a leaf whose data is these parts in a row: the 0x00 keeps it apart from an inner node (RFC 9162 §2.1.1). */
export function hashLeaf(parts: readonly Uint8Array[], hash: Hash): Uint8Array {
  let length = 1
  for (const part of parts) length += part.length
  const bytes = length <= leafBytes.length ? leafBytes.subarray(0, length) : new Uint8Array(length)
  bytes[0] = 0
  let at = 1
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return hash(bytes)
}

/** The hash of an inner node: 0x01, then its two children. */
export function hashNode(left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array {
  nodeBytes[0] = 1
  nodeBytes.set(left, 1)
  nodeBytes.set(right, 1 + hashLength)
  return hash(nodeBytes)
}

/** Adds leaves, in order, to the right of a tree. Adding them one by one or all at once gives the same. */
export function growTree(frontier: Frontier, leafHashes: readonly Uint8Array[], hash: Hash): Growth {
  checkFrontier(frontier)
  const stack = [...frontier.hashes]
  const nodes: Uint8Array[] = []
  let size = frontier.size
  for (const leafHash of leafHashes) {
    checkHash(leafHash, 'a leaf hash')
    let node = leafHash
    nodes.push(node)
    // Each 1 bit that the carry of size + 1 clears is a left subtree which this leaf completes.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      // INVARIANT: the stack holds one hash for each 1 bit of `size`.
      node = hashNode(stack.pop()!, node, hash)
      nodes.push(node)
    }
    stack.push(node)
    size++
  }
  checkSize(size)
  return { frontier: { size, hashes: stack }, firstNode: nodeCount(frontier.size), nodes }
}

/** The root of the tree; of the empty tree, the hash of nothing (RFC 9162 §2.1.1). */
export function rootOf(frontier: Frontier, hash: Hash): Uint8Array {
  checkFrontier(frontier)
  if (frontier.size === 0) return hash(new Uint8Array(0))
  return foldRight(frontier.hashes, hash)
}

/** Joins subtrees that stand side by side, widest first, into the hash of the subtree they form. At least one. */
export function foldRight(hashes: readonly Uint8Array[], hash: Hash): Uint8Array {
  return hashes.reduceRight((right, left) => hashNode(left, right, hash))
}

/** How many nodes the store of a tree of `size` leaves holds: 2 × size, less the number of 1 bits of `size`. */
export function nodeCount(size: number): number {
  checkSize(size)
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest
  return count
}

/** The number of the root of the `position`-th complete subtree of 2^level leaves. */
export function nodeNumber(level: number, position: number): number {
  // It becomes known with its last leaf, right after the `level` nodes below it that the same leaf completes.
  return nodeCount((position + 1) * 2 ** level - 1) + level
}

/** How many nodes the leaf at `index` completes, its own hash included. */
export function nodesCompletedBy(index: number): number {
  return nodeCount(index + 1) - nodeCount(index)
}

/** The numbers of the stored nodes that make up the frontier of a tree of `size` leaves, in the order of `hashes`. */
export function frontierNodes(size: number): number[] {
  checkSize(size)
  return rangeNodes(0, size)
}

/** The complete subtrees of leaves `from` to `to` - 1, widest first; `from` is a multiple of the widest. */
export function rangeNodes(from: number, to: number): number[] {
  const nodes: number[] = []
  while (from < to) {
    let level = 0
    while (2 ** (level + 1) <= to - from) level++
    nodes.push(nodeNumber(level, from / 2 ** level))
    from += 2 ** level
  }
  return nodes
}

/** Whether two hashes are the same. Hashes are public: nothing is gained by comparing them in constant time. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

const maximumSize = 2 ** 52

function checkSize(size: number): void {
  if (!Number.isInteger(size) || size < 0 || size > maximumSize) {
    throw new AvowError('INPUT_INVALID', `a tree of \`${size}\` leaves: give an integer from 0 to 2^52`)
  }
}

function checkHash(bytes: Uint8Array, what: string): void {
  if (bytes.length !== hashLength) {
    throw new AvowError('INPUT_INVALID', `${what} of ${bytes.length} bytes: give the 32 bytes of SHA-256`)
  }
}

function checkFrontier({ size, hashes }: Frontier): void {
  checkSize(size)
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  if (hashes.length !== ones) {
    throw new AvowError(
      'INPUT_INVALID',
      `a frontier of ${hashes.length} hashes for ${size} leaves: give the ${ones} that \`frontierNodes\` names`,
    )
  }
  for (const each of hashes) checkHash(each, 'a frontier hash')
}
