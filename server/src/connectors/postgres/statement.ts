/**
 * One SQL statement being written: its names quoted, its values parameters, written once for all subjects that have rows
 * in the same tables, and bound to one subject when it is sent.
 * Does not: know what it says; rowTest.ts, access.ts and erase.ts do.
 */
import type { Ownership } from '@avow/core/map/ownership'
import type { Key } from '@avow/core/map/subject'
import { quoteName, quoteTable } from './client.ts'

/** What statements need to know of the schema as it stands. */
export interface Catalogue {
  /** Table → column → type, as the store prints it. */
  readonly types: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** References the store itself holds to, as `referenceId` writes them: what points there is never left dangling. */
  readonly enforced: ReadonlySet<string>
  /** Tables kept in parts, whose rows have no address of their own in the whole. */
  readonly partitioned: ReadonlySet<string>
}

export const referenceId = (table: string, target: string, pairs: readonly (readonly [string, string])[]): string =>
  JSON.stringify([table, target, pairs.map((pair) => [...pair]).sort()])

/** Whom and when a statement is sent for. */
export interface Bound {
  /** Table of subjects → keys of the subject. */
  readonly rows: Readonly<Record<string, readonly Key[]>>
  readonly at: Date
}

type Parameter = (bound: Bound) => unknown

/** One statement being written: for every subject that has rows in these tables. */
export interface Statement {
  readonly of: Ownership
  readonly catalogue: Catalogue
  /** Tables of subjects in which the subject has rows, and whether more than one. */
  readonly present: ReadonlyMap<string, boolean>
  readonly parameters: Parameter[]
  aliases: number
}

export interface Written {
  /** Its own, so that a connection need only be told it once. */
  readonly name: string
  readonly text: string
  readonly parameters: readonly Parameter[]
}

export interface Query {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

/** Writes statements for one subject. */
export interface Writer {
  /** @param id the same id writes the same statement, so it need only be written once; undefined: it finds nothing */
  write(id: string, make: (statement: Statement) => Written | undefined): Query | undefined
}

/** @param known statements already written, kept between subjects */
export function writerFor(
  of: Ownership,
  catalogue: Catalogue,
  bound: Bound,
  known: Map<string, Written | undefined>,
): Writer {
  const present = new Map(
    Object.entries(bound.rows).flatMap(([table, keys]) => (keys.length > 0 ? [[table, keys.length > 1] as const] : [])),
  )
  const mark = JSON.stringify([...present].sort())
  return {
    write(id, make) {
      const full = `${id}\n${mark}`
      if (!known.has(full)) known.set(full, make({ of, catalogue, present, parameters: [], aliases: 0 }))
      const written = known.get(full)
      return (
        written && { name: written.name, text: written.text, values: written.parameters.map((each) => each(bound)) }
      )
    },
  }
}

export const alias = (statement: Statement): string => `t${statement.aliases++}`

const mark = '\u0001'
const marks = new RegExp(`${mark}(\\d+)${mark}`, 'g')

/** A mark no quoted name can hold (`quoteName`); `finish` makes a parameter of it. */
export function parameter(statement: Statement, value: Parameter, type?: string): string {
  statement.parameters.push(value)
  return `${mark}${statement.parameters.length - 1}${mark}${type === undefined ? '' : `::${bareType(type)}`}`
}

let statements = 0

/** The statement as it is sent: parameters numbered, those of conditions that fell away dropped. */
export function finish(statement: Statement, text: string): Written {
  const parameters: Parameter[] = []
  const numbered = text.replaceAll(marks, (_, index: string) => {
    parameters.push(statement.parameters[Number(index)]!)
    return `$${parameters.length}`
  })
  return { name: `avow_${statements++}`, text: numbered, parameters }
}

/** Without its length: a cast to `varchar(3)` would cut a longer value to fit, and so find somebody else. */
export function bareType(type: string): string {
  return type
    .replace(/\(\d+(,-?\d+)?\)/, '')
    .replace(/^character(?! varying)/, 'bpchar')
    .replace(/^bit(?! varying)/, 'varbit')
}

export const tableName = (statement: Statement, table: string): string =>
  quoteTable(statement.of.store.schema ?? 'public', table)

export const column = (at: string, name: string): string => `${at}.${quoteName(name)}`

export function typeOf(statement: Statement, table: string, name: string): string {
  return statement.catalogue.types.get(table)?.get(name) ?? 'text'
}

export function and(parts: readonly string[]): string {
  const left = parts.filter((part) => part !== 'true')
  if (left.includes('false')) return 'false'
  return left.length === 0 ? 'true' : left.join(' and ')
}

export function or(parts: readonly string[]): string {
  const left = parts.filter((part) => part !== 'false')
  if (left.includes('true')) return 'true'
  if (left.length === 0) return 'false'
  return left.length === 1 ? left[0]! : `(${left.map((part) => `(${part})`).join(' or ')})`
}
