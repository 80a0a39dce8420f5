/**
 * Canaries: texts that stand nowhere else, planted where a person's words go, and the search of a raw dump for them:
 * as they are, in other letters, in hexadecimal, in base64 at each alignment, and within a bytea, which a dump shows in
 * hexadecimal.
 */
import { randomBytes } from 'node:crypto'
import type { Tx } from '@avow/server/store/database'
import { sql } from 'kysely'

/** At least 16 characters that no other canary shares. */
export function canary(of: string): string {
  return `Canary-${of}-${randomBytes(9).toString('hex')}`
}

/** Every row of every table of ours as PostgreSQL writes it. */
export async function dumpAll(tx: Tx): Promise<{ readonly table: string; readonly row: string }[]> {
  const tables = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('avow', 'avow_keys') order by 1, 2`.execute(tx)
  const dump: { table: string; row: string }[] = []
  for (const { schema, name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(
      tx,
    )
    for (const { row } of rows) dump.push({ table: `${schema}.${name}`, row })
  }
  return dump
}

/** Tables in whose dump a canary can be read in any form. */
export function findCanaries(dump: readonly { table: string; row: string }[], canaries: readonly string[]): string[] {
  const forms = canaries.flatMap(formsOf)
  return dump.filter(({ row }) => isFound(row, forms)).map(({ table }) => table)
}

function isFound(row: string, forms: readonly string[]): boolean {
  const texts = [row.toLowerCase(), row]
  return forms.some((form) => texts.some((text) => text.includes(form)))
}

function formsOf(text: string): string[] {
  const forms: string[] = []
  for (const each of [text, text.toLowerCase(), text.toUpperCase()]) {
    const bytes = Buffer.from(each)
    const base64 = [0, 1, 2].map((shift) => {
      const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
      // What hangs on neighbouring bytes is cut off at both ends.
      return shifted.slice(Math.ceil((shift * 8) / 6), -4)
    })
    const inner = [each, bytes.toString('hex'), ...base64]
    // Once more as bytes: a bytea that holds any of these as text.
    forms.push(...inner, ...inner.map((form) => Buffer.from(form).toString('hex')))
  }
  return forms
}
