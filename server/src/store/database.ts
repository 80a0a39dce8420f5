/**
 * The one holder of the database: `transaction` and `close` are the only ways in.
 * A transaction that PostgreSQL itself undid to let another through (40001, 40P01) is run again, so `use` does nothing
 * outside the database. Opening a transaction inside another would hang on the embedded store: it is refused on both.
 * Does not: make tables (migrate.ts), or hold any query.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout } from 'node:timers/promises'
import { AvowError } from '@avow/core/errors'
import { Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { startEmbedded } from './embedded.ts'
import { explainFailure, isPassing } from './failure.ts'
import type { Schema } from './schema.ts'

export type Tx = Transaction<Schema>

export interface Database {
  /** Runs `use` in one transaction: all of it is done, or none. @throws what `use` throws, after undoing it */
  transaction<T>(use: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type Place = { readonly url: string } | { readonly folder: string }

export interface DatabaseOptions {
  /** Connections held at most; 10 unless told. */
  readonly connections?: number
  /** Told once what the embedded store does not promise; and when its upkeep fails. */
  readonly say?: (line: string) => void
  /** Stands between Kysely and the pool: for tests that make statements fail. */
  readonly wrap?: (pool: PostgresPool) => PostgresPool
}

const attempts = 5
const upkeepMs = 5 * 60_000
const oldest = 15

/**
 * Opens the store: a PostgreSQL of version 15 or later by its URL, or the embedded one in a folder.
 * @throws AvowError STORE_UNAVAILABLE, STORE_LOCKED or STORE_FULL
 */
export async function openDatabase(place: Place, options: DatabaseOptions = {}): Promise<Database> {
  if ('url' in place) return connect(place.url, nameOf(place.url), options)
  const embedded = await startEmbedded(place)
  options.say?.('embedded store: for one machine, without power-loss guarantees; set DATABASE_URL for production')
  try {
    const database = await connect(embedded.url, `the embedded store in \`${place.folder}\``, options)
    const upkeep = keepUp(embedded.url, options.say)
    return {
      async transaction(use) {
        try {
          return await database.transaction(use)
        } catch (error) {
          if (!(error instanceof AvowError && error.code === 'STORE_UNAVAILABLE')) throw error
          // The connection ended because the store did, or is about to: its own reason says more.
          const reason = await Promise.race([embedded.ended, setTimeout(1000, error, { ref: false })])
          throw reason
        }
      },
      async close() {
        await upkeep.stop()
        await database.close()
        await embedded.close()
      },
    }
  } catch (error) {
    await embedded.close()
    throw error
  }
}

async function connect(url: string, place: string, options: DatabaseOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser },
  })
  // A connection that dies: the pool replaces it, and the statement that runs, or else the next one, tells. Unheard, the
  // event would end the process; the pool hears it for idle connections only.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const kysely = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: options.wrap?.(pool) ?? pool }),
  })
  const inside = new AsyncLocalStorage<true>()

  async function once<T>(use: (tx: Tx) => Promise<T>): Promise<T> {
    return await kysely.transaction().execute((tx) => inside.run(true, () => use(tx)))
  }

  async function transaction<T>(use: (tx: Tx) => Promise<T>): Promise<T> {
    if (inside.getStore()) throw new Error('internal: a transaction was opened inside another: pass `tx` on instead')
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(use)
      } catch (error) {
        if (attempt >= attempts || !isPassing(error)) throw explainFailure(error, place)
        await setTimeout(2 ** attempt + attempt)
      }
    }
  }

  try {
    await transaction((tx) => requireVersion(tx, place))
  } catch (error) {
    await kysely.destroy()
    throw error
  }
  return { transaction, close: () => kysely.destroy() }
}

async function requireVersion(tx: Tx, place: string): Promise<void> {
  const { rows } = await sql<{ number: string }>`select current_setting('server_version_num') as number`.execute(tx)
  const version = Math.floor(Number(rows[0]?.number) / 10_000)
  if (version >= oldest) return
  throw new AvowError('STORE_UNAVAILABLE', `${place} is PostgreSQL ${version}: version ${oldest} or later is needed`)
}

/** int8 as a number: ours are indexes and counts below 2^53. All else as the driver does. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === pg.types.builtins.INT8) return Number
  return pg.types.getTypeParser(oid, format as 'text')
}

/** The address without user and password. */
function nameOf(url: string): string {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new AvowError('STORE_UNAVAILABLE', 'the address of the store is not of the form `postgres://host/database`')
  }
  const { host, pathname } = new URL(url)
  return `PostgreSQL at \`${host}${pathname}\``
}

/** Nothing else tends an embedded store: it is checkpointed and vacuumed here, between transactions. */
function keepUp(url: string, say: DatabaseOptions['say']): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = tend(url).catch(() => say?.('embedded store: upkeep failed; it is tried again in five minutes'))
  }, upkeepMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

/** One upkeep of an embedded store. */
export async function tend(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}
