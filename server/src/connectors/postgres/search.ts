/**
 * Looks through a whole database for values, mapped or not: every column that can hold text, JSON and bytes included.
 * A value is found where it stands for itself: not within a longer word or number, as `ann@x.org` is within `joann@x.org`.
 * Reads every row of every table: a search has its own time, apart from the erasure it follows.
 * Does not: find what has been altered, compressed or encrypted; or values too short to tell from chance.
 */
import type { StoreMap } from '@avow/core/map/document'
import type { DescribedSchema } from '@avow/core/map/schema'
import type { SearchHit, SearchResult } from '../connector.ts'
import { type PostgresClient, quoteName, quoteTable } from './client.ts'

/** Shorter than this, a value is found by chance. */
export const shortest = 6

/** Types whose text cannot hold a value worth looking for. */
const passedOver =
  /^(smallint|real|double precision|boolean|date|time|interval|money|point|line|box|path|polygon|circle|oid|xid)/

export async function searchSchema(
  client: PostgresClient,
  store: StoreMap,
  schema: DescribedSchema,
  values: readonly string[],
): Promise<SearchResult> {
  const wanted = [...new Set(values.map((value) => value.toLowerCase()))].filter((value) => value.length >= shortest)
  const patterns = wanted.map((value) => `%${value.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`)
  const alone = wanted.map((value) => `(?<![[:alnum:]])${value.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&')}(?![[:alnum:]])`)
  const hits: SearchHit[] = []
  let columns = 0
  for (const table of schema.tables) {
    const looked = table.columns.filter((column) => !passedOver.test(column.type))
    columns += looked.length
    if (looked.length === 0 || patterns.length === 0) continue
    const erase = store.tables[table.name]?.erase
    const kept = typeof erase === 'object' ? erase.keep.because : undefined
    // The second test is asked only where the first, which is cheap, says yes.
    const list = looked.map(
      (column, i) =>
        `count(*) filter (where case when ${asText(column)} like any($1::text[]) then ${asText(column)} ~ any($2::text[]) end)::int8 as c${i}`,
    )
    const text = `select ${list.join(', ')} from ${quoteTable(store.schema ?? 'public', table.name)}`
    const { rows } = await client.query<Record<string, string>>(text, [patterns, alone])
    for (const [i, column] of looked.entries()) {
      const found = Number(rows[0]![`c${i}`])
      if (found > 0)
        hits.push({ table: table.name, column: column.name, rows: found, ...(kept === undefined ? {} : { kept }) })
    }
  }
  return { hits, columns, tooShort: new Set(values.filter((value) => value.length < shortest)).size }
}

function asText(column: { readonly name: string; readonly type: string }): string {
  const name = quoteName(column.name)
  // Bytes that are text show as text; others as escapes that match nothing.
  return `lower(${column.type === 'bytea' ? `encode(${name}, 'escape')` : `${name}::text`})`
}
