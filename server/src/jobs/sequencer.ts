/**
 * The sequencer: gives waiting ledger entries their indexes, grows the tree, signs a checkpoint; a batch a transaction.
 * It may die at any point: a batch is there whole or not at all, and whoever comes next goes on from the last one.
 * Two at once never number one entry twice: the lease's fence is looked at, and its row held, in the batch's own
 * transaction (store/lease.ts); the primary keys of leaves and nodes stand behind it.
 * Does not: decide anything, or open any subject part.
 */
import { signCheckpoint } from '@avow/core/ledger/checkpoint'
import { leafHashOf } from '@avow/core/ledger/entry'
import { emptyFrontier, type Frontier, frontierNodes, growTree, rootOf } from '@avow/core/ledger/tree'
import type { Installation } from '../commands/installation.ts'
import type { Database, Tx } from '../store/database.ts'
import { endLease, holdLease, takeLease } from '../store/lease.ts'
import { insertCheckpoint, insertLeaves, insertNodes, newestCheckpoint, nodesAt, takePending } from '../store/ledger.ts'
import { sha256 } from '../vault/digest.ts'
import { logSigner } from '../vault/vault.ts'

/** So many entries a transaction: a second's worth, and a few megabytes at most. */
const batchSize = 2000
/** Looks this often; an entry waits for its index at most twice as long. */
const pauseMs = 200
/** After this long without a batch, another may take over. */
const leaseMs = 1000

export interface Sequencer {
  /** Stops after the batch that runs, and lets another take over at once. */
  stop(): Promise<void>
}

/** @param failed told of each failure; the sequencer goes on trying */
export function startSequencer(
  database: Database,
  installation: Installation,
  failed: (error: unknown) => void,
): Sequencer {
  let stopping = false
  let wake: () => void = () => {}
  let fence: number | undefined
  const until = () => new Date(installation.now().getTime() + leaseMs)

  async function step(): Promise<boolean> {
    fence ??= await database.transaction((tx) => takeLease(tx, installation.now(), until()))
    if (fence === undefined) return false
    const mine = fence
    const count = await database.transaction(async (tx) => {
      return (await holdLease(tx, mine, until())) ? numberBatch(tx, installation) : undefined
    })
    if (count === undefined) fence = undefined
    return count === batchSize
  }

  async function run(): Promise<void> {
    while (!stopping) {
      let more = false
      try {
        more = await step()
      } catch (error) {
        failed(error)
      }
      if (more || stopping) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    const mine = fence
    if (mine !== undefined) await database.transaction((tx) => endLease(tx, mine)).catch(failed)
  }

  const running = run()
  return {
    async stop() {
      stopping = true
      wake()
      await running
    },
  }
}

/** Numbers all that waits now, whoever holds the lease: for an act that needs indexes to go on. */
export async function sequenceNow(database: Database, installation: Installation): Promise<void> {
  for (let count = batchSize; count === batchSize; ) {
    count = await database.transaction(async (tx) => {
      // Taking the lease by force in the batch's own transaction: the holder finds its fence gone, and takes it anew.
      await takeLease(tx, installation.now(), installation.now(), true)
      return numberBatch(tx, installation)
    })
  }
}

/** @returns how many entries got an index. INVARIANT: the caller's transaction holds the lease's row. */
async function numberBatch(tx: Tx, installation: Installation): Promise<number> {
  const entries = await takePending(tx, batchSize)
  if (entries.length === 0) return 0
  const frontier = await frontierOf(tx)
  const leaves = entries.map((entry, i) => {
    const { entryId, subjectId, publicBytes, commitment, sealed } = entry
    const leafHash = leafHashOf(publicBytes, commitment, sha256)
    return { index: frontier.size + i, entryId, subjectId, publicBytes, commitment, sealed, leafHash }
  })
  const growth = growTree(
    frontier,
    leaves.map(({ leafHash }) => leafHash),
    sha256,
  )
  await insertLeaves(tx, leaves)
  await insertNodes(tx, growth.firstNode, growth.nodes)
  const { size } = growth.frontier
  const root = rootOf(growth.frontier, sha256)
  const { origin, vault } = installation
  const note = signCheckpoint({ origin, size, root, extensions: [] }, [logSigner(vault, origin)])
  await insertCheckpoint(tx, { size, root, note, signedAt: installation.now() })
  return entries.length
}

async function frontierOf(tx: Tx): Promise<Frontier> {
  const { size } = (await newestCheckpoint(tx)) ?? emptyFrontier
  const hashes = await nodesAt(tx, frontierNodes(size))
  return { size, hashes }
}
