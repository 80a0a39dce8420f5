import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  emptyFrontier,
  frontierNodes,
  growTree,
  hashNode,
  nodeCount,
  nodeNumber,
  nodesCompletedBy,
  rootOf,
} from './tree.ts'

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const leaves = Array.from({ length: 130 }, (_, i) => hash(Uint8Array.of(i)))

test('a tree grown in any batches has the nodes and the root of one grown at once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 20 }), (batches) => {
      const total = Math.min(
        130,
        batches.reduce((sum, each) => sum + each, 0),
      )
      const whole = growTree(emptyFrontier, leaves.slice(0, total), hash)
      let frontier = emptyFrontier
      const nodes: Uint8Array[] = []
      for (const each of batches) {
        const grown = growTree(frontier, leaves.slice(frontier.size, Math.min(130, frontier.size + each)), hash)
        assert.equal(grown.firstNode, nodes.length)
        nodes.push(...grown.nodes)
        frontier = grown.frontier
      }
      assert.deepEqual(nodes, whole.nodes)
      assert.deepEqual(rootOf(frontier, hash), rootOf(whole.frontier, hash))
    }),
  )
})

test('a tree can be taken up again from the stored nodes alone', () => {
  const { nodes } = growTree(emptyFrontier, leaves, hash)
  for (let size = 0; size <= 130; size++) {
    const frontier = { size, hashes: frontierNodes(size).map((each) => nodes[each]!) }
    assert.deepEqual(frontier, growTree(emptyFrontier, leaves.slice(0, size), hash).frontier)
  }
})

test('each complete subtree is stored once, under the number that its level and place give', () => {
  const { nodes } = growTree(emptyFrontier, leaves, hash)
  assert.equal(nodes.length, nodeCount(130))
  const seen = new Set<number>()
  for (let level = 0; 2 ** level <= 130; level++) {
    for (let position = 0; (position + 1) * 2 ** level <= 130; position++) {
      const at = nodeNumber(level, position)
      seen.add(at)
      const expected =
        level === 0
          ? leaves[position]!
          : hashNode(nodes[nodeNumber(level - 1, 2 * position)]!, nodes[nodeNumber(level - 1, 2 * position + 1)]!, hash)
      assert.deepEqual(nodes[at], expected)
    }
  }
  assert.equal(seen.size, nodes.length)
})

test('a leaf completes its own node and one for each trailing 1 bit of its index', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7, 2 ** 40 - 1].map(nodesCompletedBy), [1, 2, 1, 3, 1, 2, 1, 4, 41])
})

test('numbers of nodes stay exact up to 2^52 leaves', () => {
  assert.equal(nodeCount(2 ** 52), 2 ** 53 - 1)
  assert.equal(nodeNumber(52, 0), 2 ** 53 - 2)
  assert.throws(() => nodeCount(2 ** 52 + 1), { code: 'INPUT_INVALID' })
})

test('a frontier of the wrong length, a hash of the wrong length and a size that is none are refused', () => {
  const refused = { code: 'INPUT_INVALID' }
  assert.throws(() => growTree({ size: 3, hashes: [leaves[0]!] }, [], hash), refused)
  assert.throws(() => growTree({ size: 1, hashes: [new Uint8Array(31)] }, [], hash), refused)
  assert.throws(() => growTree(emptyFrontier, [new Uint8Array(33)], hash), refused)
  for (const size of [-1, 0.5, Number.NaN, 2 ** 60]) assert.throws(() => rootOf({ size, hashes: [] }, hash), refused)
})
