/**
 * What an answer and an erasure are, over one store: plans, as data, the same for every subject. Pure.
 * A plan is a list of sets of rows with what is done to each, one statement a table a step; the connector writes the
 * statements. `planAccess` only gives what is owned; `planErasure` only touches what is owned, and links that point at it.
 * Does not: judge the map (check.ts); a plan of a map that does not pass the check means nothing.
 */
import type { Keep, Link, Scalar } from './document.ts'
import { endTogether } from './endTogether.ts'
import { orderSteps } from './order.ts'
import {
  cutColumns,
  type Edge,
  erasedValue,
  type Node,
  type OwnedTable,
  type Ownership,
  type PersonalColumn,
} from './ownership.ts'
import {
  all,
  always,
  any,
  differs,
  isNever,
  mine,
  never,
  not,
  others,
  pointedAtBy,
  pointsAt,
  type RowTest,
} from './rowTest.ts'

export interface GivenColumn {
  readonly column: string
  readonly field: string
  readonly search: boolean
  /** The owners it is given to; undefined: every owner of the row. */
  readonly of: readonly string[] | undefined
}

export interface AccessStep {
  readonly table: string
  readonly context: string
  readonly key: readonly string[]
  readonly columns: readonly GivenColumn[]
  /** Never silent: each column that no row of the answer shows, and why. */
  readonly leftOut: readonly { readonly column: string; readonly because: string }[]
  readonly nodes: readonly Node[]
  readonly test: RowTest
  /** Rows that may stay emptied: one of which all that the subject would see is this, is not given. */
  readonly emptied: Readonly<Record<string, Scalar>> | undefined
  readonly softDelete: string | undefined
  readonly reached: readonly { readonly name: string; readonly link: Link }[]
}

export interface AccessPlan {
  readonly steps: readonly AccessStep[]
  /** Tables that belong to nobody, and so are in no answer. */
  readonly leftOut: readonly { readonly table: string; readonly because: string }[]
}

export type StepKind = 'redact' | 'anonymise' | 'unlink' | 'delete'

export interface ErasureStep {
  /** Names the step in counts and progress: `delete orders`. */
  readonly id: string
  readonly kind: StepKind
  readonly table: string
  readonly test: RowTest
  /** What the columns become; empty for a deletion. */
  readonly set: Readonly<Record<string, Scalar>>
  readonly because: string
  /** The set is taken down before the first step, because a step before this one takes away what it is found by. */
  readonly captured: boolean
  /** In one statement, never in chunks: its rows point at each other and cannot be unlinked first. */
  readonly whole: boolean
}

export interface KeptSet {
  readonly table: string
  readonly keep: Keep
  readonly test: RowTest
}

export interface ErasurePlan {
  readonly steps: readonly ErasureStep[]
  readonly kept: readonly KeptSet[]
}

export function planAccess(of: Ownership): AccessPlan {
  const steps: AccessStep[] = []
  const leftOut: { table: string; because: string }[] = []
  for (const table of of.tables.values()) {
    const reached = Object.entries(table.map.links ?? {})
      .filter(([, link]) => link.give !== undefined)
      .map(([name, link]) => ({ name, link }))
    if (table.nodes.length === 0) leftOut.push({ table: table.name, because: 'its rows belong to nobody' })
    else if (table.personal.length === 0) leftOut.push({ table: table.name, because: 'it holds nothing personal' })
    else
      steps.push({
        table: table.name,
        context: table.map.context,
        key: table.map.key,
        columns: table.personal.map((column) => ({
          column: column.name,
          field: column.field,
          search: column.search,
          of: column.of === 'all' ? undefined : (column.of ?? (table.several ? [] : undefined)),
        })),
        leftOut: table.columns.flatMap((column) => {
          if (column.kind === 'personal') return []
          return [{ column: column.name, because: leftOutBecause[column.kind] }]
        }),
        nodes: table.nodes,
        test: mine(table.nodes),
        emptied: mayStayBlank(of, table) ? blankOf(table) : undefined,
        softDelete: table.map.softDelete,
        reached,
      })
  }
  return { steps, leftOut }
}

