/**
 * The smallest request that shows a property broken: as few facts stated as will do, so that a person sees what
 * matters and can paste it into `avow decide`. What it leaves unsaid makes no difference: it is decided so whatever
 * the rest may be.
 * Does not: decide whether the property holds (prove.ts).
 */

import { controller, type PolicyDocument } from '../policy/document.ts'
import type { Column, Row } from './cell.ts'
import { factsOf, meet } from './reference.ts'
import type { Decision, DecisionRequest } from './request.ts'
import { factsIn, outcomeOf, type Worlds } from './worlds.ts'

export interface Counterexample {
  /** How many facts it states. */
  readonly size: number
  readonly request: DecisionRequest
  /** What the policy decides of it. */
  readonly decision: Decision
  /** The same request with other values of the facts on which the decision should not hang; only of `independent`. */
  readonly other?: { readonly request: DecisionRequest; readonly decision: Decision }
}

/** One cell in the scope of a property, with its worlds and where the property speaks. */
export interface Examined {
  readonly policy: PolicyDocument
  readonly row: Row
  readonly column: Column
  readonly worlds: Worlds
  /** The worlds of which the property speaks: where `when` holds, or where `except` does not. */
  readonly speaks: readonly boolean[]
}

/** One cell in the scope of a property, with its worlds and where the property speaks. */
export interface Examined {
  readonly policy: PolicyDocument
  readonly row: Row
  readonly column: Column
  readonly worlds: Worlds
  /** The worlds of which the property speaks: where `when` holds, or where `except` does not. */
  readonly speaks: readonly boolean[]
}

/** The facts that are fixed, and the worlds in which they have the values they are fixed to. */
interface Choice {
  readonly facts: readonly string[]
  readonly worlds: readonly number[]
}

/**
 * The request with fewest facts all of whose worlds are `bad`; none if no world is.
 * @param bound only a request with fewer facts than this is of interest
 */
export function smallestPermit(
  cell: Examined,
  bad: readonly boolean[],
  bound = Number.POSITIVE_INFINITY,
): Counterexample | undefined {
  const choice = smallestChoice(cell.worlds, 0, cell.worlds.facts, (world) => bad[world]!, bound)
  return choice && { size: choice.facts.length, ...requestOf(cell, choice.worlds, choice.facts) }
}

/** The pair of requests with fewest facts that differ in some of the facts `of` alone and are decided unlike. */
export function smallestDifference(
  cell: Examined,
  of: readonly string[],
  bound = Number.POSITIVE_INFINITY,
): Counterexample | undefined {
  const { worlds, speaks } = cell
  const outcomes = worlds.decisions.map(outcomeOf)
  let best: Counterexample | undefined
  for (const changed of subsets(of)) {
    const others = worlds.facts.filter((fact) => !changed.includes(fact))
    for (const [from, to] of pairsDifferingInAll(worlds, changed)) {
      const kindOf = (world: number) => {
        const opposite = world + to - from
        if (!speaks[world] || !speaks[opposite] || outcomes[world] === outcomes[opposite]) return undefined
        return `${outcomes[world]}, ${outcomes[opposite]}`
      }
      const kinds = outcomes.keys().filter((world) => valuesIn(worlds, world, changed) === from)
      for (const kind of new Set(kinds.map(kindOf))) {
        if (kind === undefined) continue
        const limit = (best?.size ?? bound) - changed.length
        if (limit <= 0) return best
        const choice = smallestChoice(worlds, from, others, (world) => kindOf(world) === kind, limit)
        if (choice === undefined) continue
        const stated = [...changed, ...choice.facts]
        const opposite = choice.worlds.map((world) => world + to - from)
        best = {
          size: stated.length,
          ...requestOf(cell, choice.worlds, stated),
          other: requestOf(cell, opposite, stated),
        }
      }
    }
  }
  return best
}

/**
 * Fewest of `facts` to fix, and to what, so that every world is `bad` that agrees with `start` outside `facts`.
 * Goes through all choices, from those that fix everything: one that leaves a fact open is bad if it is so for each
 * value of that fact. There are as many as worlds if every fact had one value more: at most 3^16.
 */
