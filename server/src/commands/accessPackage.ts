/**
 * What a person is given when they ask for their data: one JSON document, written as the stores give it, never whole in
 * memory. Format in spec/access.md: for each table what it is and in which context it was collected, for each column the
 * field and category it holds, and every row that is theirs, with what was left out of it named. What the policy keeps
 * from an answer (passwords, official numbers: 11 CCR 7024(d), rule K26) is said to be held, row by row, and not sent.
 * Does not: decide whose a row is (the map), or who may be given the document (request.ts).
 */
import type { PolicyDocument } from '@avow/core/policy/document'
import type { AccessBatch, GivenRow } from '../connectors/connector.ts'

/** Why values of a field are not sent, as an id of the policy; undefined where they are. */
export type Withhold = (context: string, field: string) => string | undefined

export interface PackageHead {
  readonly requestId: string
  readonly controller: string
  readonly policyVersion: string
  /** ISO 8601, UTC. */
  readonly givenAt: string
}

/** A store's part: its name, and its batches in the order of its tables. */
export interface PackagePart {
  readonly store: string
  readonly batches: AsyncIterable<AccessBatch>
}

/** Counts of what was written, for the ledger and the receipt; filled while the document is read. */
export interface Given {
  readonly stores: { store: string; tables: { table: string; rows: number }[] }[]
}

const encoder = new TextEncoder()
const bytes = (text: string) => encoder.encode(text)

/** The document in UTF-8, in pieces. @param given receives the counts */
export async function* writePackage(
  policy: PolicyDocument,
  head: PackageHead,
  parts: AsyncIterable<PackagePart>,
  given: Given,
  withhold: Withhold,
): AsyncIterable<Uint8Array> {
  yield bytes(`${JSON.stringify({ avow: 'access', version: 1, ...head }).slice(0, -1)},"stores":[`)
  let first = true
  for await (const part of parts) {
    yield bytes(`${first ? '' : ','}\n{"store":${JSON.stringify(part.store)},"tables":[`)
    first = false
    yield* writeTables(policy, part, given, withhold)
    yield bytes(']}')
  }
  yield bytes(']}\n')
}

async function* writeTables(
  policy: PolicyDocument,
  part: PackagePart,
  given: Given,
  withhold: Withhold,
): AsyncIterable<Uint8Array> {
  const counts: { store: string; tables: { table: string; rows: number }[] } = { store: part.store, tables: [] }
  given.stores.push(counts)
  let open: { table: string; rows: number } | undefined
  for await (const { of, rows } of part.batches) {
    if (open?.table !== of.table) {
      const closing = open === undefined ? '' : ']},'
      open = { table: of.table, rows: 0 }
      counts.tables.push(open)
      yield bytes(`${closing}\n${JSON.stringify(tableHead(policy, of, withhold)).slice(0, -1)},"rows":[`)
    }
    const before = open.rows
    open.rows += rows.length
    const kept = of.columns.filter(({ field }) => withhold(of.context, field) !== undefined).map(({ column }) => column)
    const shown = rows.map((row) => JSON.stringify(withoutValues(row, kept)))
    yield bytes(shown.map((row, at) => `${before + at === 0 ? '' : ','}\n${row}`).join(''))
  }
  if (open !== undefined) yield bytes(']}')
}

/** Each of these columns that holds something is named, and its value is not there. */
function withoutValues(
  row: GivenRow,
  columns: readonly string[],
): GivenRow & { readonly withheld?: readonly string[] } {
  const withheld = columns.filter((column) => row.values[column] !== null && row.values[column] !== undefined)
  if (withheld.length === 0) return row
  const values = Object.fromEntries(Object.entries(row.values).filter(([column]) => !withheld.includes(column)))
  return { ...row, values, withheld }
}

function tableHead(policy: PolicyDocument, of: AccessBatch['of'], withhold: Withhold) {
  return {
    table: of.table,
    context: policy.contexts[of.context]?.title ?? of.context,
    columns: of.columns.map(({ column, field }) => {
      const declared = policy.fields[field]
      const rule = withhold(of.context, field)
      return {
        column,
        ...(rule === undefined ? {} : { neverSent: rule }),
        field,
        title: declared?.title ?? field,
        category: declared === undefined ? null : (policy.categories[declared.category]?.title ?? declared.category),
      }
    }),
  }
}