const leftOutBecause = {
  key: 'it only joins rows',
  notPersonal: 'not personal',
  unclassified: 'not classified: run `avow map check`',
} as const

/** The values of a row of which nothing is left: such a row is in no answer. */
export function blankOf(table: OwnedTable): Record<string, Scalar> {
  return Object.fromEntries(table.personal.map((column) => [column.name, column.erased]))
}

/** Rows of it may stay behind with nothing in them. */
export function mayStayBlank(of: Ownership, table: OwnedTable): boolean {
  return !isNever(anonymised(of, table)) || table.keep?.columns !== undefined
}

export const held = (table: OwnedTable): RowTest =>
  table.keep === undefined ? never : { kind: 'held', keep: table.keep }
const shared = (table: OwnedTable): RowTest => (table.several ? others(table.nodes) : never)

/** Rows of which the subject is the last owner and that no duty keeps. */
const endsHere = (table: OwnedTable): RowTest => all(mine(table.nodes), not(held(table)), not(shared(table)))

const becomesNothing = (table: OwnedTable): boolean => table.nodes.length > 0 && table.map.erase !== 'anonymise'

/** Rows that a row which stays points at, along a link that keeps what it points at. */
function pointedAt(of: Ownership, table: OwnedTable): RowTest {
  const keeping = of.edges.filter((edge) => edge.target === table.name && edge.onErasure === 'keep')
  return any(
    ...keeping.map((edge) => {
      const holder = of.tables.get(edge.holder)!
      return pointedAtBy(edge, becomesNothing(holder) ? not(endsHere(holder)) : always)
    }),
  )
}

/** The rows of a table that an erasure deletes. */
export function deleted(of: Ownership, table: OwnedTable): RowTest {
  return becomesNothing(table) ? all(endsHere(table), not(pointedAt(of, table))) : never
}

/** The rows of a table that an erasure empties and leaves standing. */
export function anonymised(of: Ownership, table: OwnedTable): RowTest {
  if (table.nodes.length === 0) return never
  return all(endsHere(table), table.map.erase === 'anonymise' ? always : pointedAt(of, table))
}

/** The columns by which a row points straight at its owner, with what they become. */
export function cutOf(of: Ownership, table: OwnedTable, owner: string): Record<string, Scalar> {
  const path = table.map.owners?.[owner]
  if (path === undefined || of.store.tables[path.table]?.subject === undefined) return {}
  const edge = of.edges.find((each) => each.holder === table.name && each.isKey && each.owners.includes(owner))
  if (edge === undefined || !canCut(of, edge)) return {}
  return Object.fromEntries(cutColumns(of, edge).map((column) => [column, erasedValue(table, column)]))
}

export function planErasure(of: Ownership): ErasurePlan {
  const steps: ErasureStep[] = []
  for (const table of of.tables.values()) steps.push(...redactSteps(of, table), ...emptySteps(of, table))
  const { order, broken } = deletionOrder(of)
  for (const edge of of.edges) {
    const step = unlinkStep(of, edge, broken.has(edge))
    if (step !== undefined) steps.push(step)
  }
  for (const name of order) {
    const table = of.tables.get(name)!
    const whole = of.edges.some(
      (edge) => edge.holder === name && edge.target === name && edge.isKey && !canCut(of, edge),
    )
    steps.push(step('delete', `delete ${name}`, name, deleted(of, table), {}, 'the subject is its last owner', whole))
  }
  const kept = [...of.tables.values()].flatMap((table) =>
    table.keep === undefined
      ? []
      : [{ table: table.name, keep: table.keep, test: all(mine(table.nodes), held(table)) }],
  )
  return { steps: orderSteps(of, steps, order, broken), kept }
}

function step(
  kind: StepKind,
  id: string,
  table: string,
  test: RowTest,
  set: Record<string, Scalar>,
  because: string,
  whole = false,
): ErasureStep {
  return { id, kind, table, test, set, because, captured: false, whole }
}

