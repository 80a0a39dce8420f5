/**
 * The condition of a rule as a decision diagram, over the stated facts alone: `sensitive`, `sale` and `share` are
 * replaced by what they are derived from in the cell at hand (law/saleAndShare.ts).
 */
import { isSale, isShare } from '../law/saleAndShare.ts'
import type { Forbid, Permit, PolicyDocument, Test } from '../policy/document.ts'
import type { Column, Row } from './cell.ts'
import { createDiagrams, type Diagrams } from './diagram.ts'
import { factsOf, passes } from './reference.ts'

/** A fact as a variable of the diagrams; its number is its place in the list of them. */
export interface Variable {
  readonly fact: string
  readonly about: 'label' | 'request'
  readonly values: readonly string[]
}

/** What stands behind the derived facts. */
const behind: Readonly<Record<string, readonly string[]>> = {
  sensitive: ['sensitiveContent'],
  sale: ['contract', 'consideration'],
  share: [],
}

/** Whether what the condition of the rule comes to hangs on the cell. */
export function namesDerivedFact({ when = {} }: Permit | Forbid): boolean {
  return [when].flat().some((all) => Object.keys(all).some((fact) => Object.hasOwn(behind, fact)))
}

/** The facts that any rule reads, in the order in which diagrams test them: those of the first forbid first. */
function variablesOf(policy: PolicyDocument, rules: readonly (Permit | Forbid)[]): readonly Variable[] {
  const inOrder = [...rules.filter(({ kind }) => kind === 'forbid'), ...rules.filter(({ kind }) => kind === 'permit')]
  const named = inOrder.flatMap(({ when = {} }) => [when].flat()).flatMap((all) => Object.keys(all))
  const declared = factsOf(policy)
  return [...new Set(named.flatMap((fact) => behind[fact] ?? [fact]))].map((fact) => {
    const { about, values } = declared[fact]!
    return { fact, about: about === 'value' ? 'label' : 'request', values }
  })
}

export interface Conditions {
  /** Holds the diagrams, with "not known" left out: child `i` is the value `i` of the variable. */
  readonly diagrams: Diagrams
  readonly variables: readonly Variable[]
  /** The answer where nothing matches. */
  readonly none: number
  /** The diagram that gives `then` where the condition of the rule holds in a cell, and elsewhere `none`. */
  readonly compile: (rule: Permit | Forbid, row: Row, column: Column, then: number) => number
  /** `b` where `a` matches. */
  readonly and: (a: number, b: number) => number
  /** `a` where it matches, else `b`. */
  readonly orElse: (a: number, b: number) => number
  /** `b` where `a` does not match. */
  readonly unless: (a: number, b: number) => number
}

/** @param none how many answers there are: numbers below it answer, `none` itself stands for "does not match" */
export function conditionsOf(policy: PolicyDocument, rules: readonly (Permit | Forbid)[], none: number): Conditions {
  const variables = variablesOf(policy, rules)
  const diagrams = createDiagrams(none + 1)
  const { node } = diagrams
  const and = diagrams.lift((a, b) => (a === none || b === none ? none : a < none ? b : undefined))
  const orElse = diagrams.lift((a, b) => (a === none || a === b ? b : b === none || a < none ? a : undefined))
  const unless = diagrams.lift((a, b) => (a === none ? b : b === none || a < none ? none : undefined))
  const numberOf = new Map(variables.map(({ fact }, i) => [fact, i]))

  const where = (fact: string, holds: (value: string) => boolean, then: number) => {
    const variable = numberOf.get(fact)!
    return node(
      variable,
      variables[variable]!.values.map((value) => (holds(value) ? then : none)),
    )
  }

  function compileTest(fact: string, test: Test, row: Row, column: Column, then: number): number {
    const given = (truth: boolean) => (passes(test, truth ? 'yes' : 'no') ? then : none)
    switch (fact) {
      case 'sensitive':
        return row.isSensitive ? given(true) : where('sensitiveContent', (value) => passes(test, value), then)
      case 'share':
        return given(isShare({ ...column, action: 'disclose', contract: '', consideration: '' }))
      case 'sale':
        return whereSold(column, given)
      default:
        return where(fact, (value) => passes(test, value), then)
    }
  }

  /** Goes through the two facts behind a sale; where they cannot matter, `node` drops them. */
  function whereSold(column: Column, given: (truth: boolean) => number): number {
    const contracts = numberOf.get('contract')!
    const considerations = numberOf.get('consideration')!
    const byContract = (consideration: string) =>
      node(
        contracts,
        variables[contracts]!.values.map((contract) =>
          given(isSale({ ...column, action: 'disclose', contract, consideration })),
        ),
      )
    // Whichever of the two is tested first, a pair of alternatives is right.
    return variables[considerations]!.values.map((consideration) =>
      and(
        where('consideration', (value) => value === consideration, 0),
        byContract(consideration),
      ),
    ).reduce(orElse, none)
  }

  const compile = ({ when = {} }: Permit | Forbid, row: Row, column: Column, then: number) =>
    [when]
      .flat()
      .map((all) =>
        Object.entries(all)
          .map(([fact, test]) => compileTest(fact, test, row, column, then))
          .reduce(and, then),
      )
      .reduce(orElse, none)

  return { diagrams, variables, none, compile, and, orElse, unless }
}
