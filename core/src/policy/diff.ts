/**
 * What changes between two versions of a policy, by what they permit and never by their words: newly permitted, newly
 * forbidden, owed otherwise, newly shared with whom, kept longer or shorter (retentionDiff.ts).
 * Goes through every cell of both versions and every world that either tells apart. A name that only one version
 * declares (context, field, purpose, recipient, fact value) counts as denied in the other.
 * Does not: say whether a change needs anyone's agreement; that is bound to what was collected and when.
 */
import { type Column, type Deed, factsAt, type Grid, gridOf, type Place, type Row, rulesAt } from '../decision/cell.ts'
import { describeWorlds } from '../decision/describe.ts'
import { factsOf } from '../decision/reference.ts'
import type { Decision } from '../decision/request.ts'
import { outcomeOf, type Worlds, worldsOf } from '../decision/worlds.ts'
import { type Conjunction, controller, type Obligation, type PolicyDocument } from './document.ts'
import { joinPractices, type Practice, practicesOf } from './practice.ts'
import { type RetentionChange, retentionDiff } from './retentionDiff.ts'

/** One change of practice: every combination of the names, wherever one of the conditions holds. */
export interface PracticeChange extends Practice {
  /** Conjunctions, of which at least one holds; `[{}]` is always. */
  readonly when: readonly Conjunction[]
  /** Rules of the first version that decided it so under this condition, and of the second; none where by default. */
  readonly rulesBefore: readonly string[]
  readonly rulesAfter: readonly string[]
  /** Obligations of the permit before, and after; none where it is denied. */
  readonly owedBefore: readonly Obligation[]
  readonly owedAfter: readonly Obligation[]
}

/** Fields that now reach a recipient whom they did not reach before under any purpose or condition. */
export interface SharingChange {
  readonly recipient: string
  readonly fields: readonly string[]
}

export interface PolicyDiff {
  readonly permitted: readonly PracticeChange[]
  readonly forbidden: readonly PracticeChange[]
  readonly obligations: readonly PracticeChange[]
  readonly shared: readonly SharingChange[]
  readonly noLongerShared: readonly SharingChange[]
  readonly retention: readonly RetentionChange[]
}

export const isEmptyDiff = (diff: PolicyDiff) => Object.values(diff).every((changes) => changes.length === 0)

/**
 * Compares two versions, each of which must have passed `checkPolicy`.
 * @throws AvowError POLICY_TOO_WIDE where the two together tell more than 65,536 worlds of one cell apart
 */
export function diff(before: PolicyDocument, after: PolicyDocument): PolicyDiff {
  const changes = new Changes()
  const reach = { before: new Map<string, Set<string>>(), after: new Map<string, Set<string>>() }
  for (const pair of cellPairs(before, after)) {
    addReach(reach.before, pair, pair.before)
    addReach(reach.after, pair, pair.after)
    changes.add(pair)
  }
  return {
    permitted: changes.of('permitted'),
    forbidden: changes.of('forbidden'),
    obligations: changes.of('obligations'),
    shared: newlyReached(reach.before, reach.after),
    noLongerShared: newlyReached(reach.after, reach.before),
    retention: retentionDiff(before, after),
  }
}

/** Cells alike in both versions, with what each decides in the worlds that either tells apart. */
interface CellPair {
  readonly places: readonly Place[]
  readonly deeds: readonly Deed[]
  readonly worlds: Worlds
  readonly before: readonly Decision[]
  readonly after: readonly Decision[]
}

