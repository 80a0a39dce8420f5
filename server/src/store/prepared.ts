/**
 * Statements prepared once for each connection: PostgreSQL then parses a text once, and after a few runs plans it once.
 * An act sends the same handful of statements for ever, and their planning costs more than their running.
 * Only texts with parameters, and a bounded number of them: a text that varies (a list of any length) must not fill the
 * server's memory. Not for the embedded store, whose connections share one session and so one set of names.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

const maximumStatements = 300
const longestText = 4000

export function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined) return known
    if (text.length > longestText || names.size >= maximumStatements) return undefined
    const name = `avow_${names.size}`
    names.set(text, name)
    return name
  }
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const query = (text: string, values: readonly unknown[]) => {
        const name = values.length === 0 ? undefined : nameOf(text)
        return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
      }
      // Of the two overloads only this one is used: nothing of ours opens a cursor.
      const prepared = { query: query as unknown as PostgresPoolClient['query'], release: client.release.bind(client) }
      return prepared
    },
  }
}
