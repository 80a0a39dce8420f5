/**
 * What a person is given when they ask for their data: one JSON document, written as the stores give it, never whole in
 * memory. Format in spec/access.md: for each table what it is and in which context it was collected, for each column the
 * field and category it holds, and every row that is theirs, with what was left out of it named.
 * Does not: decide whose a row is (the map), or who may be given the document (request.ts).
 */
import type { PolicyDocument } from '@avow/core/policy/document'
import type { AccessBatch } from '../connectors/connector.ts'

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
): AsyncIterable<Uint8Array> {
  yield bytes(`${JSON.stringify({ avow: 'access', version: 1, ...head }).slice(0, -1)},"stores":[`)
  let first = true
  for await (const part of parts) {
    yield bytes(`${first ? '' : ','}\n{"store":${JSON.stringify(part.store)},"tables":[`)
    first = false
    yield* writeTables(policy, part, given)
    yield bytes(']}')
  }
  yield bytes(']}\n')
}

async function* writeTables(policy: PolicyDocument, part: PackagePart, given: Given): AsyncIterable<Uint8Array> {
  const counts: { store: string; tables: { table: string; rows: number }[] } = { store: part.store, tables: [] }
  given.stores.push(counts)
  let open: { table: string; rows: number } | undefined
  for await (const { of, rows } of part.batches) {
    if (open?.table !== of.table) {
      const closing = open === undefined ? '' : ']},'
      open = { table: of.table, rows: 0 }
      counts.tables.push(open)
      yield bytes(`${closing}\n${JSON.stringify(tableHead(policy, of)).slice(0, -1)},"rows":[`)
    }
    const before = open.rows
    open.rows += rows.length
    yield bytes(rows.map((row, at) => `${before + at === 0 ? '' : ','}\n${JSON.stringify(row)}`).join(''))
  }
  if (open !== undefined) yield bytes(']}')
}

function tableHead(policy: PolicyDocument, of: AccessBatch['of']) {
  return {
    table: of.table,
    context: policy.contexts[of.context]?.title ?? of.context,
    columns: of.columns.map(({ column, field }) => {
      const declared = policy.fields[field]
      return {
        column,
        field,
        title: declared?.title ?? field,
        category: declared === undefined ? null : (policy.categories[declared.category]?.title ?? declared.category),
      }
    }),
  }
}
