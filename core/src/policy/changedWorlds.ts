/**
 * In which worlds of a cell two versions of a policy decide unlike, said as a rule could say it: a few conjunctions
 * that hold there and nowhere else. Facts that make no difference are left out, values that lead to the same are named
 * together; the conjunctions never overlap, and are few though not always the fewest.
 */
import type { Decision } from '../decision/request.ts'
import type { Conjunction, Obligation, Test } from './document.ts'
import type { Versions } from './versions.ts'

export interface ChangedWorlds {
  readonly kind: 'permitted' | 'forbidden' | 'obligations'
  readonly when: readonly Conjunction[]
  readonly owedBefore: readonly Obligation[]
  readonly owedAfter: readonly Obligation[]
  readonly rulesBefore: readonly string[]
  readonly rulesAfter: readonly string[]
}

/** Answers for pairs of finished diagrams of these versions, each pair worked out once. */
export function changeFinder({ compiler, decisions }: Versions): (a: number, b: number) => readonly ChangedWorlds[] {
  const { diagrams, variables, outcomes } = compiler
  const isTerminal = (diagram: number) => diagram < diagrams.terminals
  // What a caller can tell apart: a denial, or a permit with what is owed (the last three bits, see outcome.ts).
  const kinds = new Map<number, number>()
  const kindOf = (diagram: number): number => {
    if (isTerminal(diagram)) return diagram < outcomes.firstPermit ? 0 : outcomes.firstPermit + (diagram & 7)
    const found = kinds.get(diagram)
    if (found !== undefined) return found
    const kind = diagrams.node(diagrams.variableOf(diagram), diagrams.childrenOf(diagram).map(kindOf))
    kinds.set(diagram, kind)
    return kind
  }
  const done = new Map<number, readonly ChangedWorlds[]>()

  function find(a: number, b: number): readonly ChangedWorlds[] {
    if (kindOf(a) === kindOf(b)) return []
    if (isTerminal(a) && isTerminal(b)) return [changeOf(decisions[a]!, decisions[b]!)]
    // Numbers of diagrams stay far below 2^26, so the pair has a number of its own below 2^53.
    const pair = a * 0x4000000 + b
    const found = done.get(pair)
    if (found !== undefined) return found
    const variable = Math.min(diagrams.variableOf(a), diagrams.variableOf(b))
    const { fact, values } = variables[variable]!
    const childOf = (diagram: number, value: number) =>
      diagrams.variableOf(diagram) === variable ? diagrams.childrenOf(diagram)[value + 1]! : diagram
    const branches = values.flatMap((value, i) =>
      find(childOf(a, i), childOf(b, i)).map((change) => ({ value, change })),
    )
    const result = [...Map.groupBy(branches, ({ change }) => keyOf(change)).values()].map((alike) => ({
      ...alike[0]!.change,
      when: joinBranches(fact, values, alike),
      rulesBefore: union(alike.map(({ change }) => change.rulesBefore)),
      rulesAfter: union(alike.map(({ change }) => change.rulesAfter)),
    }))
    done.set(pair, result)
    return result
  }
  return find
}

/** Changes that are told in one line share a key. */
export const keyOf = ({ kind, owedBefore, owedAfter }: ChangedWorlds) =>
  kind === 'obligations' ? `${owedBefore.join()} → ${owedAfter.join()}` : kind

function changeOf(before: Decision, after: Decision): ChangedWorlds {
  return {
    kind: before.kind === 'deny' ? 'permitted' : after.kind === 'deny' ? 'forbidden' : 'obligations',
    when: [{}],
    owedBefore: before.kind === 'permit' ? before.obligations : [],
    owedAfter: after.kind === 'permit' ? after.obligations : [],
    rulesBefore: before.rule === null ? [] : [before.rule],
    rulesAfter: after.rule === null ? [] : [after.rule],
  }
}

function joinBranches(
  fact: string,
  all: readonly string[],
  branches: readonly { readonly value: string; readonly change: ChangedWorlds }[],
): readonly Conjunction[] {
  const alike = Map.groupBy(branches, ({ change }) => JSON.stringify(change.when))
  return [...alike.values()].flatMap((same) => {
    const { when } = same[0]!.change
    if (same.length === all.length) return when
    const test = testOf(
      same.map(({ value }) => value),
      all,
    )
    return when.map((conjunction) => ({ [fact]: test, ...conjunction }))
  })
}

/** The shorter way to say it. */
function testOf(values: readonly string[], all: readonly string[]): Test {
  if (values.length === 1) return values[0]!
  const others = all.filter((value) => !values.includes(value))
  return others.length === 1 ? { not: others[0]! } : values
}

const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort()