/** Another owner remains: what is this one's alone goes, and the columns that point at it. */
function redactSteps(of: Ownership, table: OwnedTable): ErasureStep[] {
  if (!table.several) return []
  const stays = all(not(held(table)), others(table.nodes))
  return ownerGroups(table).flatMap(({ owners, columns }) => {
    const nodes = table.nodes.filter((node) => owners.includes(node.owner))
    const alone = nodes.length === 1 && !nodes[0]!.many
    const cut = owners.length === 1 ? cutOf(of, table, owners[0]!) : {}
    const set = { ...cut, ...valuesOf(columns) }
    if (Object.keys(set).length === 0) return []
    // A value of several owners stays while one of them does.
    const last = alone ? always : not(others(nodes))
    const test = all(mine(nodes), stays, last, differs(set))
    return [
      step('redact', `redact ${table.name} as ${owners.join('+')}`, table.name, test, set, 'another owner remains'),
    ]
  })
}

/** Columns by the owners whose value they are; every owner alone has a group, for the columns that point at it. */
function ownerGroups(table: OwnedTable): { owners: readonly string[]; columns: PersonalColumn[] }[] {
  const groups = new Map(
    table.nodes.map((node) => [node.owner, { owners: [node.owner], columns: [] as PersonalColumn[] }]),
  )
  for (const column of table.personal) {
    if (column.of === undefined || column.of === 'all') continue
    const owners = [...new Set(column.of)].sort()
    const id = owners.join('\n')
    const group = groups.get(id) ?? groups.set(id, { owners, columns: [] }).get(id)!
    group.columns.push(column)
  }
  return [...groups.values()]
}

const valuesOf = (columns: readonly PersonalColumn[]): Record<string, Scalar> =>
  Object.fromEntries(columns.map((column) => [column.name, column.erased]))

/** Rows that stay: emptied, or while a duty keeps them, emptied of what it does not cover. */
function emptySteps(of: Ownership, table: OwnedTable): ErasureStep[] {
  const steps: ErasureStep[] = []
  const empty = anonymised(of, table)
  if (!isNever(empty)) {
    const set = emptied(of, table)
    const because = table.map.erase === 'anonymise' ? 'the row stays, empty' : 'a row of somebody else points at it'
    if (Object.keys(set).length > 0)
      steps.push(step('anonymise', `anonymise ${table.name}`, table.name, all(empty, differs(set)), set, because))
  }
  const covered = table.keep?.columns
  if (covered !== undefined) {
    const set = valuesOf(table.personal.filter((column) => !covered.includes(column.name)))
    const test = all(mine(table.nodes), held(table), not(shared(table)), differs(set))
    if (!isNever(test))
      steps.push(
        step('anonymise', `anonymise kept ${table.name}`, table.name, test, set, 'the duty to keep does not cover it'),
      )
  }
  return steps
}

/** What a row becomes of which nothing may be left: its values, keys that identify, the columns that point at owners. */
export function emptied(of: Ownership, table: OwnedTable): Record<string, Scalar> {
  const keys = table.columns.flatMap((column) =>
    column.kind === 'key' && !table.map.key.includes(column.name) && (column.identifier ?? column.erased) !== undefined
      ? [[column.name, column.erased ?? null] as const]
      : [],
  )
  return {
    ...blankOf(table),
    ...Object.fromEntries(keys),
    ...Object.assign({}, ...table.nodes.map((node) => cutOf(of, table, node.owner))),
  }
}

export const canCut = (of: Ownership, edge: Edge): boolean => {
  const holder = of.tables.get(edge.holder)
  if (holder === undefined) return false
  const columns = cutColumns(of, edge)
  return columns.length > 0 && (!edge.required || columns.every((column) => erasedValue(holder, column) !== null))
}

