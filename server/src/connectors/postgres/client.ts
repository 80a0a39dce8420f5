/**
 * What the connector needs of a PostgreSQL driver, and how it opens a transaction. The driver is passed in: a `pg.Pool`
 * for a role that may only read and, where erasure is wanted, another for one that may erase.
 */
import { AvowError } from '@avow/core/errors'
import type { Submittable } from 'pg'

export interface PostgresClient {
  query<Row extends object>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>
  query<S extends Submittable>(stream: S): S
  release(error?: Error | boolean): void
}

export interface PostgresPool {
  connect(): Promise<PostgresClient>
  end(): Promise<void>
}

/** `"name"`, whatever is in it. Control characters are refused: statements are written with them. */
export function quoteName(name: string): string {
  if ([...name].some((character) => character < ' '))
    throw new AvowError('MAP_MALFORMED', 'a name of a table or column holds a control character: rename it')
  return `"${name.replaceAll('"', '""')}"`
}

/** `table` of the store's own schema, or `schema.table`. */
export function quoteTable(home: string, name: string): string {
  const dot = name.indexOf('.')
  return dot < 0
    ? `${quoteName(home)}.${quoteName(name)}`
    : `${quoteName(name.slice(0, dot))}.${quoteName(name.slice(dot + 1))}`
}

/**
 * Nothing is left to the role's own settings: names are found in the system's schema and the store's alone, values are
 * printed one way, statements that run once are not compiled, and row-level security that would hide rows is an error, not an answer with rows missing.
 */
function opening(mode: 'read' | 'write', home: string, timeoutMs: number): string {
  return `begin isolation level repeatable read${mode === 'read' ? ' read only' : ''};
set local search_path = pg_catalog, ${quoteName(home)}; set local statement_timeout = ${Math.ceil(timeoutMs)};
set local idle_in_transaction_session_timeout = 0; set local row_security = off; set local jit = off;
set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601';
set local bytea_output = 'hex'; set local extra_float_digits = 1`
}

/** Runs `work` in one transaction; whatever it throws, nothing of it stays. */
export async function inTransaction<T>(
  pool: PostgresPool,
  mode: 'read' | 'write',
  home: string,
  timeoutMs: number,
  work: (client: PostgresClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(opening(mode, home, timeoutMs))
    const done = await work(client)
    await client.query('commit')
    client.release()
    return done
  } catch (error) {
    await leave(client)
    throw error
  }
}

/** As `inTransaction`, for reading a stream: the transaction ends when the reader stops, early or not. */
export async function* streamTransaction<T>(
  pool: PostgresPool,
  home: string,
  timeoutMs: number,
  work: (client: PostgresClient) => AsyncIterable<T>,
): AsyncIterable<T> {
  const client = await pool.connect()
  let ended = false
  try {
    await client.query(opening('read', home, timeoutMs))
    yield* work(client)
    await client.query('commit')
    ended = true
  } finally {
    if (ended) client.release()
    else await leave(client)
  }
}

/** A connection whose transaction cannot be ended is not used again. */
async function leave(client: PostgresClient): Promise<void> {
  try {
    await client.query('rollback')
    client.release()
  } catch {
    client.release(true)
  }
}
