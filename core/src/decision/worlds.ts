/**
 * All worlds of one cell, decided: each combination of values of the facts that can matter there, one by one.
 * For what must go through everything (prove.ts, ../policy/diff.ts), not for service. The meaning is reference.ts's,
 * world by world; tests hold the two together.
 * Worlds are numbered: a fact's value is a digit of the number, the first fact the lowest.
 */
import { isSale, isShare } from '../law/saleAndShare.ts'
import type { Condition, Conjunction, Forbid, Permit, PolicyDocument, Test } from '../policy/document.ts'
import { type Column, checkWidth, type Row } from './cell.ts'
import { factsOf, isKept } from './reference.ts'
import type { Decision } from './request.ts'

export interface Worlds {
  /** The stated facts that are told apart, and the values of each. */
  readonly facts: readonly string[]
  readonly values: readonly (readonly string[])[]
  /** `strides[i]`: how far apart two worlds are that differ by one in the value of fact `i`. */
  readonly strides: readonly number[]
  /** What is decided in each world. */
  readonly decisions: readonly Decision[]
  /** In which worlds a condition holds, over these facts and the derived ones. None holds in all. */
  readonly where: (condition: Condition | undefined) => readonly boolean[]
}

/** The part of a cell that its worlds hang on. */
export interface CellOfWorlds {
  readonly row: Pick<Row, 'isSensitive'>
  readonly column: Pick<Column, 'standing' | 'advertising'> & { readonly deeds: Column['deeds'] }
}

/**
 * Decides every world of a cell by `rules`, those of the policy that can match there, as declared.
 * @param facts all stated facts to tell apart, those behind derived ones included (see `factsAt`)
 * @throws AvowError POLICY_TOO_WIDE where that is more than 65,536 worlds
 */
export function worldsOf(
  policy: PolicyDocument,
  cell: CellOfWorlds,
  rules: readonly (Permit | Forbid)[],
  facts: readonly string[],
): Worlds {
  checkWidth(policy, facts, rules)
  const declared = factsOf(policy)
  const values = facts.map((fact) => declared[fact]!.values)
  const strides: number[] = []
  let count = 1
  for (const each of values) {
    strides.push(count)
    count *= each.length
  }
  const valueIn = (fact: string) => {
    const at = facts.indexOf(fact)
    if (at < 0) return () => undefined
    return (world: number) => values[at]![Math.floor(world / strides[at]!) % values[at]!.length]!
  }
  const stated = new Map(facts.map((fact) => [fact, valueIn(fact)]))
  const derived = derivedIn(cell, valueIn)

  const where = (condition: Condition | undefined): readonly boolean[] => {
    const held = new Array<boolean>(count).fill(condition === undefined)
    for (const all of condition === undefined ? [] : conjunctionsOf(condition)) {
      const tests = Object.entries(all).map(([fact, test]) => {
        const value = derived.get(fact) ?? stated.get(fact)
        if (value === undefined) throw new Error(`internal: fact \`${fact}\` is not told apart in these worlds`)
        return { value, passing: passing(test) }
      })
      for (let world = 0; world < count; world++) {
        held[world] ||= tests.every(({ value, passing }) => passing(value(world) ?? ''))
      }
    }
    return held
  }
  return { facts, values, strides, decisions: decideAll(policy, rules, count, where), where }
}

type ValueIn = (world: number) => string | undefined

/** The derived facts, of the facts behind them where these are told apart; where they are not, they change nothing. */
function derivedIn({ row, column }: CellOfWorlds, valueIn: (fact: string) => ValueIn): ReadonlyMap<string, ValueIn> {
  const word = (truth: boolean) => (truth ? 'yes' : 'no')
  const content = valueIn('sensitiveContent')
  const contract = valueIn('contract')
  const consideration = valueIn('consideration')
  const sale = (world: number) => ({
    action: column.deeds[0]!.action,
    standing: column.standing,
    advertising: column.advertising,
    contract: contract(world) ?? '',
    consideration: consideration(world) ?? '',
  })
  const share = word(isShare(sale(0)))
  return new Map<string, ValueIn>([
    ['sensitive', (world) => word(row.isSensitive || content(world) === 'yes')],
    ['sale', (world) => word(isSale(sale(world)))],
    ['share', () => share],
  ])
}

/** See the head of reference.ts: the first permit that is kept over every forbid that matches, else a denial. */
function decideAll(
  policy: PolicyDocument,
  rules: readonly (Permit | Forbid)[],
  count: number,
  where: (condition: Condition | undefined) => readonly boolean[],
): readonly Decision[] {
  const permits = rules
    .filter((rule) => rule.kind === 'permit')
    .map(({ id, when, obligations = [] }) => ({
      id,
      matches: where(when),
      decision: { kind: 'permit', rule: id, obligations: [...obligations].sort() } as const,
    }))
  const forbids = rules
    .filter((rule) => rule.kind === 'forbid')
    .map((forbid) => ({
      matches: where(forbid.when),
      decision: { kind: 'deny', rule: forbid.id } as const,
      kept: new Set(
        rules.filter((rule) => rule.kind === 'permit' && isKept(policy, rule, forbid)).map((permit) => permit.id),
      ),
    }))
  const byDefault: Decision = { kind: 'deny', rule: null }
  return Array.from({ length: count }, (_, world) => {
    const allowing = permits.filter((permit) => permit.matches[world])
    const against = forbids.filter((forbid) => forbid.matches[world])
    const standing = allowing.find((permit) => against.every((forbid) => forbid.kept.has(permit.id)))
    if (standing !== undefined) return standing.decision
    const unanswered = against.find((forbid) => !allowing.some((permit) => forbid.kept.has(permit.id)))
    return (unanswered ?? against[0])?.decision ?? byDefault
  })
}

/** What is owed and what is allowed, without the rule that says so: what a person or a caller can tell apart. */
export function outcomeOf(decision: Decision): string {
  return decision.kind === 'deny' ? 'deny' : ['permit', ...decision.obligations].join(' ')
}

/** The values of the facts in one world, by name. */
export function factsIn(worlds: Worlds, world: number, which: readonly string[] = worlds.facts) {
  const facts: Record<string, string> = {}
  worlds.facts.forEach((fact, i) => {
    const values = worlds.values[i]!
    if (which.includes(fact)) facts[fact] = values[Math.floor(world / worlds.strides[i]!) % values.length]!
  })
  return facts
}

export function conjunctionsOf(condition: Condition): readonly Conjunction[] {
  // Array.isArray does not narrow a readonly array out of a union; the cast says what is left.
  return Array.isArray(condition) ? condition : [condition as Conjunction]
}

function passing(test: Test): (value: string) => boolean {
  if (typeof test === 'string') return (value) => value === test
  if ('not' in test) {
    const excluded = passing(test.not)
    return (value) => !excluded(value)
  }
  return (value) => test.includes(value)
}
