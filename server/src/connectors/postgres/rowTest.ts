/**
 * A plan's row conditions as SQL. Every name is quoted, every value is a parameter, and a test that cannot hold for this
 * subject comes out as the word `false`, so that its statement need not be sent.
 * Conditions follow the paths from the row towards the subject by `in (select …)`, which the planner turns round: it
 * starts at the subject's own keys and walks the indexes, whatever the size of the tables.
 */
import { assertNever } from '@avow/core/errors'
import type { Scalar } from '@avow/core/map/document'
import type { Edge, Node } from '@avow/core/map/ownership'
import { leadsStraight, type RowTest } from '@avow/core/map/rowTest'
import { ringOf } from './ring.ts'
import {
  alias,
  and,
  bareType,
  column,
  or,
  parameter,
  referenceId,
  type Statement,
  tableName,
  typeOf,
} from './statement.ts'

/** @param at the alias of the row of `table` that is tested */
export function writeTest(statement: Statement, table: string, at: string, test: RowTest): string {
  switch (test.kind) {
    case 'mine':
      return writeMine(statement, table, at, test.nodes)
    case 'others':
      return or(test.nodes.map((node) => writeOthers(statement, at, node)))
    case 'pointsAt':
      return writePointsAt(statement, at, test.edge, test.test)
    case 'pointedAtBy':
      return writePointedAtBy(statement, at, test.edge, test.test)
    case 'held': {
      // A row whose clock has not started is held: a duty is not ended by a missing date.
      const from = column(at, test.keep.from)
      const days = parameter(statement, () => test.keep.days, 'int')
      const now = parameter(statement, ({ at }) => at.toISOString(), 'timestamptz')
      return `coalesce(${from}::timestamptz + make_interval(days => ${days}) > ${now}, true)`
    }
    case 'differs':
      return or(Object.entries(test.values).map(([name, value]) => writeDiffers(statement, table, at, name, value)))
    case 'all':
      return and(test.tests.map((each) => writeTest(statement, table, at, each)))
    case 'any':
      return or(test.tests.map((each) => writeTest(statement, table, at, each)))
    case 'not': {
      const inner = writeTest(statement, table, at, test.test)
      if (inner === 'false') return 'true'
      // Not `not (…)`: a comparison with null must not make a row vanish from both sides.
      return inner === 'true' ? 'false' : `(${inner}) is not true`
    }
    default:
      return assertNever(test)
  }
}

function writeDiffers(statement: Statement, table: string, at: string, name: string, value: Scalar): string {
  const here = column(at, name)
  if (value === null) return `${here} is not null`
  const type = typeOf(statement, table, name)
  if (type === 'json') return `${here}::text is distinct from ${parameter(statement, () => String(value), 'text')}`
  return `${here} is distinct from ${parameter(statement, () => String(value), type)}`
}

export function writeEquals(
  statement: Statement,
  at: string,
  where: Readonly<Record<string, Scalar>>,
  table: string,
): string {
  return and(
    Object.entries(where).map(([name, value]) => {
      const here = column(at, name)
      if (value === null) return `${here} is null`
      return `${here} = ${parameter(statement, () => String(value), typeOf(statement, table, name))}`
    }),
  )
}

const family = (type: string): string => {
  if (/^(smallint|integer|bigint|numeric)/.test(type)) return 'number'
  if (/^(text|character|citext|"char"|name)/.test(type) || type.endsWith('citext')) return 'text'
  return type
}

/**
 * Two columns made comparable: `[here, there]`. A text column that holds the number of a row (as polymorphic references
 * do) is compared as text, with only the other side converted, so that its own index serves.
 */
export function comparable(
  statement: Statement,
  here: readonly [table: string, at: string, name: string],
  there: readonly [table: string, at: string, name: string],
): [string, string] {
  const [a, b] = [family(typeOf(statement, here[0], here[2])), family(typeOf(statement, there[0], there[2]))]
  const [left, right] = [column(here[1], here[2]), column(there[1], there[2])]
  if (a === b) return [left, right]
  return [a === 'text' ? left : `${left}::text`, b === 'text' ? right : `${right}::text`]
}

