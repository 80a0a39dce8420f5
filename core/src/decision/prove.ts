/**
 * Proves a property of a whole policy by going through all of it: every cell in the property's scope, and in each
 * cell every world that its rules or the property tell apart. Answers that it holds, or with a smallest
 * counter-example. Properties mean the same whatever a request leaves unknown: see spec/policy.md §4.
 * Does not: sample, time out, or take an empty scope for a proof. Says nothing of facts that are stated wrongly.
 */
import { AvowError } from '../errors.ts'
import type { Forbid, PolicyDocument, Property } from '../policy/document.ts'
import { derivedFacts } from '../policy/facts.ts'
import { checkWidth, factsAt, gridOf, rulesAt } from './cell.ts'
import { type Counterexample, type Examined, smallestDifference, smallestPermit } from './counterexample.ts'
import { outcomeOf, type Worlds, worldsOf } from './worlds.ts'

export type ProofResult =
  | {
      readonly holds: true
      /** Contexts × fields × actions × purposes × recipients in the scope: all of them are covered. */
      readonly cells: number
      /** Combinations of facts gone through; cells that no rule tells apart are gone through once. */
      readonly worlds: number
    }
  | { readonly holds: false; readonly vacuous: false; readonly counterexample: Counterexample }
  /** The property speaks of nothing in this policy, so it shows nothing. */
  | { readonly holds: false; readonly vacuous: true; readonly because: string }

/**
 * Proves `property` over `document`, which must have passed `checkPolicy`.
 * @throws AvowError POLICY_TOO_WIDE naming the rules, where one cell has more than 65,536 worlds
 * @throws AvowError POLICY_UNKNOWN_NAME where `of` names a derived fact
 */
export function prove(document: PolicyDocument, property: Property): ProofResult {
  if (property.kind === 'independent') checkStated(property.of)
  let cells = 0
  let worlds = 0
  let permitting = 0
  let counterexample: Counterexample | undefined
  for (const cell of cellsInScope(document, property)) {
    cells += cell.row.places.length * cell.column.deeds.length
    worlds += cell.speaks.filter(Boolean).length
    if (cell.worlds.decisions.some((decision) => decision.kind === 'permit')) permitting++
    counterexample = smaller(counterexample, violationIn(cell, property, counterexample?.size))
  }
  if (counterexample !== undefined) return { holds: false, vacuous: false, counterexample }
  const because = vacuity(property, cells, worlds, permitting)
  return because === undefined ? { holds: true, cells, worlds } : { holds: false, vacuous: true, because }
}

function vacuity(property: Property, cells: number, worlds: number, permitting: number): string | undefined {
  if (cells === 0) return 'its scope holds no field, action, purpose and recipient of this policy'
  if (worlds === 0) {
    return property.kind === 'never'
      ? 'its condition holds nowhere in its scope, whatever the facts'
      : 'its exception holds everywhere in its scope'
  }
  if (property.kind === 'independent' && permitting === 0) {
    return 'nothing in its scope is permitted, so nothing there could be decided otherwise'
  }
  return undefined
}

/** The property stands among the rules as a forbid of its scope: so cells are told apart by it as by any rule. */
function* cellsInScope(document: PolicyDocument, property: Property): Generator<Examined> {
  const condition = property.kind === 'never' ? property.when : property.except
  const probe: Forbid = {
    kind: 'forbid',
    id: property.title,
    promises: [],
    ...property.scope,
    ...(condition === undefined ? {} : { when: condition }),
  }
  const grid = gridOf({ ...document, rules: [...document.rules, probe] })
  /** A denial by default hangs on no fact: where nothing permits, one look serves for all cells of a kind. */
  const barren = new Map<string, Pick<Examined, 'worlds' | 'speaks'>>()
  for (const row of grid.rows) {
    for (const column of grid.columns) {
      const all = rulesAt(grid, row, column)
      if (!all.includes(probe)) continue
      const look = (rules: typeof all) => {
        const facts = factsAt(document, row, column, [...rules, probe])
        checkWidth(document, facts, [...rules, probe])
        const worlds = worldsOf(document, { row, column }, rules, facts)
        const speaks = worlds.where(condition)
        return { worlds, speaks: property.kind === 'never' ? speaks : negated(speaks, condition !== undefined) }
      }
      if (all.some((rule) => rule.kind === 'permit')) {
        yield { policy: document, row, column, ...look(all.filter((rule) => rule !== probe)) }
        continue
      }
      const key = `${row.isSensitive} ${column.standing} ${column.advertising}`
      const found = barren.get(key) ?? look([])
      barren.set(key, found)
      yield { policy: document, row, column, ...found }
    }
  }
}

/** Without an exception the property speaks of every world. */
const negated = (excepted: readonly boolean[], isExcepting: boolean) =>
  excepted.map((excluded) => !(excluded && isExcepting))

function violationIn(cell: Examined, property: Property, bound: number | undefined): Counterexample | undefined {
  const { worlds, speaks } = cell
  if (property.kind === 'never') {
    const bad = worlds.decisions.map((decision, world) => decision.kind === 'permit' && speaks[world]!)
    return bad.includes(true) ? smallestPermit(cell, bad, bound) : undefined
  }
  const of = worlds.facts.filter((fact) => property.of.includes(fact))
  return isIndependent(cell, of) ? undefined : smallestDifference(cell, of, bound)
}

/** Whether worlds that differ in nothing but these facts, and of which the property speaks, are all decided alike. */
function isIndependent({ worlds, speaks }: Examined, of: readonly string[]): boolean {
  if (of.length === 0) return true
  const first = new Map<number, string>()
  return worlds.decisions.every((decision, world) => {
    if (!speaks[world]) return true
    const group = withoutFacts(worlds, world, of)
    const outcome = first.get(group) ?? outcomeOf(decision)
    first.set(group, outcome)
    return outcome === outcomeOf(decision)
  })
}

/** The world with the first value in place of each of these facts: worlds that differ in these alone share it. */
function withoutFacts({ facts, values, strides }: Worlds, world: number, of: readonly string[]): number {
  return of.reduce((rest, fact) => {
    const at = facts.indexOf(fact)
    return rest - (Math.floor(world / strides[at]!) % values[at]!.length) * strides[at]!
  }, world)
}

const smaller = (a: Counterexample | undefined, b: Counterexample | undefined) =>
  a === undefined || (b !== undefined && b.size < a.size) ? (b ?? a) : a

function checkStated(of: readonly string[]): void {
  const derived = of.find((fact) => derivedFacts.some((each) => each === fact))
  if (derived === undefined) return
  throw new AvowError(
    'POLICY_UNKNOWN_NAME',
    `a property cannot be independent of \`${derived}\`, which nobody states: name the facts it is derived from`,
  )
}
