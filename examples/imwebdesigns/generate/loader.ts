/**
 * Rows into tables, fast, over any PostgreSQL driver: one statement for thousands of rows, a text array for each column.
 * Column types are read from the live catalogue, so that no second description of the schema can grow stale.
 */
import type { Database } from '../database.ts'

export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>

export interface Loader {
  /** The next number of a table whose key counts from 1. */
  nextId(table: string): number
  /** Takes a row; columns that are left out are null. It reaches the database with the next `flush`. */
  add(table: string, row: Row): void
  /** Writes what was taken. */
  flush(): Promise<void>
  /** Rows taken, by table. */
  readonly counts: ReadonlyMap<string, number>
}

/** Rows in one statement: enough to forget the round trip, few enough that memory stays flat. */
const statementRows = 4000

export async function openLoader(database: Database): Promise<Loader> {
  const types = await columnTypes(database)
  const waiting = new Map<string, Row[]>()
  const counts = new Map<string, number>()
  const ids = new Map<string, number>()
  return {
    counts,
    nextId(table) {
      const id = (ids.get(table) ?? 0) + 1
      ids.set(table, id)
      return id
    },
    add(table, row) {
      const rows = waiting.get(table)
      if (rows === undefined) waiting.set(table, [row])
      else rows.push(row)
      counts.set(table, (counts.get(table) ?? 0) + 1)
    },
    async flush() {
      for (const [table, rows] of waiting) {
        const columns = types.get(table)
        if (columns === undefined) throw new Error(`internal: no table \`${table}\``)
        for (let from = 0; from < rows.length; from += statementRows)
          await insertRows(database, table, columns, rows.slice(from, from + statementRows))
      }
      waiting.clear()
    },
  }
}

/** After ids were given by hand: the sequences go on from there. */
export async function advanceSequences(database: Database): Promise<void> {
  const { rows } = await database.query(
    `select quote_ident(table_name) as name from information_schema.columns
     where table_schema = current_schema() and column_name = 'id' and is_identity = 'YES' order by 1`,
  )
  // Rows of a query are untyped in every driver; the shape is that of the select list.
  for (const { name } of rows as readonly { name: string }[])
    await database.query(
      `select setval(pg_get_serial_sequence('${name}', 'id'), coalesce((select max(id) from ${name}), 0) + 1, false)`,
    )
}

async function columnTypes(database: Database): Promise<Map<string, Map<string, string>>> {
  const { rows } = await database.query(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
     order by c.relname, a.attnum`,
  )
  const tables = new Map<string, Map<string, string>>()
  // As above: the select list is the shape.
  for (const { table, column, type } of rows as readonly { table: string; column: string; type: string }[])
    tables.set(table, (tables.get(table) ?? new Map<string, string>()).set(column, type))
  return tables
}

async function insertRows(
  database: Database,
  table: string,
  types: ReadonlyMap<string, string>,
  rows: readonly Row[],
): Promise<void> {
  const given = new Set(rows.flatMap((row) => Object.keys(row)))
  const stray = [...given].find((column) => !types.has(column))
  if (stray !== undefined) throw new Error(`internal: no column \`${table}.${stray}\``)
  const columns = [...types.keys()].filter((column) => given.has(column))
  const arrays = columns.map((column, at) => `$${at + 1}::text::${types.get(column)}[]`)
  await database.query(
    `insert into ${table} (${columns.join(', ')}) select * from unnest(${arrays.join(', ')})`,
    columns.map((column) => formatArray(rows.map((row) => row[column] ?? null))),
  )
}

/** A one-dimensional array in PostgreSQL's text form (manual, section 8.15.6): every element quoted, but null. */
export function formatArray(cells: readonly Cell[]): string {
  const elements = cells.map((cell) => {
    if (cell === null) return 'null'
    if (typeof cell === 'number') return String(cell)
    if (typeof cell === 'boolean') return cell ? 't' : 'f'
    return `"${/["\\]/.test(cell) ? cell.replace(/["\\]/g, '\\$&') : cell}"`
  })
  return `{${elements.join(',')}}`
}