function* cellPairs(before: PolicyDocument, after: PolicyDocument): Generator<CellPair> {
  const versions = [before, after].map((policy) => ({
    policy: withFactsOf(before, after, policy),
    grid: gridOf(policy),
    knows: knownValues(policy),
  }))
  const rows = alike<Place, Row>(versions.map(({ grid }) => grid.rows.map((row) => [row, row.places] as const)))
  const columns = alike<Deed, Column>(
    versions.map(({ grid }) => grid.columns.map((column) => [column, column.deeds] as const)),
  )
  const revalued = revaluedFacts(before, after)
  for (const [places, rowOf] of rows) {
    for (const [deeds, columnOf] of columns) {
      const cells = versions.map((version, i) => cellOf(version.grid, rowOf[i], columnOf[i]))
      if (!cells.some((cell) => cell?.rules.some((rule) => rule.kind === 'permit'))) continue
      const named = new Set([
        ...revalued,
        ...cells.flatMap((cell, i) => (cell ? factsAt(versions[i]!.policy, cell.row, cell.column, cell.rules) : [])),
      ])
      const facts = Object.keys(factsOf(versions[0]!.policy)).filter((fact) => named.has(fact))
      const [a, b] = cells.map((cell, i) => {
        const { policy, knows } = versions[i]!
        const worlds = worldsOf(policy, cell ?? nowhere, cell?.rules ?? [], facts)
        return { ...worlds, decisions: worlds.decisions.map((each, world) => (knows(worlds, world) ? each : denied)) }
      })
      yield { places, deeds, worlds: a!, before: a!.decisions, after: b!.decisions }
    }
  }
}

const denied: Decision = { kind: 'deny', rule: null }

/** Stands for a cell that one version does not have: it has no rules there, so nothing of it is read. */
const nowhere = {
  row: { isSensitive: false },
  column: {
    standing: undefined,
    advertising: undefined,
    deeds: [{ action: 'use', purpose: '', recipient: controller }],
  },
} as const

function cellOf(grid: Grid, row: Row | undefined, column: Column | undefined) {
  return row && column && { row, column, rules: rulesAt(grid, row, column) }
}

/** Members of both versions' groups, regrouped by the pair of groups that they stand in. */
function alike<T, G>(versions: readonly (readonly (readonly [G, readonly T[]])[])[]) {
  const groupsOf = new Map<string, { member: T; groups: (G | undefined)[]; numbers: number[] }>()
  for (const [version, groups] of versions.entries()) {
    for (const [number, [group, members]] of groups.entries()) {
      for (const member of members) {
        const key = identity(member)
        const found = groupsOf.get(key) ?? { member, groups: [undefined, undefined], numbers: [-1, -1] }
        found.groups[version] = group
        found.numbers[version] = number
        groupsOf.set(key, found)
      }
    }
  }
  const pairs = Map.groupBy(groupsOf.values(), ({ numbers }) => numbers.join())
  return [...pairs.values()].map((all) => [all.map(({ member }) => member), all[0]!.groups] as const)
}

/** A field is the same field when it changes its category. */
const identity = (member: unknown) =>
  JSON.stringify(member, (key, value: unknown) => (key === 'category' ? undefined : value))

/** The version with the facts and sources of both, so that worlds of the two have the same numbers. */
function withFactsOf(before: PolicyDocument, after: PolicyDocument, policy: PolicyDocument): PolicyDocument {
  const facts = { ...before.facts, ...after.facts }
  for (const [fact, { values }] of Object.entries(before.facts ?? {})) {
    facts[fact] = { ...facts[fact]!, values: [...new Set([...values, ...facts[fact]!.values])] }
  }
  return { ...policy, facts, sources: { ...before.sources, ...after.sources } }
}

/** Facts, `source` among them, that both versions declare with other values: a new value counts as denied before. */
function revaluedFacts(before: PolicyDocument, after: PolicyDocument): readonly string[] {
  const [a, b] = [factsOf(before), factsOf(after)]
  return Object.keys(a).filter((fact) => b[fact] && !sameMembers(a[fact]!.values, b[fact].values))
}

const sameMembers = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each) => b.includes(each))

/** Whether a version declares the values that the facts have in a world. */
function knownValues(policy: PolicyDocument): (worlds: Worlds, world: number) => boolean {
  const declared = factsOf(policy)
  return ({ facts, values, strides }, world) =>
    facts.every((fact, i) => {
      const value = values[i]![Math.floor(world / strides[i]!) % values[i]!.length]!
      return declared[fact]?.values.includes(value) ?? true
    })
}

