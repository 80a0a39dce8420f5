/**
 * The whole log as it was at one moment, a run of entries at a time: leaves, the hashes kept for proofs over them, and
 * the checkpoints signed within. For the check of the log (core/src/ledger/check.ts).
 */
import { nodeCount } from '@avow/core/ledger/tree'
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { type LeafRow, leafColumns } from './ledger.ts'

export interface LedgerRun {
  readonly leaves: readonly LeafRow[]
  /** From node number `nodeCount(leaves[0].index)` on; a hole where one is missing. */
  readonly nodes: ReadonlyMap<number, Uint8Array>
  /** Signed for a size within the run: after its first entry up to after its last. */
  readonly checkpoints: readonly { readonly size: number; readonly note: string }[]
}

const runLength = 2000

/**
 * Reads from one snapshot: it must be the first thing that its transaction does.
 */
export async function* scanLedger(tx: Tx): AsyncGenerator<LedgerRun> {
  await sql`set transaction isolation level repeatable read`.execute(tx)
  const last = await tx
    .selectFrom('avow.ledger_leaf')
    .select(({ fn }) => fn.max('index').as('index'))
    .executeTakeFirst()
  const signed = await tx
    .selectFrom('avow.ledger_checkpoint')
    .select(({ fn }) => fn.max('size').as('size'))
    .executeTakeFirst()
  const size = Math.max((last?.index ?? -1) + 1, signed?.size ?? 0)
  for (let from = 0; from < size; from += runLength) {
    const to = Math.min(from + runLength, size)
    const leaves = await tx
      .selectFrom('avow.ledger_leaf')
      .select(leafColumns)
      .where('index', '>=', from)
      .where('index', '<', to)
      .orderBy('index')
      .execute()
    const nodes = await tx
      .selectFrom('avow.ledger_node')
      .select(['number', 'hash'])
      .where('number', '>=', nodeCount(from))
      .where('number', '<', nodeCount(to))
      .execute()
    const checkpoints = await tx
      .selectFrom('avow.ledger_checkpoint')
      .select(['size', 'note'])
      .where('size', '>', from)
      .where('size', '<=', to)
      .orderBy('size')
      .execute()
    yield { leaves, nodes: new Map(nodes.map(({ number, hash }) => [number, hash])), checkpoints }
  }
}

/** Public parts of the entries that wait for an index, in the same snapshot. */
export async function waitingParts(tx: Tx): Promise<readonly Uint8Array[]> {
  const rows = await tx.selectFrom('avow.ledger_pending').select('public').orderBy('entry_id').execute()
  return rows.map((row) => row.public)
}
