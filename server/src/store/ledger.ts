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
  readonly leafHash: Uint8Array
}

export const leafColumns = [
  'index',
  'entry_id as entryId',
  'subject_id as subjectId',
  'public as publicBytes',
  'commitment',
  'sealed',
  'leaf_hash as leafHash',
] as const

export async function appendEntry(tx: Tx, entry: PendingEntry): Promise<void> {
  await tx
    .insertInto('avow.ledger_pending')
    .values({
      entry_id: entry.entryId,
      subject_id: entry.subjectId,
      public: entry.publicBytes,
      commitment: entry.commitment,
      sealed: entry.sealed,
      added_at: entry.addedAt,
    })
    .execute()
}

/** Takes up to `limit` waiting entries away, oldest first. Those of transactions that run on are met next time. */
export async function takePending(tx: Tx, limit: number): Promise<PendingEntry[]> {
  const { rows } = await sql<PendingEntry>`
    delete from avow.ledger_pending where entry_id in (
      select entry_id from avow.ledger_pending order by entry_id limit ${limit}
    ) returning entry_id as "entryId", subject_id as "subjectId", public as "publicBytes", commitment, sealed,
      added_at as "addedAt"`.execute(tx)
  return rows.sort((a, b) => (a.entryId < b.entryId ? -1 : 1))
}

export async function countPending(tx: Tx, subjectId?: string): Promise<number> {
  let query = tx.selectFrom('avow.ledger_pending').select(({ fn }) => fn.countAll<number>().as('count'))
  if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId)
  return (await query.executeTakeFirstOrThrow()).count
}

/** In one statement whatever their number: columns as arrays, so that no bound on parameters is met. */
export async function insertLeaves(tx: Tx, leaves: readonly LeafRow[]): Promise<void> {
  await sql`insert into avow.ledger_leaf (index, entry_id, subject_id, public, commitment, sealed, leaf_hash)
    select * from unnest(
      ${leaves.map((each) => each.index)}::bigint[], ${leaves.map((each) => each.entryId)}::uuid[],
      ${leaves.map((each) => each.subjectId)}::uuid[], ${byteaArray(leaves.map((each) => each.publicBytes))}::bytea[],
      ${byteaArray(leaves.map((each) => each.commitment))}::bytea[], ${byteaArray(leaves.map((each) => each.sealed))}::bytea[],
      ${byteaArray(leaves.map((each) => each.leafHash))}::bytea[]
    )`.execute(tx)
}

export async function insertNodes(tx: Tx, first: number, hashes: readonly Uint8Array[]): Promise<void> {
  await sql`insert into avow.ledger_node (number, hash)
    select * from unnest(${hashes.map((_, i) => first + i)}::bigint[], ${byteaArray(hashes)}::bytea[])`.execute(tx)
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
