/**
 * Whether the rules of a policy can stand together: a rule that can never matter, and two promises that pull apart
 * (a permit and a forbid that both match in some world) without a declared resolution.
 * Worlds are gone through as decision diagrams, the derived facts included, so "in some world" is exact.
 * The names must all be declared (checkNames.ts).
 */
import { both, type Column, type Grid, gridOf, has, membersOf, type Row } from '../decision/cell.ts'
import { type Conditions, conditionsOf } from '../decision/conditionDiagram.ts'
import { isKept } from '../decision/reference.ts'
import type { Forbid, Permit, PolicyDocument, Resolution } from './document.ts'
import { type Finding, unknownName, unsound } from './finding.ts'

type Standing = Permit | Forbid

/** A permit and a forbid by their positions in the grid's rules. */
interface Pair {
  readonly permit: Permit
  readonly forbid: Forbid
}

/** What the checks below look at: the cells, the conditions as diagrams, and which lines of cells each rule reaches. */
interface Ground {
  readonly policy: PolicyDocument
  readonly grid: Grid
  readonly conditions: Conditions
  /** For each rule the numbers of its rows and columns, as sets of bits. */
  readonly reach: readonly { readonly rows: Int32Array; readonly columns: Int32Array }[]
}

export function checkConflicts(policy: PolicyDocument): readonly Finding[] {
  const unknown = checkResolutionNames(policy)
  if (unknown.length > 0) return unknown
  const grid = gridOf(policy)
  const reach = grid.rules.map((_, i) => ({ rows: linesOf(grid.rows, i), columns: linesOf(grid.columns, i) }))
  const ground: Ground = { policy, grid, conditions: conditionsOf(policy, grid.rules, 1), reach }
  const position = new Map(policy.rules.map((rule, i) => [rule.id, i]))
  return grid.rules.flatMap((rule, i): readonly Finding[] => {
    const path = ['rules', position.get(rule.id)!]
    if (!overlap(ground, [i])) {
      return [unsound(path, `rule \`${rule.id}\` can never match: mend its scope or its condition`)]
    }
    if (rule.kind === 'forbid') return []
    return [...checkAlive(ground, rule, i, path), ...checkPairs(ground, rule, i, path)]
  })
}

/** The lines that the rule reaches, as a set of bits. */
function linesOf(lines: readonly (Row | Column)[], rule: number): Int32Array {
  const set = new Int32Array(Math.ceil(lines.length / 32))
  lines.forEach((line, i) => {
    if (has(line.rules, rule)) set[i >> 5]! |= 1 << (i & 31)
  })
  return set
}

/** Where the condition of one rule holds in a cell: answer 0 there, `none` elsewhere. */
function matches({ compile }: Conditions, rule: Standing, row: Row, column: Column): number {
  return compile(rule, row, column, 0)
}

/** The cells that the rule reaches. */
function* cellsOf({ grid, reach }: Ground, rule: number): Generator<readonly [Row, Column]> {
  const columns = membersOf(reach[rule]!.columns).map((i) => grid.columns[i]!)
  for (const row of membersOf(reach[rule]!.rows)) for (const column of columns) yield [grid.rows[row]!, column]
}

/** Whether these rules, one or two, match together in some world. */
function overlap({ grid, conditions, reach }: Ground, rules: readonly number[]): boolean {
  const shared = (line: 'rows' | 'columns') =>
    membersOf(rules.map((rule) => reach[rule]![line]).reduce((a, b) => both(a, b)))
  // Cells differ to a condition only by what the derived facts hang on: one of each kind is enough.
  const rows = oneOfEach(
    shared('rows').map((i) => grid.rows[i]!),
    ({ isSensitive }) => String(isSensitive),
  )
  if (rows.length === 0) return false
  const columns = oneOfEach(
    shared('columns').map((i) => grid.columns[i]!),
    ({ standing, advertising }) => `${standing} ${advertising}`,
  )
  return rows.some((row) =>
    columns.some((column) => {
      const each = rules.map((rule) => matches(conditions, grid.rules[rule]!, row, column))
      return each.reduce((a, b) => conditions.and(a, b)) !== conditions.none
    }),
  )
}

function oneOfEach<T>(all: readonly T[], kindOf: (each: T) => string): readonly T[] {
  return [...new Map(all.map((each) => [kindOf(each), each])).values()]
}

