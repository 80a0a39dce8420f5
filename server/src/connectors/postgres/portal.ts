/**
 * Rows of one statement, a batch at a time, in one exchange with the server a batch: a statement with few rows costs as
 * much as a plain query, and one with a million holds no more than a batch in memory. Only within a transaction, where
 * a portal outlives the exchange that opened it (PostgreSQL protocol, extended query, `Execute` with a row limit).
 */
import type pg from 'pg'
import type { PostgresClient } from './client.ts'
import type { Query } from './statement.ts'

type Parser = (text: string) => unknown

let portals = 0
/** Connection → statements it knows: planned once there, not each time. */
const told = new WeakMap<PostgresClient, Set<string>>()

/** @yields batches of at most `rows()` rows, asked anew before each; each row a list of values */
export async function* readPortal(
  client: PostgresClient,
  query: Query,
  parserOf: (type: number) => Parser,
  rows: () => number,
): AsyncIterable<unknown[][]> {
  const name = `avow_${portals++}`
  const known = told.get(client) ?? new Set()
  told.set(client, known)
  let parsers: Parser[] = []
  for (let first = true; ; first = false) {
    const batch = new Batch(name, first ? query : undefined, known, rows(), parsers, parserOf)
    client.query(batch)
    const more = await batch.done
    parsers = batch.parsers
    if (batch.rows.length > 0) yield batch.rows
    if (!more) return
  }
}

/** One exchange, as the driver drives it. */
class Batch implements pg.Submittable {
  readonly rows: unknown[][] = []
  parsers: Parser[]
  /** Whether more is to come. */
  readonly done: Promise<boolean>
  private readonly portal: string
  private readonly query: Query | undefined
  /** Statements the connection knows by name. */
  private readonly known: Set<string>
  private readonly limit: number
  private readonly parserOf: (type: number) => Parser
  private more = false
  private failed = false
  private resolve!: (more: boolean) => void
  private reject!: (error: Error) => void

  constructor(
    portal: string,
    query: Query | undefined,
    known: Set<string>,
    limit: number,
    parsers: Parser[],
    parserOf: (type: number) => Parser,
  ) {
    this.portal = portal
    this.query = query
    this.known = known
    this.limit = limit
    this.parsers = parsers
    this.parserOf = parserOf
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
  }

  submit = (connection: pg.Connection): void => {
    const { query } = this
    // One write to the socket, not five.
    connection.stream.cork()
    if (query !== undefined) {
      if (!this.known.has(query.name)) connection.parse({ name: query.name, text: query.text, types: [] }, true)
      connection.bind({ portal: this.portal, statement: query.name, values: query.values.map(textOf) }, true)
      connection.describe({ type: 'P', name: this.portal }, true)
    }
    connection.execute({ portal: this.portal, rows: String(this.limit) }, true)
    connection.sync()
    connection.stream.uncork()
  }

  handleRowDescription(message: { readonly fields: readonly { readonly dataTypeID: number }[] }): void {
    this.parsers = message.fields.map((field) => this.parserOf(field.dataTypeID))
  }

  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    this.rows.push(message.fields.map((text, i) => (text === null ? null : this.parsers[i]!(text))))
  }

  handlePortalSuspended(): void {
    this.more = true
  }

  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}

  handleReadyForQuery(): void {
    if (this.query !== undefined && !this.failed) this.known.add(this.query.name)
    this.resolve(this.more)
  }

  handleError(error: Error): void {
    this.failed = true
    this.reject(error)
  }
}

/** A parameter as text; a list as the literal of an array of text. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (!Array.isArray(value)) return String(value)
  return `{${value.map((each) => (each === null ? 'null' : `"${String(each).replaceAll(/[\\"]/g, '\\$&')}"`)).join(',')}}`
}
