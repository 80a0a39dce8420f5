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
 * printed one way, statements that run once are not compiled, and row-level security that would hide rows is an error,
 * not an answer with rows missing. Said once on each connection, so a pool is the connector's alone.
 */
function settings(home: string, timeoutMs: number): string {
  return `set search_path = pg_catalog, ${quoteName(home)}; set statement_timeout = ${Math.ceil(timeoutMs)};
set idle_in_transaction_session_timeout = 0; set row_security = off; set jit = off;
set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'iso_8601';
set bytea_output = 'hex'; set extra_float_digits = 1`
}

const settled = new WeakMap<PostgresClient, string>()

async function connect(pool: PostgresPool, home: string, timeoutMs: number): Promise<PostgresClient> {
  const client = await pool.connect()
  const wanted = settings(home, timeoutMs)
  if (settled.get(client) === wanted) return client
  try {
    await client.query(wanted)
    settled.set(client, wanted)
    return client
  } catch (error) {
    client.release(true)
    throw error
  }
}

const begin = {
  read: 'begin isolation level repeatable read read only',
  write: 'begin isolation level repeatable read',
}

/** Runs `work` in no transaction: for statements of which each stands for itself, and that only read. */
export async function withConnection<T>(
  pool: PostgresPool,
  home: string,
  timeoutMs: number,
  work: (client: PostgresClient) => Promise<T>,
): Promise<T> {
  const client = await connect(pool, home, timeoutMs)
  try {
    return await work(client)
  } finally {
    client.release()
  }
}

/** Runs `work` in one transaction; whatever it throws, nothing of it stays. */
export async function inTransaction<T>(
  pool: PostgresPool,
  mode: 'read' | 'write',
  home: string,
  timeoutMs: number,
  work: (client: PostgresClient) => Promise<T>,
): Promise<T> {
  const client = await connect(pool, home, timeoutMs)
  try {
    await client.query(begin[mode])
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
  const client = await connect(pool, home, timeoutMs)
  let ended = false
  try {
    await client.query(begin.read)
    yield* work(client)
    await client.query('commit')
    ended = true
  } finally {
    if (ended) client.release()
    else await leave(client)
  }
}

/** A connection on which something failed or was left half read is not used again. */
async function leave(client: PostgresClient): Promise<void> {
  try {
    await client.query('rollback')
  } catch {
    // It is given up all the same; the error that led here is the one to tell.
  }
  client.release(true)
}
