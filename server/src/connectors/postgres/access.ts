/**
 * A subject's answer out of PostgreSQL: each owned table in turn, in key order, through a cursor, so that memory is the
 * same for ten rows and for a million. Another owner's columns are left out by the database and never reach us.
 */
import type { AccessStep } from '@avow/core/map/plan'
import { differs, leadsStraight } from '@avow/core/map/rowTest'
import pg from 'pg'
import type { AccessBatch, GivenRow } from '../connector.ts'
import type { PostgresClient } from './client.ts'
import { readPortal } from './portal.ts'
import { comparable, writeEquals, writeMineAt, writeTest } from './rowTest.ts'
import {
  alias,
  and,
  column,
  finish,
  or,
  parameter,
  type Statement,
  tableName,
  type Writer,
  type Written,
} from './statement.ts'

/** A batch is at most this many rows, and about this many characters. */
const batchRows = 1000
const batchCharacters = 4_000_000

export async function* readAnswer(
  client: PostgresClient,
  store: string,
  step: AccessStep,
  writer: Writer,
): AsyncIterable<AccessBatch> {
  const query = writer.write(`access ${step.table}`, (statement) => writeAnswer(statement, step))
  if (query === undefined) return
  const of = { store, table: step.table, context: step.context, columns: step.columns }
  let size = batchRows
  for await (const rows of readPortal(client, query, parserOf, () => size)) {
    const characters = rows.reduce((sum, row) => sum + row.reduce<number>((n, value) => n + lengthOf(value), 0), 0)
    size = Math.max(1, Math.min(batchRows, Math.floor((batchCharacters * rows.length) / (characters + 1))))
    yield { of, rows: rows.map((row) => readRow(step, row)) }
  }
}

const lengthOf = (value: unknown): number =>
  typeof value === 'string'
    ? value.length
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value).length
      : 8

/** Columns of the statement: the key, a flag for each owner (where there are several), the values, whether hidden, what is reached. */
function writeAnswer(statement: Statement, step: AccessStep): Written | undefined {
  const t = alias(statement)
  const test = writeTest(statement, step.table, t, step.test)
  if (test === 'false') return undefined
  const named = step.nodes.length > 1
  const f = alias(statement)
  // Flags read off the row itself are written where they are asked for; others are worked out once a row.
  const plain = step.nodes.every((node) => node.path === undefined || leadsStraight(statement.of, node))
  const flags = named ? step.nodes.map((node) => `(${writeMineAt(statement, t, node)}) is true`) : []
  const flag = (i: number) => (plain ? flags[i]! : `${f}.${flagName(i)}`)
  const visible = step.columns.map(({ of }) => {
    if (of === undefined || !named) return 'true'
    return or(step.nodes.flatMap((node, i) => (of.includes(node.owner) ? [flag(i)] : [])))
  })
  const values = step.columns.map(({ column: name }, i) => {
    const value = column(t, name)
    return visible[i] === 'true' ? value : visible[i] === 'false' ? 'null' : `case when ${visible[i]} then ${value} end`
  })
  const { emptied } = step
  const something =
    emptied === undefined
      ? 'true'
      : or(
          step.columns.map(({ column: name }, i) =>
            and([visible[i]!, writeTest(statement, step.table, t, differs({ [name]: emptied[name]! }))]),
          ),
        )
  const reached = step.reached.map(({ name, link }) => {
    const g = alias(statement)
    const pairs = Object.entries(link.on).map(([a, b]) =>
      comparable(statement, [step.table, t, a], [link.table, g, b]).join(' = '),
    )
    const on = and([
      ...pairs,
      writeEquals(statement, t, link.when ?? {}, step.table),
      writeEquals(statement, g, link.where ?? {}, link.table),
    ])
    const pairsOf = (link.give ?? []).map((each) => `${parameter(statement, () => each, 'text')}, ${column(g, each)}`)
    return {
      name,
      value: `case when ${Object.values(link.on)
        .map((each) => `${column(g, each)} is not null`)
        .join(' and ')} then jsonb_build_object(${pairsOf.join(', ')}) end`,
      join: `left join ${tableName(statement, link.table)} ${g} on ${on}`,
    }
  })
  const list = [
    `array[${step.key.map((name) => `${column(t, name)}::text`).join(', ')}]`,
    ...(named ? step.nodes.map((_, i) => flag(i)) : []),
    ...values,
    ...(step.softDelete === undefined ? [] : [writeHidden(column(t, step.softDelete), statement, step)]),
    ...reached.map(({ value }) => value),
  ]
  // `offset 0` keeps the flags from being worked out again for each column that asks for one.
  const once = flags.map((text, i) => `${text} as ${flagName(i)}`)
  const owners = named && !plain ? `cross join lateral (select ${once.join(', ')} offset 0) ${f}` : ''
  const joins = reached.map(({ join }) => join).join(' ')
  const order = step.key.map((name) => column(t, name)).join(', ')
  return finish(
    statement,
    `select ${list.join(', ')} from ${tableName(statement, step.table)} ${t} ${owners} ${joins} where ${and([test, something])} order by ${order}`,
  )
}

const flagName = (index: number) => `o${index}`

/** Hidden: a flag that is true, or a time that is there. */
function writeHidden(name: string, statement: Statement, step: AccessStep): string {
  const type = statement.catalogue.types.get(step.table)?.get(step.softDelete ?? '')
  return type === 'boolean' ? `${name} is true` : `${name} is not null`
}

function readRow(step: AccessStep, row: readonly unknown[]): GivenRow {
  let next = 0
  // The statement's own shape, as written above: an array of text, then flags, then values.
  const key = row[next++] as string[]
  const named = step.nodes.length > 1
  const as = named ? step.nodes.filter(() => row[next++] === true).map((node) => node.owner) : [step.nodes[0]!.owner]
  const values: Record<string, unknown> = {}
  const redacted: string[] = []
  for (const { column: name, of } of step.columns) {
    const value = row[next++]
    if (of === undefined || of.some((owner) => as.includes(owner))) values[name] = value
    else redacted.push(name)
  }
  const hidden = step.softDelete !== undefined && row[next++] === true
  const reached: Record<string, Record<string, unknown>> = {}
  for (const { name } of step.reached) {
    const value = row[next++]
    // jsonb_build_object, or null where the link leads nowhere.
    if (value !== null) reached[name] = value as Record<string, unknown>
  }
  return {
    key,
    as,
    values,
    redacted,
    ...(hidden ? { softDeleted: true as const } : {}),
    ...(Object.keys(reached).length > 0 ? { reached } : {}),
  }
}

/** Parsed as they are, without loss: what JSON can hold exactly, lists and JSON itself; everything else as text. */
const parsed = new Set([16, 21, 23, 114, 700, 701, 3802, 199, 1000, 1005, 1007, 1009, 1015, 3807])
const parserOf = (type: number): ((text: string) => unknown) =>
  parsed.has(type) ? pg.types.getTypeParser(type, 'text') : asIs
const asIs = (text: string): string => text
