/**
 * In which worlds of a cell two versions of a policy decide unlike, said as a rule could say it: a few conjunctions.
 * Facts that make no difference are left out, values that lead to the same are named together; the conjunctions never
 * overlap, and are few though not always the fewest.
 * They tell changed worlds from those that stay permitted, and are silent on what neither version permits: so a forbid
 * that is taken away reads as its own condition, and not as that of every permit it stood against. What is permitted
 * where nothing was before is told with all of its conditions.
 */
import type { Decision } from '../decision/request.ts'
import type { Conjunction, Obligation, Test } from './document.ts'
import type { Versions } from './versions.ts'

export interface ChangedWorlds {
  readonly kind: 'permitted' | 'forbidden' | 'obligations'
  /** The change is wherever one of these holds and at least one of the versions permits. `[{}]` always holds. */
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
    if (isTerminal(diagram)) return diagram < outcomes.firstPermit ? denied : outcomes.firstPermit + (diagram & 7)
    const found = kinds.get(diagram)
    if (found !== undefined) return found
    const kind = diagrams.node(diagrams.variableOf(diagram), diagrams.childrenOf(diagram).map(kindOf))
    kinds.set(diagram, kind)
    return kind
  }
  const [inFull, inShort] = [new Map<number, readonly ChangedWorlds[]>(), new Map<number, readonly ChangedWorlds[]>()]

  /** @param done also says whether worlds that neither version permits are told from the others: in full they are */
  function find(a: number, b: number, done: typeof inFull): readonly ChangedWorlds[] {
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
    const told = [...values.keys()].filter(
      (i) => done === inFull || kindOf(childOf(a, i)) !== denied || kindOf(childOf(b, i)) !== denied,
    )
    const branches = told.flatMap((i) =>
      find(childOf(a, i), childOf(b, i), done).map((change) => ({ value: values[i]!, change })),
    )
    const among = told.map((i) => values[i]!)
    const result = [...Map.groupBy(branches, ({ change }) => keyOf(change)).values()].map((alike) => ({
      ...alike[0]!.change,
      when: joinBranches(fact, among, alike),
      rulesBefore: union(alike.map(({ change }) => change.rulesBefore)),
      rulesAfter: union(alike.map(({ change }) => change.rulesAfter)),
    }))
    done.set(pair, result)
    return result
  }

  return (a, b) => {
    const short = find(a, b, inShort)
    const isNewAltogether = short.some(({ kind, when }) => kind === 'permitted' && isAlways(when))
    return isNewAltogether ? find(a, b, inFull) : short
  }
}

/** The kind of a denial. */
const denied = 0

export const isAlways = (when: readonly Conjunction[]) => when.some((all) => Object.keys(all).length === 0)

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
