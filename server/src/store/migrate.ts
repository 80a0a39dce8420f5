/**
 * Brings the store to the newest schema: every missing migration, in order, in one transaction.
 * Two that start at once wait for each other on the table of migrations; the second finds nothing to do.
 */
import { AvowError } from '@avow/core/errors'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { migrations } from './migrations.ts'

/**
 * @returns the names of what was run; empty where nothing was missing
 * @throws AvowError STORE_UNAVAILABLE where the store has a migration this version does not know
 */
export async function migrate(database: Database, now: () => Date = () => new Date()): Promise<readonly string[]> {
  // Two at once may both find `if not exists` true, and one of them fails: asked again, it finds the other's work.
  await prepare(database).catch(() => prepare(database))
  return database.transaction(async (tx) => {
    await sql`lock table avow.migration in exclusive mode`.execute(tx)
    const rows = await tx.selectFrom('avow.migration').select('name').execute()
    const known = new Set(migrations.map(({ name }) => name))
    const strange = rows.find(({ name }) => !known.has(name))
    if (strange) {
      throw new AvowError(
        'STORE_UNAVAILABLE',
        `the store was made by a newer Avow (\`${strange.name}\`): use that version or a later one`,
      )
    }
    const done = new Set(rows.map(({ name }) => name))
    const missing = migrations.filter(({ name }) => !done.has(name))
    for (const { name, statements } of missing) {
      for (const statement of statements) await sql.raw(statement).execute(tx)
      await tx.insertInto('avow.migration').values({ name, applied_at: now() }).execute()
    }
    return missing.map(({ name }) => name)
  })
}

async function prepare(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await sql`create schema if not exists avow`.execute(tx)
    await sql`create table if not exists avow.migration (name text primary key, applied_at timestamptz not null)`.execute(
      tx,
    )
  })
}
