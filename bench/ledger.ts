/**
 * What the ledger costs. Two claims, each beside what it must be held against, in one run:
 * building the tree, beside the machine's own bound of two hashes an entry; and an act that appends to the ledger, beside
 * the same transaction with a plain audit row in its place (appendToLedger.ts).
 */
import { hash as nodeHash } from 'node:crypto'
import { commit, formatPublicPart, leafHashOf } from '@avow/core/ledger/entry'
import { emptyFrontier, growTree, type Hash, rootOf } from '@avow/core/ledger/tree'
import { appendToLedger } from './appendToLedger.ts'
import type { Report } from './measurement.ts'

const sha256: Hash = (bytes) => nodeHash('sha256', bytes, 'buffer')

/** What one batch of the sequencer may hold; so large is the piece that is timed. */
const batch = 1000
const rounds = 300

export async function run(report: Report): Promise<void> {
  buildTree(report)
  await appendToLedger(report)
}

/**
 * Each round times one batch of ours and the same hashes with nothing around them, in turns, so that whatever else the
 * machine does falls on both. Reported is the median of the rounds' ratios.
 */
function buildTree(report: Report): void {
  const commitment = commit(new Uint8Array(32), new Uint8Array(0), sha256)
  const entries = Array.from({ length: batch }, (_, index) =>
    formatPublicPart({
      kind: 'collect',
      day: '2026-11-23',
      policyVersion: '0'.repeat(64),
      rule: `websites.rule${index}`,
      action: 'collect',
      contexts: ['websites'],
      categories: ['electronicNetwork', 'identifiers'],
      purpose: 'support',
    }),
  )
  // The bytes that a leaf and a node hash take in, made beforehand: 0x00, length, public part, commitment; 0x01, two.
  const leafBytes = entries.map((each) => new Uint8Array(1 + 4 + each.length + 32))
  const nodeBytes = new Uint8Array(65)

  let frontier = emptyFrontier
  let sink = 0
  const ours = () => {
    const hashes = entries.map((each) => leafHashOf(each, commitment, sha256))
    const grown = growTree(frontier, hashes, sha256)
    frontier = grown.frontier
    sink += grown.nodes.length
  }
  const bound = () => {
    for (const each of leafBytes) sink += sha256(each)[0]! + sha256(nodeBytes)[0]!
  }
  for (let warm = 0; warm < 20; warm++) {
    ours()
    bound()
  }
  const times = Array.from({ length: rounds }, (_, round) => {
    const first = round % 2 === 0 ? [ours, bound] : [bound, ours]
    const [a, b] = first.map(timed)
    return round % 2 === 0 ? { ours: a!, bound: b! } : { ours: b!, bound: a! }
  })
  if (sink === 0 || rootOf(frontier, sha256).length !== 32) throw new Error('internal: nothing was built')
  report({
    name: 'tree building beside two hashes an entry',
    ours: perSecond(median(times.map((each) => each.ours))),
    peer: perSecond(median(times.map((each) => each.bound))),
    unit: 'entries/s',
    ratio: median(times.map((each) => each.bound / each.ours)),
    goal: 0.5,
  })
}

function timed(what: () => void): number {
  const start = performance.now()
  what()
  return performance.now() - start
}

function perSecond(batchMs: number): number {
  return Math.round((batch / batchMs) * 1000)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