/** Rows that stay and point at rows that go. */
export function unlinked(of: Ownership, edge: Edge): RowTest {
  const holder = of.tables.get(edge.holder)
  const target = of.tables.get(edge.target)
  if (!edge.isKey || holder === undefined || target === undefined) return never
  const goes =
    typeof edge.onErasure === 'object' ? any(deleted(of, target), anonymised(of, target)) : deleted(of, target)
  if (isNever(goes) || allGoAlong(of, edge, holder)) return never
  // Where the edge is a path straight to its owner, the rows that stay have been cut from it, save those a duty keeps.
  const straight = edge.owners.length > 0 && target.map.subject !== undefined && canCut(of, edge)
  return all(straight ? held(holder) : not(deleted(of, holder)), pointsAt(edge, goes))
}

/** Every row that points along the edge at a row that goes, goes itself. */
function allGoAlong(of: Ownership, edge: Edge, holder: OwnedTable): boolean {
  const keptByOthers = !isNever(pointedAt(of, holder))
  // Whatever stays and points along a link that keeps, keeps what it points at: only its own emptied rows are left over.
  if (edge.onErasure === 'keep') return !keptByOthers || !becomesNothing(holder)
  if (keptByOthers || (holder.map.erase !== undefined && holder.map.erase !== 'delete')) return false
  return endTogether(of, edge, holder, of.tables.get(edge.target)!)
}

function unlinkStep(of: Ownership, edge: Edge, broken: boolean): ErasureStep | undefined {
  const stay = unlinked(of, edge)
  const go = broken
    ? all(deleted(of, of.tables.get(edge.holder)!), pointsAt(edge, deleted(of, of.tables.get(edge.target)!)))
    : never
  const test = any(stay, go)
  if (isNever(test)) return undefined
  const holder = of.tables.get(edge.holder)!
  const cut = Object.fromEntries(cutColumns(of, edge).map((column) => [column, erasedValue(holder, column)]))
  const set = typeof edge.onErasure === 'object' ? { ...cut, ...edge.onErasure.anonymise } : cut
  const because = broken ? 'rows that go point at each other' : 'what it points at goes'
  return step('unlink', `unlink ${edge.name}`, edge.holder, test, set, because)
}

/** Tables to delete from, what points before what is pointed at; and the edges to cut first, where they form a ring. */
export function deletionOrder(of: Ownership): { order: string[]; broken: Set<Edge> } {
  const left = new Set([...of.tables.values()].filter(becomesNothing).map((table) => table.name))
  const broken = new Set<Edge>()
  const between = of.edges.filter((edge) => edge.isKey && left.has(edge.holder) && left.has(edge.target))
  for (const edge of between) if (edge.holder === edge.target && canCut(of, edge)) broken.add(edge)
  const order: string[] = []
  while (left.size > 0) {
    const pointedAtStill = (name: string) =>
      between.filter(
        (edge) => edge.target === name && edge.holder !== name && left.has(edge.holder) && !broken.has(edge),
      )
    const free = [...left].find((name) => pointedAtStill(name).length === 0)
    if (free !== undefined) {
      order.push(free)
      left.delete(free)
      continue
    }
    const [ring] = [...left]
      .flatMap(pointedAtStill)
      .filter((edge) => canCut(of, edge) && inRing(between, broken, edge, left))
    // A ring that cannot be cut: the check refuses such a map; the order ends here so that it can say so.
    if (ring === undefined) return { order: [...order, ...left], broken }
    broken.add(ring)
  }
  return { order, broken }
}

/** Whether the edge's target leads back to its holder. */
export function inRing(
  edges: readonly Edge[],
  broken: ReadonlySet<Edge>,
  edge: Edge,
  left: ReadonlySet<string>,
): boolean {
  const seen = new Set<string>()
  const leads = (name: string): boolean => {
    if (name === edge.holder) return true
    if (seen.has(name) || !left.has(name)) return false
    seen.add(name)
    return edges.some((each) => each.holder === name && !broken.has(each) && leads(each.target))
  }
  return leads(edge.target)
}