function smallestChoice(
  worlds: Worlds,
  start: number,
  facts: readonly string[],
  bad: (world: number) => boolean,
  bound: number,
): Choice | undefined {
  const at = facts.map((fact) => worlds.facts.indexOf(fact))
  const radices = at.map((i) => worlds.values[i]!.length)
  const apart: number[] = []
  let count = 1
  for (const radix of radices) {
    apart.push(count)
    count *= radix + 1
  }
  const isBad = new Uint8Array(count)
  // The digit of a fact is its value, or one past the last value where it is left open.
  const digits = facts.map(() => 0)
  let best: readonly number[] | undefined
  let fewest = bound
  for (let choice = 0; choice < count; choice++) {
    let open = -1
    let fixed = 0
    let world = start
    for (let i = 0; i < digits.length; i++) {
      if (digits[i] === radices[i]) open = i
      else {
        fixed++
        world += digits[i]! * worlds.strides[at[i]!]!
      }
    }
    let every = open >= 0 || bad(world)
    for (let back = 1; every && open >= 0 && back <= radices[open]!; back++) {
      every = isBad[choice - back * apart[open]!] === 1
    }
    if (every) {
      isBad[choice] = 1
      if (fixed < fewest) {
        fewest = fixed
        best = [...digits]
      }
    }
    for (let i = 0; i < digits.length && ++digits[i]! > radices[i]!; i++) digits[i] = 0
  }
  if (best === undefined) return undefined
  const values = best.map((digit, i) => (digit === radices[i] ? undefined : digit))
  return {
    facts: facts.filter((_, i) => values[i] !== undefined),
    worlds: values.reduce<readonly number[]>(
      (so, value, i) =>
        (value === undefined ? [...Array(radices[i]).keys()] : [value]).flatMap((digit) =>
          so.map((world) => world + digit * worlds.strides[at[i]!]!),
        ),
      [start],
    ),
  }
}

/** The part of a world's number that these facts make. */
function valuesIn({ facts, values, strides }: Worlds, world: number, of: readonly string[]): number {
  return of.reduce((sum, fact) => {
    const at = facts.indexOf(fact)
    return sum + (Math.floor(world / strides[at]!) % values[at]!.length) * strides[at]!
  }, 0)
}

/** Each pair of values for these facts in which every one of them differs, as parts of a world's number, once. */
function pairsDifferingInAll({ facts, values, strides }: Worlds, changed: readonly string[]) {
  let pairs: readonly (readonly [number, number])[] = [[0, 0]]
  for (const fact of changed) {
    const at = facts.indexOf(fact)
    const parts = values[at]!.map((_, digit) => digit * strides[at]!)
    const next = parts.flatMap((a) => parts.filter((b) => a !== b).map((b) => [a, b] as const))
    pairs = pairs.flatMap(([a, b]) => next.map(([c, d]) => [a + c, b + d] as const))
  }
  return pairs.filter(([a, b]) => a < b)
}

/** Every subset but the empty one, the small ones first, each in the order of the whole. */
function* subsets<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let size = 1; size <= all.length; size++) yield* choose(all, size)
}

function* choose<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) yield []
  else {
    for (const [i, first] of all.entries())
      for (const rest of choose(all.slice(i + 1), size - 1)) yield [first, ...rest]
  }
}

/** The request that states these facts as the worlds have them, and what is decided of it. */
function requestOf({ policy, row, column, worlds }: Examined, chosen: readonly number[], stated: readonly string[]) {
  const place = row.places[0]!
  const { action, purpose, recipient } = column.deeds[0]!
  const facts = Object.entries(factsIn(worlds, chosen[0]!, stated))
  const isOfValue = ([fact]: readonly [string, string]) => factsOf(policy)[fact]!.about === 'value'
  const ofValue = facts.filter(isOfValue)
  const request: DecisionRequest = {
    action,
    purpose,
    ...(recipient === controller ? {} : { recipient }),
    labels: [{ ...place, ...(ofValue.length === 0 ? {} : { facts: Object.fromEntries(ofValue) }) }],
    facts: Object.fromEntries(facts.filter((each) => !isOfValue(each))),
  }
  const decision = chosen.map((world) => worlds.decisions[world]!).reduce((a, b) => meet(policy, a, b))
  return { request, decision }
}
