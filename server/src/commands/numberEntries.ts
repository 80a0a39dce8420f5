/**
 * Gives waiting ledger entries their indexes: a batch grows the tree and signs a checkpoint, in the caller's transaction.
 * INVARIANT: that transaction holds the row of the sequencer's lease (store/lease.ts), so that no two batches run at
 * once; the primary keys of leaves and nodes stand behind it.
 * Does not: decide anything, or open any subject part.
 */
import { signCheckpoint } from '@avow/core/ledger/checkpoint'
import { leafHashOf } from '@avow/core/ledger/entry'
import { emptyFrontier, type Frontier, frontierNodes, growTree, rootOf } from '@avow/core/ledger/tree'
import type { Tx } from '../store/database.ts'
import { takeLease } from '../store/lease.ts'
import {
  insertCheckpoint,
  insertNodes,
  moveToLeaves,
  newestCheckpoint,
  nodesAt,
  waitingEntries,
} from '../store/ledger.ts'
import { sha256 } from '../vault/digest.ts'
import { logSigner } from '../vault/vault.ts'
import type { Installation } from './installation.ts'

/** So many entries a transaction: a second's worth, and a few megabytes at most. */
export const batchSize = 2000

/** @returns how many entries got an index; `batchSize` where more may wait */
export async function numberBatch(tx: Tx, installation: Installation): Promise<number> {
  const entries = await waitingEntries(tx, batchSize)
  if (entries.length === 0) return 0
  const frontier = await frontierOf(tx)
  const hashes = entries.map(({ publicBytes, commitment }) => leafHashOf(publicBytes, commitment, sha256))
  const growth = growTree(frontier, hashes, sha256)
  const entryIds = entries.map(({ entryId }) => entryId)
  await moveToLeaves(tx, frontier.size, entryIds)
  await insertNodes(tx, growth.firstNode, growth.nodes)
  const { size } = growth.frontier
  const root = rootOf(growth.frontier, sha256)
  const { origin, vault, now } = installation
  const note = signCheckpoint({ origin, size, root, extensions: [] }, [logSigner(vault, origin)])
  await insertCheckpoint(tx, { size, root, note, signedAt: now() })
  return entries.length
}

/**
 * Numbers all that waits, in this transaction, whoever holds the lease: its holder finds the fence gone, and takes it
 * anew. For an act that needs indexes to go on.
 */
export async function numberWaiting(tx: Tx, installation: Installation): Promise<void> {
  const now = installation.now()
  await takeLease(tx, now, now, true)
  for (let count = batchSize; count === batchSize; ) count = await numberBatch(tx, installation)
}

async function frontierOf(tx: Tx): Promise<Frontier> {
  const { size } = (await newestCheckpoint(tx)) ?? emptyFrontier
  const hashes = await nodesAt(tx, frontierNodes(size))
  return { size, hashes }
}
