/**
 * The rules of one cell as one decision diagram: an answer for each world, and for each fact a further child "not
 * known", which is the protective join of the others. The meaning is that of reference.ts, by other means.
 */
import type { Forbid, Permit, PolicyDocument } from '../policy/document.ts'
import type { Column, Row } from './cell.ts'
import { conditionsOf, namesDerivedFact, type Variable } from './conditionDiagram.ts'
import { createDiagrams, type Diagrams } from './diagram.ts'
import { meetOutcomes, numberOutcomes, type Outcomes, outcomeOfRule } from './outcome.ts'

export interface CellCompiler {
  readonly outcomes: Outcomes
  readonly variables: readonly Variable[]
  /** Holds the finished diagrams: child 0 of a node is "not known", child `i + 1` the value `i` of its variable. */
  readonly diagrams: Diagrams
  /** The finished diagram of the cell where these rules can match: positions among the grid's rules, rising. */
  compile(matching: readonly number[], row: Row, column: Column): number
  /** The answer of a forbid that no fact and no permit can undo, so that it decides where it is first; else -1. */
  readonly settled: readonly number[]
  /** The protective join of two finished diagrams. */
  meet(a: number, b: number): number
}

export function cellCompiler(policy: PolicyDocument, rules: readonly (Permit | Forbid)[]): CellCompiler {
  const outcomes = numberOutcomes(rules)
  const outcomeOf = outcomeOfRule(rules, outcomes)
  const kept = keptOver(policy, rules)
  const conditions = conditionsOf(policy, rules, outcomes.count)
  const { none, orElse, unless, variables } = conditions

  // The diagram of each rule in the cell at hand; where its condition names no derived fact, in every cell.
  const diagramOf: number[] = rules.map(() => -1)
  const isDerived = rules.map(namesDerivedFact)

  /** The first of these rules that matches. */
  const firstOf = (each: readonly number[]) => each.reduceRight((rest, rule) => orElse(diagramOf[rule]!, rest), none)

  /** The first of `each` that matches while none of the rules against it does. */
  function firstUnanswered(each: readonly number[], against: (rule: number) => readonly number[]): number {
    let rest = none
    for (let end = each.length; end > 0; ) {
      // Neighbours with the same rules against them are taken together.
      const opposing = against(each[end - 1]!)
      let start = end - 1
      while (start > 0 && isSameList(against(each[start - 1]!), opposing)) start--
      rest = orElse(unless(firstOf(opposing), firstOf(each.slice(start, end))), rest)
      end = start
    }
    return rest
  }

  function decideByRules(matching: readonly number[], row: Row, column: Column): number {
    for (const rule of matching) {
      if (diagramOf[rule]! >= 0 && !isDerived[rule]) continue
      diagramOf[rule] = conditions.compile(rules[rule]!, row, column, outcomeOf[rule]!)
    }
    const permits = matching.filter((rule) => rules[rule]!.kind === 'permit')
    const forbids = matching.filter((rule) => rules[rule]!.kind === 'forbid')
    // In the order of reference.ts: a permit that stands; a forbid that no permit answers; any forbid; nothing.
    const standing = firstUnanswered(permits, (permit) => forbids.filter((rule) => !kept[permit]![rule]))
    const barring = firstUnanswered(forbids, (forbid) => permits.filter((rule) => kept[rule]![forbid]))
    return [standing, barring, firstOf(forbids), outcomes.nothingPermits].reduceRight((rest, first) =>
      orElse(first, rest),
    )
  }

  const diagrams = createDiagrams(outcomes.count)
  const lowest: number[] = []
  /** The lowest answer in a finished diagram: a denial at or below it absorbs the diagram. */
  const lowestIn = (diagram: number): number => {
    if (diagram < diagrams.terminals) return diagram
    const found = lowest[diagram] ?? Math.min(...diagrams.childrenOf(diagram).map(lowestIn))
    lowest[diagram] = found
    return found
  }
  const absorbs = (a: number, b: number) => a < outcomes.firstPermit && a <= lowestIn(b)
  const meet = diagrams.lift((a, b) => {
    if (a === b || absorbs(a, b)) return a
    if (absorbs(b, a)) return b
    return a < outcomes.count && b < outcomes.count ? meetOutcomes(outcomes.firstPermit, a, b) : undefined
  })
  const finished = new Map<number, number>()

  /** The same diagram with "not known" as child 0 of each node. */
  function finish(diagram: number): number {
    if (diagram < none) return diagram
    const before = finished.get(diagram)
    if (before !== undefined) return before
    const children = conditions.diagrams.childrenOf(diagram).map(finish)
    const result = diagrams.node(conditions.diagrams.variableOf(diagram), [children.reduce(meet), ...children])
    finished.set(diagram, result)
    return result
  }

  const isUndone = rules.map((_, rule) => kept.some((over) => over[rule]))
  const settled = rules.map(({ kind, when }, rule) =>
    kind === 'forbid' && when === undefined && !isUndone[rule] ? outcomeOf[rule]! : -1,
  )

  return {
    outcomes,
    variables,
    settled,
    diagrams,
    meet,
    compile: (matching, row, column) => finish(decideByRules(matching, row, column)),
  }
}

/** For each rule, whether it is a permit kept over each other: `isKept` of reference.ts for all pairs at once. */
function keptOver(
  { resolutions }: PolicyDocument,
  rules: readonly (Permit | Forbid)[],
): readonly (readonly boolean[])[] {
  const kept = rules.map(() => rules.map(() => false))
  const named = (kind: 'permit' | 'forbid', name: string) =>
    rules.flatMap((rule, i) => (rule.kind === kind && (rule.id === name || rule.promises.includes(name)) ? [i] : []))
  for (const { keep, over } of resolutions) {
    if (over === '*') continue
    const forbids = over.flatMap((name) => named('forbid', name))
    for (const permit of named('permit', keep)) for (const forbid of forbids) kept[permit]![forbid] = true
  }
  return kept
}

function isSameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i])
}
