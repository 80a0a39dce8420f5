/**
 * Which rows of a table a step is about: a condition on one row, as data. Connectors write it in their own language.
 * `reads` tells what a condition looks at, so that the order of steps can keep it true until its turn.
 */
import { assertNever } from '../errors.ts'
import type { Keep, Scalar } from './document.ts'
import type { Edge, Node, Ownership } from './ownership.ts'

export type RowTest =
  /** The row is the subject's, at one of these nodes of its table. */
  | { readonly kind: 'mine'; readonly nodes: readonly Node[] }
  /** The row is, at one of these nodes, some subject's who is not this one. */
  | { readonly kind: 'others'; readonly nodes: readonly Node[] }
  /** Along the edge the row (of its holder) points at a row that passes. */
  | { readonly kind: 'pointsAt'; readonly edge: Edge; readonly test: RowTest }
  /** Along the edge a row (of its holder) that passes points at this one. */
  | { readonly kind: 'pointedAtBy'; readonly edge: Edge; readonly test: RowTest }
  /** The duty to keep the row still runs. */
  | { readonly kind: 'held'; readonly keep: Keep }
  /** Some column does not have this value yet. */
  | { readonly kind: 'differs'; readonly values: Readonly<Record<string, Scalar>> }
  | { readonly kind: 'all'; readonly tests: readonly RowTest[] }
  | { readonly kind: 'any'; readonly tests: readonly RowTest[] }
  | { readonly kind: 'not'; readonly test: RowTest }

export const always: RowTest = { kind: 'all', tests: [] }
export const never: RowTest = { kind: 'any', tests: [] }

export const isNever = (test: RowTest): boolean => test.kind === 'any' && test.tests.length === 0
export const isAlways = (test: RowTest): boolean => test.kind === 'all' && test.tests.length === 0

export function all(...tests: readonly RowTest[]): RowTest {
  const parts = tests.flatMap((test) => (test.kind === 'all' ? test.tests : [test]))
  if (parts.some(isNever)) return never
  return parts.length === 1 ? parts[0]! : { kind: 'all', tests: parts }
}

export function any(...tests: readonly RowTest[]): RowTest {
  const parts = tests.flatMap((test) => (test.kind === 'any' ? test.tests : [test]))
  if (parts.some(isAlways)) return always
  return parts.length === 1 ? parts[0]! : { kind: 'any', tests: parts }
}

export function not(test: RowTest): RowTest {
  if (isNever(test)) return always
  if (isAlways(test)) return never
  return test.kind === 'not' ? test.test : { kind: 'not', test }
}

export const mine = (nodes: readonly Node[]): RowTest => (nodes.length === 0 ? never : { kind: 'mine', nodes })
export const others = (nodes: readonly Node[]): RowTest => (nodes.length === 0 ? never : { kind: 'others', nodes })
export const pointsAt = (edge: Edge, test: RowTest): RowTest =>
  isNever(test) ? never : { kind: 'pointsAt', edge, test }
export const pointedAtBy = (edge: Edge, test: RowTest): RowTest =>
  isNever(test) ? never : { kind: 'pointedAtBy', edge, test }
export const differs = (values: Readonly<Record<string, Scalar>>): RowTest =>
  Object.keys(values).length === 0 ? never : { kind: 'differs', values }

/** `own`: columns of the row itself. `beyond`: columns of other rows, by table. */
export interface Reads {
  readonly own: ReadonlySet<string>
  readonly beyond: ReadonlyMap<string, ReadonlySet<string>>
}

export function reads(of: Ownership, test: RowTest): Reads {
  const own = new Set<string>()
  const beyond = new Map<string, Set<string>>()
  const visited = new Set<string>()
  /** @param table the table of rows beyond that the test is about; undefined for the row itself */
  const look = (table: string | undefined, columns: readonly string[]) => {
    const into = table === undefined ? own : (beyond.get(table) ?? beyond.set(table, new Set()).get(table)!)
    for (const column of columns) into.add(column)
  }
  const node = (at: string | undefined, each: Node) => {
    const mark = `${at ?? ''}\n${each.table}\n${each.owner}`
    if (visited.has(mark)) return
    visited.add(mark)
    const path = each.path
    if (path === undefined) {
      look(at, of.store.tables[each.table]?.key ?? [])
      return
    }
    look(at, [...Object.keys(path.on), ...Object.keys(path.when ?? {})])
    const direct = leadsStraight(of, each)
    if (!direct) look(path.table, [...Object.values(path.on), ...Object.keys(path.where ?? {})])
    if (!direct) for (const next of each.to) node(path.table, next)
  }
  const walk = (at: string | undefined, each: RowTest): void => {
    switch (each.kind) {
      case 'mine':
        for (const one of each.nodes) node(at, one)
        break
      case 'others':
        // INVARIANT: an erasure changes nothing of what other subjects own, so no step of it changes the answer here.
        break
      case 'pointsAt':
        look(at, [...each.edge.holderColumns, ...Object.keys(each.edge.holderWhere)])
        look(each.edge.target, [...each.edge.targetColumns, ...Object.keys(each.edge.targetWhere)])
        walk(each.edge.target, each.test)
        break
      case 'pointedAtBy':
        look(at, [...each.edge.targetColumns, ...Object.keys(each.edge.targetWhere)])
        look(each.edge.holder, [...each.edge.holderColumns, ...Object.keys(each.edge.holderWhere)])
        walk(each.edge.holder, each.test)
        break
      case 'held':
        look(at, [each.keep.from])
        break
      case 'differs':
        look(at, Object.keys(each.values))
        break
      case 'all':
      case 'any':
        for (const part of each.tests) walk(at, part)
        break
      case 'not':
        walk(at, each.test)
        break
      default:
        assertNever(each)
    }
  }
  walk(undefined, test)
  return { own, beyond }
}

/** The path holds the subject's own key: it leads to its row without looking at it. */
export function leadsStraight(of: Ownership, node: Node): boolean {
  const { path } = node
  const target = path === undefined ? undefined : of.store.tables[path.table]
  if (path === undefined || target?.subject === undefined || Object.keys(path.where ?? {}).length > 0) return false
  const to = Object.values(path.on)
  return target.key.length === to.length && target.key.every((column) => to.includes(column))
}
