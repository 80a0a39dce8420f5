/** What the vault keeps: a row a value, sealed, with its label beside it for life. */
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import type { Sensitivity } from './schema.ts'

export interface RecordRow {
  readonly subjectId: string
  readonly recordId: string
  readonly field: string
  readonly context: string
  readonly category: string
  readonly source: string
  readonly purpose: string
  readonly policyVersion: string
  /** Value facts beside the source. */
  readonly facts: Readonly<Record<string, string>>
  readonly collectedAt: Date
  readonly sensitivity: Sensitivity
  readonly sealed: Uint8Array
}

const columns = [
  'subject_id as subjectId',
  'record_id as recordId',
  'field',
  'context',
  'category',
  'source',
  'purpose',
  'policy_version as policyVersion',
  'facts',
  'collected_at as collectedAt',
  'sensitivity',
  'sealed',
] as const

export async function insertRecords(tx: Tx, rows: readonly RecordRow[]): Promise<void> {
  const values = rows.map((row) => ({
    subject_id: row.subjectId,
    record_id: row.recordId,
    field: row.field,
    context: row.context,
    category: row.category,
    source: row.source,
    purpose: row.purpose,
    policy_version: row.policyVersion,
    facts: JSON.stringify(row.facts),
    collected_at: row.collectedAt,
    sensitivity: row.sensitivity,
    sealed: row.sealed,
  }))
  await tx.insertInto('avow.record').values(values).execute()
}

/** Where a page ended: the next begins after it. */
export interface RecordPosition {
  readonly recordId: string
  readonly field: string
}

export interface RecordFilter {
  readonly recordId?: string
  readonly contexts?: readonly string[]
  readonly fields?: readonly string[]
  readonly after?: RecordPosition
}

/** A page of one subject's values, in the order of its key. */
export async function recordsOf(tx: Tx, subjectId: string, filter: RecordFilter, limit: number): Promise<RecordRow[]> {
  const { recordId, contexts, fields, after } = filter
  let query = tx.selectFrom('avow.record').select(columns).where('subject_id', '=', subjectId)
  if (recordId !== undefined) query = query.where('record_id', '=', recordId)
  if (contexts !== undefined) query = query.where('context', 'in', contexts)
  if (fields !== undefined) query = query.where('field', 'in', fields)
  if (after !== undefined) {
    query = query.where(sql<boolean>`(record_id, field) > (${after.recordId}::uuid, ${after.field})`)
  }
  return query.orderBy('record_id').orderBy('field').limit(limit).execute()
}

/** Sets new sealed values of one record, in one statement. @returns how many were there to set */
export async function updateValues(
  tx: Tx,
  subjectId: string,
  recordId: string,
  values: readonly { readonly field: string; readonly sealed: Uint8Array }[],
): Promise<number> {
  const rows = sql.join(values.map(({ field, sealed }) => sql`(${field}::text, ${sealed}::bytea)`))
  const done = await sql`update avow.record r set sealed = v.sealed from (values ${rows}) as v (field, sealed)
    where r.subject_id = ${subjectId} and r.record_id = ${recordId} and r.field = v.field`.execute(tx)
  return Number(done.numAffectedRows)
}

export async function deleteRecords(tx: Tx, subjectId: string): Promise<number> {
  const done = await tx.deleteFrom('avow.record').where('subject_id', '=', subjectId).executeTakeFirst()
  return Number(done.numDeletedRows)
}