/** `(a, b) in (select …)`. @param pairs this row's column with the other's */
function within(
  statement: Statement,
  here: readonly [table: string, at: string],
  there: readonly [table: string, at: string],
  pairs: readonly (readonly [string, string])[],
  condition: string,
): string {
  if (condition === 'false') return 'false'
  const sides = pairs.map(([a, b]) => comparable(statement, [...here, a], [...there, b]))
  const left = sides.map(([a]) => a).join(', ')
  const right = sides.map(([, b]) => b).join(', ')
  return `(${left}) in (select ${right} from ${tableName(statement, there[0])} ${there[1]} where ${condition})`
}

/** The row's columns are the key of one of the subject's rows. @param names this row's columns, in the order of the key */
export function isSubject(
  statement: Statement,
  table: string,
  at: string,
  names: readonly string[],
  subjects: string,
): string {
  const many = statement.present.get(subjects)
  if (many === undefined) return 'false'
  const keyColumns = statement.of.store.tables[subjects]?.key ?? []
  const sides = names.map((name, i) => {
    const [own, key] = [typeOf(statement, table, name), typeOf(statement, subjects, keyColumns[i]!)]
    const same = family(own) === family(key)
    const here = same || family(own) === 'text' ? column(at, name) : `${column(at, name)}::text`
    const type = same ? own : 'text'
    const value = many
      ? parameter(statement, ({ rows }) => rows[subjects]!.map((each) => each[i]), `${bareType(type)}[]`)
      : parameter(statement, ({ rows }) => rows[subjects]![0]![i], type)
    return [here, value] as const
  })
  if (!many) return and(sides.map(([here, value]) => `${here} = ${value}`))
  if (sides.length === 1) return `${sides[0]![0]} = any(${sides[0]![1]})`
  const listed = `select * from unnest(${sides.map(([, list]) => list).join(', ')})`
  return `(${sides.map(([here]) => here).join(', ')}) in (${listed})`
}

/** The row is the subject's at one of the nodes. */
export function writeMine(statement: Statement, table: string, at: string, nodes: readonly Node[]): string {
  const found = nodes.filter((node) => reaches(statement, node, new Set()))
  if (found.length <= 1) return found.length === 0 ? 'false' : writeMineAt(statement, at, found[0]!)
  // Columns of the row's own table are found by their indexes together.
  if (found.every((node) => node.path === undefined || leadsStraight(statement.of, node)))
    return or(found.map((node) => writeMineAt(statement, at, node)))
  // Otherwise not `or`: the planner would read the whole table. A union of keys starts from the subject on each side.
  const key = statement.of.store.tables[table]?.key ?? []
  const parts = found.map((node) => {
    const x = alias(statement)
    const own = writeMineAt(statement, x, node)
    return `select ${key.map((name) => column(x, name)).join(', ')} from ${tableName(statement, table)} ${x} where ${own}`
  })
  return `(${key.map((name) => column(at, name)).join(', ')}) in (${parts.join(' union all ')})`
}

/** Some path from the node leads to a row of this subject's. */
function reaches(statement: Statement, node: Node, seen: Set<Node>): boolean {
  if (seen.has(node)) return false
  seen.add(node)
  if (node.path === undefined) return statement.present.has(node.table)
  return node.to.some((next) => reaches(statement, next, seen))
}

export function writeMineAt(statement: Statement, at: string, node: Node): string {
  const { path, table } = node
  if (path === undefined) return isSubject(statement, table, at, statement.of.store.tables[table]?.key ?? [], table)
  if (ringOf(node).length > 0) return writeRing(statement, at, node)
  return and([writeStep(statement, at, node, node.to), writeEquals(statement, at, path.when ?? {}, table)])
}

