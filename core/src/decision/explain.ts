/**
 * Why a decision falls as it does: the rule that decides, its promises, every rule that matches, the facts not known
 * that it hangs on, and the smallest changes of facts that would turn it. For people and tests, not for service.
 * Does not: guard itself. What it tells may show a choice of the person, so callers ask for a scope of their own.
 */
import type { Forbid, Permit, PolicyDocument } from '../policy/document.ts'
import { columnOf, decide, numberOf, placeOf } from './decide.ts'
import { factsOf, matchingIn, worldsOf } from './reference.ts'
import type { Decision, DecisionRequest } from './request.ts'
import type { DecisionTable } from './table.ts'

/** A fact of the request, or of one of its labels. */
export interface FactPlace {
  readonly fact: string
  /** The number of the label it belongs to; absent for a fact of the request. */
  readonly label?: number
}

export type FactChange = FactPlace & { readonly value: string }

/** Facts put in the place of what is stated or not known, and the decision then. */
export interface Change {
  readonly facts: readonly FactChange[]
  readonly decision: Decision
}

export interface MatchingRule {
  readonly rule: string
  readonly kind: 'permit' | 'forbid'
  readonly label: number
  /** It matches whatever is not known; else only for some values of that. */
  readonly isCertain: boolean
}

export interface Explanation {
  readonly decision: Decision
  /** The promises of the deciding rule; none where nothing permits. */
  readonly promises: readonly string[]
  /** Label by label, as declared. */
  readonly rules: readonly MatchingRule[]
  /** Facts not known that the table looked for: with the others open, some value of each would give another answer. */
  readonly unknown: readonly FactPlace[]
  /** The smallest sets of changes that turn a permit into a denial or the reverse: of one fact, else of two. */
  readonly changes: readonly Change[]
}

/** @throws AvowError as `decide` does */
export function explain(table: DecisionTable, request: DecisionRequest): Explanation {
  const decision = decide(table, request)
  return {
    decision,
    promises: table.policy.rules.find(({ id }) => id === decision.rule)?.promises ?? [],
    rules: request.labels.flatMap((_, label) => matchingRules(table.policy, request, label)),
    unknown: factsRead(table, request).filter((place) => valueAt(request, place) === undefined),
    changes: changesOf(table, request, decision),
  }
}

/** Each rule by itself, in the worlds that it can tell apart. */
function matchingRules(policy: PolicyDocument, request: DecisionRequest, label: number): readonly MatchingRule[] {
  return policy.rules
    .filter((rule): rule is Permit | Forbid => rule.kind !== 'retain')
    .flatMap((rule) => {
      const alone = { ...policy, rules: [rule] }
      const matches = [...worldsOf(alone, request, request.labels[label]!)].map(
        (world) => matchingIn(alone, world).length > 0,
      )
      if (!matches.includes(true)) return []
      return [{ rule: rule.id, kind: rule.kind, label, isCertain: !matches.includes(false) }]
    })
}

/** The facts the table reads for this request, in the order in which the language declares them. */
function factsRead(table: DecisionTable, request: DecisionRequest): readonly FactPlace[] {
  const { index, rows, rowOf, cells, palettes, paletteOf, nodes, counts } = table
  const column = columnOf(table, request)
  const read = new Map<string, FactPlace>()
  request.labels.forEach((label, i) => {
    const context = numberOf(index.contexts, 'context', label.context)
    const row = rowOf[context * counts.places + placeOf(index, label)]!
    let at = palettes[paletteOf[column]! + cells[column * rows + row]!]!
    while (at < nodes.length) {
      const { name, about, numbers } = index.factAt[nodes[at]!]!
      const place = about === 'label' ? { fact: name, label: i } : { fact: name }
      read.set(keyOf(place), place)
      const value = valueAt(request, place)
      at = nodes[at + 1 + (value === undefined ? 0 : numbers.get(value)!)]!
    }
  })
  const declared = Object.keys(factsOf(table.policy))
  const rank = ({ fact, label = -1 }: FactPlace) => declared.indexOf(fact) * (request.labels.length + 1) + label + 1
  return [...read.values()].sort((a, b) => rank(a) - rank(b))
}

/** Only a fact that is read can turn the answer: so a pair is one that is read now, and one that is read then. */
function changesOf(table: DecisionTable, request: DecisionRequest, decision: Decision): readonly Change[] {
  const singles = optionsOf(table, request).map((fact) => [fact])
  const turning = singles.flatMap((facts) => turn(table, request, decision, facts))
  if (turning.length > 0) return turning
  const order = new Map(allOptions(table, request).map((option, i) => [`${keyOf(option)} ${option.value}`, i]))
  const rank = (option: FactChange) => order.get(`${keyOf(option)} ${option.value}`)!
  const pairs = new Map<string, readonly FactChange[]>()
  for (const [first] of singles) {
    for (const second of optionsOf(table, withFact(request, first!))) {
      if (keyOf(first!) === keyOf(second)) continue
      const pair = [first!, second].sort((a, b) => rank(a) - rank(b))
      pairs.set(pair.map(rank).join(), pair)
    }
  }
  return [...pairs.values()]
    .sort((a, b) => rank(a[0]!) - rank(b[0]!) || rank(a[1]!) - rank(b[1]!))
    .flatMap((facts) => turn(table, request, decision, facts))
}

function turn(
  table: DecisionTable,
  request: DecisionRequest,
  decision: Decision,
  facts: readonly FactChange[],
): readonly Change[] {
  const changed = decide(table, facts.reduce(withFact, request))
  return changed.kind === decision.kind ? [] : [{ facts, decision: changed }]
}

/** Each fact that is read, with every value but the one it has. */
function optionsOf(table: DecisionTable, request: DecisionRequest): readonly FactChange[] {
  return factsRead(table, request).flatMap((place) => valuesAt(table, request, place))
}

/** Every fact of the language at every place, in the order in which it declares them. */
function allOptions(table: DecisionTable, request: DecisionRequest): readonly FactChange[] {
  return Object.entries(factsOf(table.policy)).flatMap(([fact, { about }]) => {
    const places: readonly FactPlace[] =
      about === 'value' ? request.labels.map((_, label) => ({ fact, label })) : [{ fact }]
    return places.flatMap((place) => valuesAt(table, request, place))
  })
}

function valuesAt(table: DecisionTable, request: DecisionRequest, place: FactPlace): readonly FactChange[] {
  const present = valueAt(request, place)
  return factsOf(table.policy)
    [place.fact]!.values.filter((value) => value !== present)
    .map((value) => ({ ...place, value }))
}

const keyOf = ({ fact, label }: FactPlace) => `${fact} ${label ?? ''}`

function valueAt(request: DecisionRequest, { fact, label }: FactPlace): string | undefined {
  return label === undefined ? request.facts[fact] : request.labels[label]?.facts?.[fact]
}

function withFact(request: DecisionRequest, { fact, label, value }: FactChange): DecisionRequest {
  if (label === undefined) return { ...request, facts: { ...request.facts, [fact]: value } }
  return {
    ...request,
    labels: request.labels.map((each, i) =>
      i === label ? { ...each, facts: { ...each.facts, [fact]: value } } : each,
    ),
  }
}