type Kind = 'permitted' | 'forbidden' | 'obligations'

function kindOf(before: Decision, after: Decision): Kind | undefined {
  if (outcomeOf(before) === outcomeOf(after)) return undefined
  if (before.kind === 'deny') return 'permitted'
  return after.kind === 'deny' ? 'forbidden' : 'obligations'
}

interface Found {
  readonly kind: Kind
  readonly when: readonly Conjunction[]
  readonly owedBefore: readonly Obligation[]
  readonly owedAfter: readonly Obligation[]
  readonly rulesBefore: Set<string>
  readonly rulesAfter: Set<string>
  readonly practices: Practice[]
}

/** Changes as they are found, those that differ only in where they are found gathered into one. */
class Changes {
  readonly #byKey = new Map<string, Found>()

  add({ places, deeds, worlds, before, after }: CellPair): void {
    const changed = Map.groupBy(before.keys(), (world) => changeKey(before[world]!, after[world]!))
    for (const [of, members] of changed) {
      if (of === undefined) continue
      const inSet = new Set(members)
      const when = describeWorlds(
        worlds,
        before.map((_, world) => inSet.has(world)),
      )
      const key = JSON.stringify([of, when])
      const [from, to] = [before[members[0]!]!, after[members[0]!]!]
      const found = this.#byKey.get(key) ?? {
        kind: kindOf(from, to)!,
        when,
        owedBefore: owed(from),
        owedAfter: owed(to),
        rulesBefore: new Set<string>(),
        rulesAfter: new Set<string>(),
        practices: [],
      }
      this.#byKey.set(key, found)
      found.practices.push(...practicesOf(places, deeds))
      for (const world of members) {
        const [a, b] = [before[world]!.rule, after[world]!.rule]
        if (a !== null) found.rulesBefore.add(a)
        if (b !== null) found.rulesAfter.add(b)
      }
    }
  }

  of(kind: Kind): readonly PracticeChange[] {
    return [...this.#byKey.values()]
      .filter((found) => found.kind === kind)
      .flatMap(({ practices, when, owedBefore, owedAfter, rulesBefore, rulesAfter }) =>
        joinPractices(practices).map((practice) => ({
          ...practice,
          when,
          rulesBefore: [...rulesBefore].sort(),
          rulesAfter: [...rulesAfter].sort(),
          owedBefore,
          owedAfter,
        })),
      )
  }
}

/** Worlds of a cell whose change is told in one line share a key; those that do not change have none. */
function changeKey(before: Decision, after: Decision): string | undefined {
  const kind = kindOf(before, after)
  return kind === 'obligations' ? `${outcomeOf(before)}, ${outcomeOf(after)}` : kind
}

const owed = (decision: Decision) => (decision.kind === 'permit' ? decision.obligations : [])

/** Adds the fields that reach others in this cell under some condition. */
function addReach(reach: Map<string, Set<string>>, { places, deeds }: CellPair, decisions: readonly Decision[]): void {
  if (!decisions.some((decision) => decision.kind === 'permit')) return
  for (const { action, recipient } of deeds) {
    if (recipient === controller || (action !== 'disclose' && action !== 'transfer')) continue
    const fields = reach.get(recipient) ?? new Set()
    for (const { field } of places) fields.add(field)
    reach.set(recipient, fields)
  }
}

function newlyReached(
  before: ReadonlyMap<string, ReadonlySet<string>>,
  after: ReadonlyMap<string, ReadonlySet<string>>,
): readonly SharingChange[] {
  return [...after]
    .map(([recipient, fields]) => ({
      recipient,
      fields: [...fields].filter((field) => !before.get(recipient)?.has(field)).sort(),
    }))
    .filter(({ fields }) => fields.length > 0)
    .sort((a, b) => (a.recipient < b.recipient ? -1 : 1))
}
