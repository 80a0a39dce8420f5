/** The log read from its first entry to its last, a page at a time and from one snapshot: for the check of the log. */
import { sql } from 'kysely'
import type { Tx } from './database.ts'

export interface CheckedLeaf {
  readonly index: number
  readonly entryId: string
  readonly subjectId: string | null
  readonly publicBytes: Uint8Array
  readonly commitment: Uint8Array
  readonly sealed: Uint8Array | null
  /** The subject's wrapped key of ordinary values; null where it is gone. */
  readonly wrapped: Uint8Array | null
}

/** Everything read afterwards is of one moment. It must be the first thing that its transaction does. */
export async function holdSnapshot(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx)
}

export async function leavesFrom(tx: Tx, first: number, limit: number): Promise<CheckedLeaf[]> {
  return tx
    .selectFrom('avow.ledger_leaf as l')
    .leftJoin('avow_keys.subject_key as k', (join) =>
      join.onRef('k.subject_id', '=', 'l.subject_id').on('k.sensitivity', '=', 'ordinary'),
    )
    .select([
      'l.index',
      'l.entry_id as entryId',
      'l.subject_id as subjectId',
      'l.public as publicBytes',
      'l.commitment',
      'l.sealed',
      'k.wrapped',
    ])
    .where('l.index', '>=', first)
    .orderBy('l.index')
    .limit(limit)
    .execute()
}

/** Hashes kept for proofs, numbered from `first` to `end` - 1, as far as they are there. */
export async function nodesBetween(
  tx: Tx,
  first: number,
  end: number,
): Promise<{ readonly number: number; readonly hash: Uint8Array }[]> {
  return tx
    .selectFrom('avow.ledger_node')
    .select(['number', 'hash'])
    .where('number', '>=', first)
    .where('number', '<', end)
    .execute()
}

/** A run of checkpoints after a size, in order. */
export async function checkpointsAfter(
  tx: Tx,
  size: number,
  limit: number,
): Promise<{ readonly size: number; readonly note: string }[]> {
  return tx
    .selectFrom('avow.ledger_checkpoint')
    .select(['size', 'note'])
    .where('size', '>', size)
    .orderBy('size')
    .limit(limit)
    .execute()
}

/** Public parts of the entries that wait for an index. */
export async function pendingPublic(tx: Tx): Promise<Uint8Array[]> {
  const rows = await tx.selectFrom('avow.ledger_pending').select('public').orderBy('entry_id').execute()
  return rows.map((row) => row.public)
}
