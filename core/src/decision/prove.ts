/**
 * Proves a property of a whole policy by going through all of it: every cell in the property's scope, and in each
 * cell every world that its rules or the property tell apart, as one decision diagram. Answers that it holds, or with
 * a smallest counter-example. Properties mean the same whatever a request leaves unknown: see spec/proofs.md §2.
 * Does not: sample, time out, or take an empty scope for a proof. Says nothing of facts that are stated wrongly.
 */
import { AvowError } from '../errors.ts'
import type { Forbid, PolicyDocument, Property } from '../policy/document.ts'
import { derivedFacts } from '../policy/facts.ts'
import { both, type Column, factsAt, gridOf, has, meets, membersOf, type Row, ruleSet } from './cell.ts'
import { cellCompiler } from './cellDiagram.ts'
import { cellKinds } from './cellKinds.ts'
import { checkWidth } from './cellWidth.ts'
import { conditionsOf } from './conditionDiagram.ts'
import { type Counterexample, counterexampleAt, type Search, searchDifference, searchPermit } from './counterexample.ts'
import { decisionsOf, outcomeOfRule } from './outcome.ts'
import { factsOf } from './reference.ts'

export type ProofResult =
  | {
      readonly holds: true
      /** Contexts × fields × actions × purposes × recipients in the scope: all of them are covered. */
      readonly cells: number
      /** Combinations of the facts that can matter, of which the property speaks; cells that are alike count once. */
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
  const examine = examiner(document, property)
  let cells = 0
  let worlds = 0
  let permitting = 0
  let fewest = Number.POSITIVE_INFINITY
  let counterexample: Counterexample | undefined
  for (const { row, column, cell, isNew } of examine.cells) {
    cells += row.places.length * column.deeds.length
    if (!isNew) continue
    worlds += cell.worlds
    if (cell.permits) permitting++
    const size = examine.search.size(cell.diagram)
    if (size >= fewest) continue
    fewest = size
    counterexample = counterexampleAt(examine.search, cell.diagram, row.places[0]!, column.deeds[0]!)
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

interface Cell {
  /** What is decided in each world of which the property speaks, and `silence` in the others. */
  readonly diagram: number
  readonly worlds: number
  readonly permits: boolean
}

interface Examined {
  readonly row: Row
  readonly column: Column
  readonly cell: Cell
  /** The first of its kind: those after it hold nothing new. */
  readonly isNew: boolean
}

const speaks = 0
const silent = 1

/** The property stands among the rules as a forbid of its scope: so cells are told apart by it as by any rule. */
function examiner(
  document: PolicyDocument,
  property: Property,
): { readonly cells: Iterable<Examined>; readonly search: Search } {
  const condition = property.kind === 'never' ? property.when : property.except
  const probe: Forbid = {
    kind: 'forbid',
    id: property.title,
    promises: [],
    ...property.scope,
    ...(condition === undefined ? {} : { when: condition }),
  }
  const grid = gridOf({ ...document, rules: [...document.rules, probe] })
  const last = grid.rules.length - 1
  const compiler = cellCompiler(document, grid.rules)
  const { diagrams, outcomes } = compiler
  // The probe decides nothing, so that its own answer is free to stand for "the property does not speak of this".
  const silence = outcomeOfRule(grid.rules, outcomes)[last]!
  const conditions = conditionsOf(document, grid.rules, silent)
  const all = diagrams.lift((a, b) => (a === silent || b === silent ? silent : a === b || a === speaks ? b : undefined))
  const cover = diagrams.lift((a, b) => (b === silent ? silence : b === speaks ? a : undefined))
  const speaksWhereHolds = property.kind === 'never' || condition === undefined

  /** Where the property speaks, "not known" included: only if it does whatever the fact may be. */
  const spoken = new Map<number, number>()
  const finish = (diagram: number): number => {
    if (diagram <= silent) return (diagram === speaks) === speaksWhereHolds ? speaks : silent
    const found = spoken.get(diagram)
    if (found !== undefined) return found
    const children = conditions.diagrams.childrenOf(diagram).map(finish)
    const result = diagrams.node(conditions.diagrams.variableOf(diagram), [children.reduce(all), ...children])
    spoken.set(diagram, result)
    return result
  }
  const share = (diagram: number): number => {
    if (diagram <= silent) return diagram === speaks ? 1 : 0
    const known = diagrams.childrenOf(diagram).slice(1)
    return known.reduce((sum, child) => sum + share(child), 0) / known.length
  }

  function look(row: Row, column: Column, matching: readonly number[]): Cell {
    const where = finish(conditions.compile(probe, row, column, speaks))
    const rules = matching.map((i) => grid.rules[i]!)
    const permits = rules.some((rule) => rule.kind === 'permit')
    // Where nothing permits, the answer hangs on no fact.
    const facts = factsAt(document, row, column, permits ? [...rules, probe] : [probe])
    checkWidth(document, facts, [...rules, probe])
    const combinations = facts.reduce((product, fact) => product * factsOf(document)[fact]!.values.length, 1)
    const decided = permits ? compiler.compile(matching, row, column) : outcomes.nothingPermits
    return { diagram: cover(decided, where), worlds: Math.round(share(where) * combinations), permits }
  }

  function* cells(): Generator<Examined> {
    const seen = new Map<number, Cell>()
    const kindOf = cellKinds()
    const barren = ruleSet(grid.rules, () => false)
    const permits = ruleSet(grid.rules, (rule) => rule.kind === 'permit')
    const columns = grid.columns.filter((column) => has(column.rules, last))
    for (const row of grid.rows.filter((each) => has(each.rules, last))) {
      for (const column of columns) {
        const rules = both(row.rules, column.rules)
        // Where nothing permits, cells differ only by where the property speaks.
        const key = kindOf(meets(rules, permits) ? rules : barren, row, column)
        const found = seen.get(key)
        const cell = found ?? look(row, column, membersOf(rules).slice(0, -1))
        if (found === undefined) seen.set(key, cell)
        yield { row, column, cell, isNew: found === undefined }
      }
    }
  }

  const space = { ...compiler, silence, decisions: decisionsOf(grid.rules, outcomes) }
  const search = property.kind === 'never' ? searchPermit(space) : searchDifference(space, property.of)
  return { cells: cells(), search }
}

function checkStated(of: readonly string[]): void {
  const derived = of.find((fact) => derivedFacts.some((each) => each === fact))
  if (derived === undefined) return
  throw new AvowError(
    'POLICY_UNKNOWN_NAME',
    `a property cannot be independent of \`${derived}\`, which nobody states: name the facts it is derived from`,
  )
}