function checkAlive(
  ground: Ground,
  permit: Permit,
  at: number,
  path: readonly (string | number)[],
): readonly Finding[] {
  const { policy, grid } = ground
  const against = grid.rules.flatMap((rule, i) => (rule.kind === 'forbid' && !isKept(policy, permit, rule) ? [i] : []))
  if (!isCovered(ground, at, against)) return []
  // Named are only as many as are needed to cover it.
  let covering = against
  for (const forbid of against) {
    const fewer = covering.filter((each) => each !== forbid)
    if (isCovered(ground, at, fewer)) covering = fewer
  }
  const names = covering.map((forbid) => `\`${grid.rules[forbid]!.id}\``).join(', ')
  const cure = 'narrow what covers it, declare a resolution, or drop the permit'
  return [unsound(path, `permit \`${permit.id}\` is wholly covered by ${names}: ${cure}`)]
}

/** Whether in every world in which the permit matches one of these forbids does too. */
function isCovered(ground: Ground, permit: number, forbids: readonly number[]): boolean {
  const { grid, conditions } = ground
  for (const [row, column] of cellsOf(ground, permit)) {
    const left = forbids
      .filter((forbid) => has(row.rules, forbid) && has(column.rules, forbid))
      .map((forbid) => matches(conditions, grid.rules[forbid]!, row, column))
      .reduce((rest, forbid) => conditions.unless(forbid, rest), matches(conditions, grid.rules[permit]!, row, column))
    if (left !== conditions.none) return false
  }
  return true
}

function checkPairs(
  ground: Ground,
  permit: Permit,
  at: number,
  path: readonly (string | number)[],
): readonly Finding[] {
  const { policy, grid } = ground
  return grid.rules.flatMap((forbid, i): readonly Finding[] => {
    if (forbid.kind !== 'forbid') return []
    const pair = { permit, forbid }
    const names = `permit \`${permit.id}\` and forbid \`${forbid.id}\``
    const permitKept = isKept(policy, permit, forbid)
    const forbidKept = policy.resolutions.some((resolution) => isNamedOver(resolution, pair))
    if (permitKept && forbidKept) {
      return [unsound(['resolutions'], `${names} are each kept over the other: take one resolution away`)]
    }
    if (permitKept || forbidKept || isOverAll(policy, forbid)) return []
    if (permit.promises.some((promise) => forbid.promises.includes(promise))) return []
    if (!overlap(ground, [at, i])) return []
    const cure = 'declare a resolution that says which is kept, or part their scopes'
    return [unsound(path, `${names} pull apart where both match: ${cure}`)]
  })
}

const answersTo = (rule: Standing, name: string) => rule.id === name || rule.promises.includes(name)

/** Whether the resolution keeps the forbid over this permit by name. */
function isNamedOver({ keep, over }: Resolution, { permit, forbid }: Pair): boolean {
  return over !== '*' && answersTo(forbid, keep) && over.some((name) => answersTo(permit, name))
}

/** Whether a resolution keeps the forbid over every permit. One that names a permit kept over it is the exception. */
function isOverAll({ resolutions }: PolicyDocument, forbid: Forbid): boolean {
  return resolutions.some(({ keep, over }) => over === '*' && answersTo(forbid, keep))
}

function checkResolutionNames(policy: PolicyDocument): readonly Finding[] {
  const rules = policy.rules.filter((rule) => rule.kind !== 'retain')
  const known = [...rules.map(({ id }) => id), ...Object.keys(policy.promises)]
  return policy.resolutions.flatMap(({ keep, over }, i) => {
    const path = ['resolutions', i]
    const where = `resolution ${i}`
    const kept = rules.filter((rule) => answersTo(rule, keep))
    if (!known.includes(keep)) return [unknownName([...path, 'keep'], 'rule or promise', keep, where, known)]
    if (over === '*') {
      if (kept.some(({ kind }) => kind === 'forbid')) return []
      return [
        unsound(path, `${where} keeps \`${keep}\` over everything, and it forbids nothing: name what it is kept over`),
      ]
    }
    if (over.length === 0)
      return [unsound([...path, 'over'], `${where} keeps \`${keep}\` over nothing: name at least one`)]
    return over.flatMap((name, j): readonly Finding[] => {
      const at = [...path, 'over', j]
      if (!known.includes(name)) return [unknownName(at, 'rule or promise', name, where, known)]
      const loses = rules.filter((rule) => answersTo(rule, name))
      if (kept.some((one) => loses.some((other) => one.kind !== other.kind))) return []
      return [
        unsound(at, `${where} keeps \`${keep}\` over \`${name}\`, and no permit of one meets a forbid of the other`),
      ]
    })
  })
}
