/**
 * The search of our own tables after an erasure: for the subject's ids, the blind hashes of their identifiers, and the
 * very ciphertexts that were theirs. Looks through every column of every table there is, as the database lists them, so
 * that a table added later is searched without anybody remembering to.
 * Does not: look for plaintext. There is none here to find (plaintext.ts); company stores are searched by connectors.
 */
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { byteaArray } from './ledger.ts'

export interface OwnTraces {
  readonly subjectIds: readonly string[]
  /** Identifier hashes and sealed values. */
  readonly bytes: readonly Uint8Array[]
}

export interface OwnHit {
  readonly table: string
  readonly column: string
  readonly rows: number
}

export interface OwnSearch {
  readonly columns: number
  readonly hits: readonly OwnHit[]
}

interface Column {
  readonly schema: string
  readonly table: string
  readonly column: string
  readonly type: string
}

/** One statement a column. @returns how many columns were looked through, and where something still stands */
export async function searchOwnTables(tx: Tx, traces: OwnTraces): Promise<OwnSearch> {
  const { rows: columns } = await sql<Column>`
    select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('avow', 'avow_keys') and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
     order by 1, 2, a.attnum`.execute(tx)
  const hits: OwnHit[] = []
  for (const column of columns) {
    const rows = await countIn(tx, column, traces)
    if (rows > 0) hits.push({ table: `${column.schema}.${column.table}`, column: column.column, rows })
  }
  return { columns: columns.length, hits }
}

async function countIn(tx: Tx, { schema, table, column, type }: Column, traces: OwnTraces): Promise<number> {
  const at = sql.ref(column)
  const ids = sql`${traces.subjectIds}::uuid[]`
  const test =
    type === 'uuid'
      ? sql`${at} = any(${ids})`
      : type === 'uuid[]'
        ? sql`${at} && ${ids}`
        : type === 'bytea'
          ? sql`${at} = any(${byteaArray(traces.bytes)}::bytea[])`
          : sql`${at}::text like any(${traces.subjectIds.map((id) => `%${id}%`)}::text[])`
  const { rows } = await sql<{ n: string | number }>`
    select count(*) as n from ${sql.table(`${schema}.${table}`)} where ${test}`.execute(tx)
  return Number(rows[0]?.n ?? 0)
}
