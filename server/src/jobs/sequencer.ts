/**
 * The sequencer: gives waiting ledger entries their indexes as they come (commands/numberEntries.ts), a batch a
 * transaction, less than a second behind.
 * It may die at any point: a batch is there whole or not at all, and whoever comes next goes on from the last one.
 * Two at once never number one entry twice: the lease's fence is looked at, and its row held, in the batch's own
 * transaction (store/lease.ts).
 */
import type { Installation } from '../commands/installation.ts'
import { batchSize, numberBatch, numberWaiting } from '../commands/numberEntries.ts'
import type { Database } from '../store/database.ts'
import { endLease, holdLease, takeLease } from '../store/lease.ts'

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

/** Numbers all that waits now, whoever holds the lease. */
export async function sequenceNow(database: Database, installation: Installation): Promise<void> {
  await database.transaction((tx) => numberWaiting(tx, installation))
}
