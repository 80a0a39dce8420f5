/**
 * Reads the schema of a PostgreSQL database from its catalogue, with a role that needs no more than `usage` on the
 * schema. Tables and partitioned tables; partitions themselves are seen through their parent, views not at all.
 */
import type { DescribedForeignKey, DescribedSchema, DescribedTable } from '@avow/core/map/schema'
import type { PostgresClient } from './client.ts'

const tablesQuery = `
select n.nspname as schema, c.relname as name, c.reltuples::float8 as rows, c.oid::int8::text as oid,
  obj_description(c.oid, 'pg_class') as comment
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and ($1::text[] is null or n.nspname = any($1))
order by 1, 2`

const columnsQuery = `
select a.attrelid::int8::text as oid, a.attnum as number, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
  not a.attnotnull as nullable, (a.attgenerated <> '' or a.attidentity = 'a') as generated,
  col_description(a.attrelid, a.attnum) as comment
from pg_attribute a where a.attrelid = any($1::oid[]) and a.attnum > 0 and not a.attisdropped order by 1, 2`

const keysQuery = `
select i.indrelid::int8::text as oid, i.indisprimary as primary,
  (i.indisunique and i.indpred is null and i.indexprs is null and i.indimmediate) as unique,
  (i.indpred is null) as whole,
  array(select k from unnest(i.indkey[0:i.indnkeyatts - 1]) with ordinality as u(k, n) order by n)::int4[] as columns
from pg_index i where i.indrelid = any($1::oid[]) and i.indisvalid order by 1, i.indexrelid`

const foreignKeysQuery = `
select f.conrelid::int8::text as oid, f.confrelid::int8::text as target, f.conkey::int4[] as columns,
  f.confkey::int4[] as references, f.confdeltype as action
from pg_constraint f where f.contype = 'f' and f.conparentid = 0 and f.conrelid = any($1::oid[]) order by f.conrelid, f.conname`

interface TableRow {
  readonly schema: string
  readonly name: string
  readonly rows: number
  readonly oid: string
  readonly comment: string | null
}
interface ColumnRow {
  readonly oid: string
  readonly number: number
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly generated: boolean
  readonly comment: string | null
}
interface KeyRow {
  readonly oid: string
  readonly primary: boolean
  readonly unique: boolean
  readonly whole: boolean
  readonly columns: readonly number[]
}
interface ForeignKeyRow {
  readonly oid: string
  readonly target: string
  readonly columns: readonly number[]
  readonly references: readonly number[]
  readonly action: string
}

const actions: Readonly<Record<string, DescribedForeignKey['onDelete']>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

/**
 * @param home the store's own schema: its tables are named without it
 * @param schemas those to read; undefined for all but the system's
 */
export async function describeSchema(
  client: PostgresClient,
  home: string,
  schemas?: readonly string[],
): Promise<DescribedSchema> {
  const { rows: tables } = await client.query<TableRow>(tablesQuery, [schemas ?? null])
  const oids = tables.map((table) => table.oid)
  const columns = grouped((await client.query<ColumnRow>(columnsQuery, [oids])).rows)
  const keys = grouped((await client.query<KeyRow>(keysQuery, [oids])).rows)
  const foreignKeys = grouped((await client.query<ForeignKeyRow>(foreignKeysQuery, [oids])).rows)
  const nameOf = (table: TableRow) => (table.schema === home ? table.name : `${table.schema}.${table.name}`)
  const names = new Map(tables.map((table) => [table.oid, nameOf(table)]))
  return {
    tables: tables.map((table): DescribedTable => {
      const own = columns.get(table.oid) ?? []
      const named = (numbers: readonly number[], oid = table.oid) =>
        numbers.map((number) => columns.get(oid)?.find((column) => column.number === number)?.name ?? '')
      const indexes = keys.get(table.oid) ?? []
      return {
        name: nameOf(table),
        rows: table.rows,
        ...(table.comment === null ? {} : { comment: table.comment }),
        columns: own.map(({ name, type, nullable, generated, comment }) => ({
          name,
          type,
          nullable,
          generated,
          ...(comment === null ? {} : { comment }),
        })),
        primaryKey: named(indexes.find((index) => index.primary)?.columns ?? []),
        unique: indexes.filter((index) => index.unique && !index.primary).map((index) => named(index.columns)),
        indexes: indexes.filter((index) => index.whole).map((index) => named(index.columns)),
        foreignKeys: (foreignKeys.get(table.oid) ?? [])
          .filter((key) => names.has(key.target))
          .map((key) => ({
            columns: named(key.columns),
            table: names.get(key.target)!,
            references: named(key.references, key.target),
            onDelete: actions[key.action] ?? 'no action',
          })),
      }
    }),
  }
}

/** Tables kept in parts, and tables with a foreign key that was never checked against the rows there were. */
export async function tableTraits(
  client: PostgresClient,
  home: string,
  schemas: readonly string[],
): Promise<{ readonly partitioned: ReadonlySet<string>; readonly unchecked: ReadonlySet<string> }> {
  const { rows } = await client.query<{ schema: string; name: string; partitioned: boolean; unchecked: boolean }>(
    `select n.nspname as schema, c.relname as name, (c.relkind = 'p' or c.relhassubclass) as partitioned,
       exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and not f.convalidated) as unchecked
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1) and c.relkind in ('r', 'p')`,
    [schemas],
  )
  const named = rows.map((row) => ({ ...row, table: row.schema === home ? row.name : `${row.schema}.${row.name}` }))
  return {
    partitioned: new Set(named.flatMap((row) => (row.partitioned ? [row.table] : []))),
    unchecked: new Set(named.flatMap((row) => (row.unchecked ? [row.table] : []))),
  }
}

function grouped<T extends { readonly oid: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.oid, [...(groups.get(row.oid) ?? []), row])
  return groups
}
