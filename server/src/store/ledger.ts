/**
 * The ledger's rows: entries that wait for an index, leaves that have one, the tree's nodes and its signed checkpoints.
 * Indexes come from the sequencer alone; no database sequence gives one, because a sequence leaves gaps.
 */
import { sql } from 'kysely'
import type { Tx } from './database.ts'

export interface PendingEntry {
  readonly entryId: string
  /** Null for what concerns no subject. */
  readonly subjectId: string | null
  readonly publicBytes: Uint8Array
  readonly commitment: Uint8Array
  /** Salt and subject part, sealed under the subject's key. */
  readonly sealed: Uint8Array | null
  readonly addedAt: Date
}

export interface LeafRow {
  readonly index: number
  readonly entryId: string
  readonly subjectId: string | null
  readonly publicBytes: Uint8Array
  readonly commitment: Uint8Array
  readonly sealed: Uint8Array | null
}

const leafColumns = [
  'index',
  'entry_id as entryId',
  'subject_id as subjectId',
  'public as publicBytes',
  'commitment',
  'sealed',
] as const

export async function appendEntry(tx: Tx, entry: PendingEntry): Promise<void> {
  const { entryId, subjectId, publicBytes, commitment, sealed, addedAt } = entry
  await sql`insert into avow.ledger_pending (entry_id, subject_id, public, commitment, sealed, added_at)
    values (${entryId}, ${subjectId}, ${publicBytes}, ${commitment}, ${sealed}, ${addedAt})`.execute(tx)
}

/** What a leaf is made of: the sealed part, which is most of an entry, stays where it is. */
export type WaitingEntry = Pick<PendingEntry, 'entryId' | 'publicBytes' | 'commitment'>

/** Up to `limit` waiting entries, oldest first. Those of transactions that run on are met next time. */
export async function waitingEntries(tx: Tx, limit: number): Promise<WaitingEntry[]> {
  return tx
    .selectFrom('avow.ledger_pending')
    .select(['entry_id as entryId', 'public as publicBytes', 'commitment'])
    .orderBy('entry_id')
    .limit(limit)
    .execute()
}

/** How many wait; few ever do, so that of one subject needs no index. */
export async function countPending(tx: Tx, subjectId?: string): Promise<number> {
  let query = tx.selectFrom('avow.ledger_pending').select(({ fn }) => fn.countAll<number>().as('count'))
  if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId)
  return (await query.executeTakeFirstOrThrow()).count
}

/** Waiting entries become leaves from index `first` on, in the order given: moved within the database, in one statement. */
export async function moveToLeaves(tx: Tx, first: number, entryIds: readonly string[]): Promise<void> {
  const moved = await sql`
    with moved as (
      delete from avow.ledger_pending p using unnest(${entryIds}::uuid[]) with ordinality as n (entry_id, place)
       where p.entry_id = n.entry_id
      returning n.place, p.entry_id, p.subject_id, p.public, p.commitment, p.sealed
    )
    insert into avow.ledger_leaf (index, entry_id, subject_id, public, commitment, sealed)
    select ${first}::bigint + place - 1, entry_id, subject_id, public, commitment, sealed from moved`.execute(tx)
  if (Number(moved.numAffectedRows) !== entryIds.length) {
    throw new Error('internal: an entry was taken while the lease was held')
  }
}

/** Hashes of 32 bytes, numbered from `first` on; all in one value, which costs half of a list. */
export async function insertNodes(tx: Tx, first: number, hashes: readonly Uint8Array[]): Promise<void> {
  await sql`insert into avow.ledger_node (number, hash)
    select ${first}::bigint + n, substring(${Buffer.concat(hashes)}::bytea from n * 32 + 1 for 32)
      from generate_series(0, ${hashes.length - 1}::int) n`.execute(tx)
}

/** Hashes by node number, in the order asked for. */
export async function nodesAt(tx: Tx, numbers: readonly number[]): Promise<Uint8Array[]> {
  if (numbers.length === 0) return []
  const rows = await tx
    .selectFrom('avow.ledger_node')
    .select(['number', 'hash'])
    .where('number', 'in', numbers)
    .execute()
  const byNumber = new Map(rows.map(({ number, hash }) => [number, hash]))
  return numbers.flatMap((number) => byNumber.get(number) ?? [])
}

/** How many leaves there are, by the newest checkpoint: written with them, in one transaction. */
export async function newestCheckpoint(tx: Tx): Promise<{ size: number; root: Uint8Array; note: string } | undefined> {
  return tx
    .selectFrom('avow.ledger_checkpoint')
    .select(['size', 'root', 'note'])
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function insertCheckpoint(
  tx: Tx,
  { size, root, note, signedAt }: { size: number; root: Uint8Array; note: string; signedAt: Date },
): Promise<void> {
  await tx.insertInto('avow.ledger_checkpoint').values({ size, root, note, signed_at: signedAt }).execute()
}

export async function leafAt(tx: Tx, index: number): Promise<LeafRow | undefined> {
  return tx.selectFrom('avow.ledger_leaf').select(leafColumns).where('index', '=', index).executeTakeFirst()
}

export async function leafOfEntry(tx: Tx, entryId: string): Promise<LeafRow | undefined> {
  return tx.selectFrom('avow.ledger_leaf').select(leafColumns).where('entry_id', '=', entryId).executeTakeFirst()
}

/** Takes a subject's parts out of the log, and with them the only thing that tells whose they were. @returns indexes, sorted */
export async function blankLeaves(tx: Tx, subjectId: string): Promise<number[]> {
  const { rows } = await sql<{ index: number }>`update avow.ledger_leaf set subject_id = null, sealed = null
    where subject_id = ${subjectId} returning index`.execute(tx)
  return rows.map(({ index }) => index).sort((a, b) => a - b)
}

/** bytea[] as PostgreSQL reads it: the driver would send an array of buffers as text of another form. */
export function byteaArray(values: readonly (Uint8Array | null)[]): string {
  return `{${values.map((each) => (each === null ? 'null' : `"\\\\x${Buffer.from(each).toString('hex')}"`)).join(',')}}`
}
