/**
 * The smallest request that shows a property broken: as few facts stated as will do, so that a person sees what
 * matters and can paste it into `avow decide`. What it leaves unsaid makes no difference: it is decided so whatever
 * the rest may be. Found as the path through a finished decision diagram that knows the fewest facts.
 * Does not: say of which worlds the property speaks (prove.ts).
 */
import { controller } from '../policy/document.ts'
import type { Deed, Place } from './cell.ts'
import type { Variable } from './conditionDiagram.ts'
import type { Diagrams } from './diagram.ts'
import type { Outcomes } from './outcome.ts'
import type { Decision, DecisionRequest } from './request.ts'

export interface Counterexample {
  /** How many facts it states. */
  readonly size: number
  readonly request: DecisionRequest
  /** What the policy decides of it. */
  readonly decision: Decision
  /** The same request with other values of the facts on which the decision should not hang; only of `independent`. */
  readonly other?: { readonly request: DecisionRequest; readonly decision: Decision }
}

/** Where to search: finished diagrams (child 0 is "not known"), and what their answers mean. */
export interface Space {
  readonly diagrams: Diagrams
  readonly outcomes: Outcomes
  readonly variables: readonly Variable[]
  readonly decisions: readonly Decision[]
  /** The answer where the property does not speak. */
  readonly silence: number
}

/** One or two requests on their way through a diagram: the value of each fact passed, and where each has come to. */
interface Step {
  readonly variable: number
  readonly values: readonly [number, number]
  readonly to: readonly [number, number]
}

export interface Search {
  readonly space: Space
  /** Whether two requests are shown, and not one. */
  readonly isPair: boolean
  /** Fewest facts of a request in this diagram that shows the property broken; infinite where none does. */
  readonly size: (diagram: number) => number
  /** The way to it. */
  readonly path: (diagram: number) => readonly Step[]
}

/** Searches for a request that is permitted. */
export function searchPermit(space: Space): Search {
  const { firstPermit } = space.outcomes
  return search(space, {
    isPair: false,
    shows: (a) => a >= firstPermit,
    isHopeless: () => false,
    mayDiffer: () => false,
  })
}

/** Searches for two requests that differ in some of the facts `of` alone and are not decided alike. */
export function searchDifference(space: Space, of: readonly string[]): Search {
  const { diagrams, outcomes, variables, silence } = space
  const mayDiffer = (variable: number) => of.includes(variables[variable]!.fact)
  // Two permits are alike if the same is owed: the last three bits (outcome.ts).
  const kind = (answer: number) => (answer < outcomes.firstPermit ? -1 : answer & 7)
  const reads = new Map<number, boolean>()
  const readsAny = (diagram: number): boolean => {
    if (diagram < diagrams.terminals) return false
    const found = reads.get(diagram)
    if (found !== undefined) return found
    const result = mayDiffer(diagrams.variableOf(diagram)) || diagrams.childrenOf(diagram).some(readsAny)
    reads.set(diagram, result)
    return result
  }
  return search(space, {
    isPair: true,
    shows: (a, b) => a !== silence && b !== silence && kind(a) !== kind(b),
    isHopeless: (a, b) => a === b && !readsAny(a),
    mayDiffer,
  })
}

interface Goal {
  readonly isPair: boolean
  readonly shows: (a: number, b: number) => boolean
  readonly isHopeless: (a: number, b: number) => boolean
  readonly mayDiffer: (variable: number) => boolean
}

/** Goes down both diagrams at once; each pair of places is looked at once. */
function search(space: Space, { isPair, shows, isHopeless, mayDiffer }: Goal): Search {
  const { diagrams } = space
  const done = new Map<number, number>()

  function* stepsFrom(a: number, b: number): Generator<Step> {
    const variable = Math.min(diagrams.variableOf(a), diagrams.variableOf(b))
    const width = space.variables[variable]!.values.length
    const childOf = (diagram: number, value: number) =>
      diagrams.variableOf(diagram) === variable ? diagrams.childrenOf(diagram)[value]! : diagram
    for (let value = 0; value <= width; value++) {
      yield { variable, values: [value, value], to: [childOf(a, value), childOf(b, value)] }
    }
    if (!mayDiffer(variable)) return
    for (let one = 1; one <= width; one++) {
      for (let two = 1; two <= width; two++) {
        if (one !== two) yield { variable, values: [one, two], to: [childOf(a, one), childOf(b, two)] }
      }
    }
  }

  const sizeFrom = (a: number, b: number): number => {
    if (a < diagrams.terminals && b < diagrams.terminals) return shows(a, b) ? 0 : Number.POSITIVE_INFINITY
    if (isHopeless(a, b)) return Number.POSITIVE_INFINITY
    // Numbers of diagrams stay far below 2^26, so the pair has a number of its own below 2^53.
    const pair = a * 0x4000000 + b
    const found = done.get(pair)
    if (found !== undefined) return found
    let fewest = Number.POSITIVE_INFINITY
    for (const step of stepsFrom(a, b)) fewest = Math.min(fewest, sizeFrom(...step.to) + known(step))
    done.set(pair, fewest)
    return fewest
  }

  function path(diagram: number): readonly Step[] {
    const steps: Step[] = []
    let [a, b] = [diagram, diagram]
    while (a >= diagrams.terminals || b >= diagrams.terminals) {
      const left = sizeFrom(a, b)
      const next = stepsFrom(a, b).find((step) => sizeFrom(...step.to) + known(step) === left)
      if (next === undefined) throw new Error('internal: a counter-example was measured and cannot be found again')
      steps.push(next)
      ;[a, b] = next.to
    }
    return steps
  }

  return { space, isPair, size: (diagram) => sizeFrom(diagram, diagram), path }
}

const known = ({ values }: Step) => (values[0] === 0 ? 0 : 1)

/** The counter-example that the search finds in this diagram, asked of this place and deed. */
export function counterexampleAt(found: Search, diagram: number, place: Place, deed: Deed): Counterexample {
  const steps = found.path(diagram)
  const size = steps.filter((step) => known(step) === 1).length
  const shown = requestOf(found.space, diagram, steps, 0, place, deed)
  if (!found.isPair) return { size, ...shown }
  return { size, ...shown, other: requestOf(found.space, diagram, steps, 1, place, deed) }
}

function requestOf(
  { variables, decisions }: Space,
  diagram: number,
  steps: readonly Step[],
  side: 0 | 1,
  place: Place,
  { action, purpose, recipient }: Deed,
): { readonly request: DecisionRequest; readonly decision: Decision } {
  const stated = (about: Variable['about']) =>
    Object.fromEntries(
      steps
        .filter((step) => step.values[side] > 0 && variables[step.variable]!.about === about)
        .map(({ variable, values }) => [variables[variable]!.fact, variables[variable]!.values[values[side] - 1]!]),
    )
  const ofLabel = stated('label')
  return {
    request: {
      action,
      purpose,
      ...(recipient === controller ? {} : { recipient }),
      labels: [{ ...place, ...(Object.keys(ofLabel).length === 0 ? {} : { facts: ofLabel }) }],
      facts: stated('request'),
    },
    decision: decisions[steps.at(-1)?.to[side] ?? diagram]!,
  }
}
