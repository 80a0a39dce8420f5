/**
 * Whether the rules of a policy can stand together: a rule that can never matter, and two promises that pull apart
 * (a permit and a forbid that both match in some world) without a declared resolution.
 * Worlds are gone through as decision diagrams, the derived facts included, so "in some world" is exact.
 * The names must all be declared (checkNames.ts).
 */
import { type Column, type Grid, gridOf, has, type Row } from '../decision/cell.ts'
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

export function checkConflicts(policy: PolicyDocument): readonly Finding[] {
  const unknown = checkResolutionNames(policy)
  if (unknown.length > 0) return unknown
  const grid = gridOf(policy)
  const conditions = conditionsOf(policy, grid.rules, 1)
  const position = new Map(policy.rules.map((rule, i) => [rule.id, i]))
  return grid.rules.flatMap((rule, i): readonly Finding[] => {
    const path = ['rules', position.get(rule.id)!]
    if (!overlap(grid, conditions, [i])) {
      return [unsound(path, `rule \`${rule.id}\` can never match: mend its scope or its condition`)]
    }
    if (rule.kind === 'forbid') return []
    return [
      ...checkAlive(policy, grid, conditions, rule, i, path),
      ...checkPairs(policy, grid, conditions, rule, i, path),
    ]
  })
}

/** Where the condition of one rule holds in a cell: answer 0 there, `none` elsewhere. */
function matches({ compile }: Conditions, rule: Standing, row: Row, column: Column): number {
  return compile(rule, row, column, 0)
}

/** The cells that all these rules reach. */
function* cellsOf(grid: Grid, rules: readonly number[]): Generator<readonly [Row, Column]> {
  const columns = grid.columns.filter((column) => rules.every((rule) => has(column.rules, rule)))
  for (const row of grid.rows) {
    if (rules.every((rule) => has(row.rules, rule))) for (const column of columns) yield [row, column]
  }
}

/** Whether these rules, one or two, match together in some world. */
function overlap(grid: Grid, conditions: Conditions, rules: readonly number[]): boolean {
  // Cells differ to a condition only by what the derived facts hang on: one of each kind is enough.
  const seen = new Set<string>()
  for (const [row, column] of cellsOf(grid, rules)) {
    const kind = `${row.isSensitive} ${column.standing} ${column.advertising}`
    if (seen.has(kind)) continue
    seen.add(kind)
    const each = rules.map((rule) => matches(conditions, grid.rules[rule]!, row, column))
    if (each.reduce(conditions.and) !== conditions.none) return true
  }
  return false
}

function checkAlive(
  policy: PolicyDocument,
  grid: Grid,
  conditions: Conditions,
  permit: Permit,
  at: number,
  path: readonly (string | number)[],
): readonly Finding[] {
  const against = grid.rules.flatMap((rule, i) => (rule.kind === 'forbid' && !isKept(policy, permit, rule) ? [i] : []))
  if (!isCovered(grid, conditions, at, against)) return []
  // Named are only as many as are needed to cover it.
  let covering = against
  for (const forbid of against) {
    const fewer = covering.filter((each) => each !== forbid)
    if (isCovered(grid, conditions, at, fewer)) covering = fewer
  }
  const names = covering.map((forbid) => `\`${grid.rules[forbid]!.id}\``).join(', ')
  const cure = 'narrow what covers it, declare a resolution, or drop the permit'
  return [unsound(path, `permit \`${permit.id}\` is wholly covered by ${names}: ${cure}`)]
}

/** Whether in every world in which the permit matches one of these forbids does too. */
function isCovered(grid: Grid, conditions: Conditions, permit: number, forbids: readonly number[]): boolean {
  for (const [row, column] of cellsOf(grid, [permit])) {
    const left = forbids
      .filter((forbid) => has(row.rules, forbid) && has(column.rules, forbid))
      .map((forbid) => matches(conditions, grid.rules[forbid]!, row, column))
      .reduce((rest, forbid) => conditions.unless(forbid, rest), matches(conditions, grid.rules[permit]!, row, column))
    if (left !== conditions.none) return false
  }
  return true
}

function checkPairs(
  policy: PolicyDocument,
  grid: Grid,
  conditions: Conditions,
  permit: Permit,
  at: number,
  path: readonly (string | number)[],
): readonly Finding[] {
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
    if (!overlap(grid, conditions, [at, i])) return []
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
