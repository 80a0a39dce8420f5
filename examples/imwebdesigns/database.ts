/**
 * Making the company's database: its tables, its constraints, and what of PostgreSQL this package asks for.
 * The driver is passed in: `pg`'s Client and PGlite both fit. Does not open or close connections.
 */
import { readFileSync } from 'node:fs'

/** As much of a PostgreSQL driver as the example needs. */
export interface Database {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>
}

function statementsOf(file: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  return text
    .split(/;\s*$/m)
    .map((statement) => statement.replace(/^\s*--.*$/gm, '').trim())
    .filter((statement) => statement !== '')
}

/** Makes the tables with their primary keys and comments, in the first schema of the search path. */
export async function createTables(database: Database): Promise<void> {
  for (const statement of statementsOf('./schema.sql')) await database.query(statement)
}

/** How many statements createConstraints runs, for whoever shows progress. */
export const constraintCount = (): number => statementsOf('./constraints.sql').length

/** Adds foreign keys, unique keys and indexes, one statement at a time. @param onEach called after each */
export async function createConstraints(database: Database, onEach: () => void = () => {}): Promise<void> {
  for (const statement of statementsOf('./constraints.sql')) {
    await database.query(statement)
    onEach()
  }
}