/** One step of a node's path, to those of its targets that are given. */
function writeStep(statement: Statement, at: string, node: Node, to: readonly Node[]): string {
  const { table, path } = node
  if (path === undefined || to.length === 0) return 'false'
  if (leadsStraight(statement.of, node)) {
    const key = statement.of.store.tables[path.table]!.key
    const here = key.map((name) => Object.keys(path.on).find((own) => path.on[own] === name)!)
    return isSubject(statement, table, at, here, path.table)
  }
  const y = alias(statement)
  const condition = and([
    writeEquals(statement, y, path.where ?? {}, path.table),
    writeMine(statement, path.table, y, to),
  ])
  return within(statement, [table, at], [path.table, y], Object.entries(path.on), condition)
}

/** Columns of a key as one array of text, for rows of several tables in one set. */
const keyArray = (statement: Statement, table: string, at: string) =>
  `array[${(statement.of.store.tables[table]?.key ?? []).map((name) => `${column(at, name)}::text`).join(', ')}]`

/** Equality of a row's key with such an array, index and all. */
const keyIs = (statement: Statement, table: string, at: string, array: string) =>
  (statement.of.store.tables[table]?.key ?? [])
    .map((name, i) => `${column(at, name)} = (${array})[${i + 1}]::${typeOf(statement, table, name)}`)
    .join(' and ')

/** Join of a node's table to the table its path leads to, with the path's own conditions. */
function joined(statement: Statement, node: Node, x: string, y: string): string {
  const path = node.path!
  const pairs = Object.entries(path.on).map(([a, b]) =>
    comparable(statement, [node.table, x, a], [path.table, y, b]).join(' = '),
  )
  const own = [
    writeEquals(statement, x, path.when ?? {}, node.table),
    writeEquals(statement, y, path.where ?? {}, path.table),
  ]
  return and([...pairs, ...own])
}

/**
 * Ownership that comes back to itself (a folder in a folder; two tables that point at each other): the least set of
 * rows closed under the paths of the ring, from the rows where it is entered.
 */
function writeRing(statement: Statement, at: string, node: Node): string {
  const ring = ringOf(node)
  const tag = (each: Node) => ring.indexOf(each)
  const seeds = ring.flatMap((each) => {
    const x = alias(statement)
    const outside = each.to.filter((next) => !ring.includes(next))
    const step = and([
      writeStep(statement, x, each, outside),
      writeEquals(statement, x, each.path?.when ?? {}, each.table),
    ])
    if (step === 'false') return []
    return [
      `select ${tag(each)}, ${keyArray(statement, each.table, x)} from ${tableName(statement, each.table)} ${x} where ${step}`,
    ]
  })
  if (seeds.length === 0) return 'false'
  const [own, o, s] = [alias(statement), alias(statement), alias(statement)]
  const steps = ring.flatMap((each) =>
    each.to
      .filter((next) => ring.includes(next))
      .map((next) => {
        const [x, y] = [alias(statement), alias(statement)]
        const from = `${tableName(statement, each.table)} ${x} join ${tableName(statement, next.table)} ${y} on ${joined(statement, each, x, y)}`
        const here = `${o}.tag = ${tag(next)} and ${keyIs(statement, next.table, y, `${o}.k`)}`
        return `select ${tag(each)} as tag, ${keyArray(statement, each.table, x)} as k from ${from} where ${here}`
      }),
  )
  const recursive = `${seeds.join(' union all ')}) union select ${s}.tag, ${s}.k from ${own} ${o} cross join lateral (${steps.join(' union all ')}) ${s}`
  const key = statement.of.store.tables[node.table]?.key ?? []
  const typed = key.map((name, i) => `k[${i + 1}]::${typeOf(statement, node.table, name)}`).join(', ')
  const left = key.map((name) => column(at, name)).join(', ')
  return `(${left}) in (with recursive ${own}(tag, k) as ((${recursive}) select ${typed} from ${own} where tag = ${tag(node)})`
}

/** The row is, at the node, a subject's who is not this one. */
function writeOthers(statement: Statement, at: string, node: Node): string {
  const { path, table } = node
  if (path === undefined) {
    const own = isSubject(statement, table, at, statement.of.store.tables[table]?.key ?? [], table)
    return own === 'false' ? 'true' : `(${own}) is not true`
  }
  if (ringOf(node).length > 0) return writeRingOthers(statement, at, node)
  const when = writeEquals(statement, at, path.when ?? {}, table)
  return and([when, writeOthersStep(statement, at, node, node.to)])
}

