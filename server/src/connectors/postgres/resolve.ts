/**
 * Finds a subject: from what it gave to its rows, from those to what else identifies it, until nothing new is found.
 * A value that cannot be of a column's type finds nothing there, rather than failing.
 */
import type { StoreMap } from '@avow/core/map/document'
import { readColumn } from '@avow/core/map/ownership'
import type { Key, Subject } from '@avow/core/map/subject'
import type { Identifiers } from '../connector.ts'
import { type PostgresClient, quoteName, quoteTable } from './client.ts'
import { bareType, type Catalogue } from './statement.ts'

interface IdentifierColumn {
  readonly table: string
  readonly key: readonly string[]
  readonly column: string
  readonly kind: string
  readonly caseless: boolean
  readonly type: string
}

export async function resolveSubject(
  client: PostgresClient,
  store: StoreMap,
  types: Catalogue['types'],
  kind: Subject['kind'],
  given: Identifiers,
): Promise<Subject | undefined> {
  const columns = identifierColumns(store, types, kind)
  const values = new Map<string, Set<string>>()
  const rows = new Map<string, Map<string, Key>>()
  let fresh: [kind: string, value: string][] = Object.entries(given).flatMap(([kind, given]) =>
    [given].flat().map((value): [string, string] => [kind, value]),
  )
  while (fresh.length > 0) {
    for (const [kind, value] of fresh) values.set(kind, (values.get(kind) ?? new Set()).add(value))
    const found: [string, string][] = []
    for (const column of columns) {
      const wanted = fresh
        .filter(([kind, value]) => kind === column.kind && fits(column.type, value))
        .map(([, value]) => value)
      if (wanted.length === 0) continue
      for (const row of await findRows(client, store, columns, column, wanted)) {
        const of = rows.get(column.table) ?? rows.set(column.table, new Map()).get(column.table)!
        of.set(JSON.stringify(row.key), row.key)
        found.push(...row.identifiers)
      }
    }
    fresh = [...new Map(found.map((each) => [each.join('\n'), each])).values()].filter(
      ([kind, value]) => values.get(kind)?.has(value) !== true,
    )
  }
  if (rows.size === 0) return undefined
  return {
    kind,
    rows: Object.fromEntries([...rows].map(([table, keys]) => [table, [...keys.values()]])),
    identifiers: Object.fromEntries([...values].map(([kind, set]) => [kind, [...set]])),
  }
}

function identifierColumns(store: StoreMap, types: Catalogue['types'], kind: Subject['kind']): IdentifierColumn[] {
  return Object.entries(store.tables).flatMap(([table, map]) => {
    if (map.subject !== kind) return []
    return Object.entries(map.columns).flatMap(([name, of]) => {
      const column = readColumn(name, of)
      if ((column.kind !== 'personal' && column.kind !== 'key') || column.identifier === undefined) return []
      return [
        {
          table,
          key: map.key,
          column: name,
          kind: column.identifier,
          caseless: store.caseless?.includes(column.identifier) === true,
          type: types.get(table)?.get(name) ?? 'text',
        },
      ]
    })
  })
}

async function findRows(
  client: PostgresClient,
  store: StoreMap,
  columns: readonly IdentifierColumn[],
  by: IdentifierColumn,
  wanted: readonly string[],
): Promise<{ key: Key; identifiers: [string, string][] }[]> {
  const beside = columns.filter((each) => each.table === by.table)
  const list = [...by.key, ...beside.map((each) => each.column)].map((name, i) => `${quoteName(name)}::text as c${i}`)
  const where = by.caseless
    ? `lower(${quoteName(by.column)}::text) = any($1::text[])`
    : `${quoteName(by.column)} = any($1::${bareType(by.type)}[])`
  const text = `select ${list.join(', ')} from ${quoteTable(store.schema ?? 'public', by.table)} where ${where}`
  const values = by.caseless ? wanted.map((value) => value.toLowerCase()) : wanted
  const { rows } = await client.query<Record<string, string | null>>(text, [values])
  return rows.map((row) => ({
    key: by.key.map((_, i) => row[`c${i}`]!),
    identifiers: beside.flatMap((each, i): [string, string][] => {
      const value = row[`c${by.key.length + i}`]
      return value === null || value === undefined || value === '' ? [] : [[each.kind, value]]
    }),
  }))
}

const largest: Readonly<Record<string, bigint>> = { smallint: 2n ** 15n, integer: 2n ** 31n, bigint: 2n ** 63n }

function fits(type: string, value: string): boolean {
  if (value.includes('\0')) return false
  const limit = largest[type]
  if (limit !== undefined) return /^-?\d{1,19}$/.test(value) && BigInt(value) < limit && BigInt(value) >= -limit
  if (type.startsWith('numeric')) return /^-?\d+(\.\d+)?$/.test(value)
  if (type === 'uuid') return /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(value)
  if (type === 'inet' || type === 'cidr') return /^[0-9a-f.:]+(\/\d+)?$/i.test(value)
  return /^(text|character|citext|bpchar|.*citext)/.test(type)
}