function writeOthersStep(statement: Statement, at: string, node: Node, to: readonly Node[]): string {
  const path = node.path!
  const pairs = Object.entries(path.on)
  if (
    leadsStraight(statement.of, node) &&
    statement.catalogue.enforced.has(referenceId(node.table, path.table, pairs))
  ) {
    // Whatever is there is a row of some subject: no need to go and look.
    const key = statement.of.store.tables[path.table]!.key
    const here = key.map((name) => pairs.find(([, theirs]) => theirs === name)![0])
    const own = isSubject(statement, node.table, at, here, path.table)
    const there = here.map((name) => `${column(at, name)} is not null`)
    return and([...there, own === 'false' ? 'true' : `(${own}) is not true`])
  }
  const y = alias(statement)
  const there = or(to.map((next) => writeOthers(statement, y, next)))
  if (there === 'false') return 'false'
  const condition = and([joined(statement, node, at, y), there])
  return `exists (select from ${tableName(statement, path.table)} ${y} where ${condition})`
}

/** The same round a ring: from this row towards all its subjects, looking for one that is not this. */
function writeRingOthers(statement: Statement, at: string, node: Node): string {
  const ring = ringOf(node)
  const tag = (each: Node) => ring.indexOf(each)
  const [up, u, s] = [alias(statement), alias(statement), alias(statement)]
  const steps = ring.flatMap((each) =>
    each.to
      .filter((next) => ring.includes(next))
      .map((next) => {
        const [x, y] = [alias(statement), alias(statement)]
        const from = `${tableName(statement, each.table)} ${x} join ${tableName(statement, next.table)} ${y} on ${joined(statement, each, x, y)}`
        return `select ${tag(next)} as tag, ${keyArray(statement, next.table, y)} as k from ${from} where ${u}.tag = ${tag(each)} and ${keyIs(statement, each.table, x, `${u}.k`)}`
      }),
  )
  const exits = ring.flatMap((each) => {
    const outside = each.to.filter((next) => !ring.includes(next))
    if (outside.length === 0) return []
    const x = alias(statement)
    const when = writeEquals(statement, x, each.path?.when ?? {}, each.table)
    const step = and([keyIs(statement, each.table, x, `${u}.k`), when, writeOthersStep(statement, x, each, outside)])
    return [`${u}.tag = ${tag(each)} and exists (select from ${tableName(statement, each.table)} ${x} where ${step})`]
  })
  const walk = `select ${tag(node)}, ${keyArray(statement, node.table, at)} union select ${s}.tag, ${s}.k from ${up} ${u} cross join lateral (${steps.join(' union all ')}) ${s}`
  return `exists (with recursive ${up}(tag, k) as (${walk}) select from ${up} ${u} where ${or(exits)})`
}

function writePointsAt(statement: Statement, at: string, edge: Edge, test: RowTest): string {
  const g = alias(statement)
  const there = and([
    writeEquals(statement, g, edge.targetWhere, edge.target),
    writeTest(statement, edge.target, g, test),
  ])
  const pairs = edge.holderColumns.map((name, i) => [name, edge.targetColumns[i]!] as const)
  return and([
    within(statement, [edge.holder, at], [edge.target, g], pairs, there),
    writeEquals(statement, at, edge.holderWhere, edge.holder),
  ])
}

function writePointedAtBy(statement: Statement, at: string, edge: Edge, test: RowTest): string {
  const h = alias(statement)
  const pairs = edge.holderColumns.map((name, i) =>
    comparable(statement, [edge.holder, h, name], [edge.target, at, edge.targetColumns[i]!]).join(' = '),
  )
  const there = and([
    ...pairs,
    writeEquals(statement, h, edge.holderWhere, edge.holder),
    writeTest(statement, edge.holder, h, test),
  ])
  if (there === 'false') return 'false'
  const here = writeEquals(statement, at, edge.targetWhere, edge.target)
  return and([here, `exists (select from ${tableName(statement, edge.holder)} ${h} where ${there})`])
}
