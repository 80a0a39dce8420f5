/**
 * Two versions of a policy side by side: every cell of both, each with what the two decide there as decision diagrams
 * over the same facts. A name that only one version declares (context, field, purpose, recipient, fact value) counts as
 * denied in the other.
 */
import { both, type Column, type Deed, type Grid, gridOf, membersOf, type Place, type Row } from '../decision/cell.ts'
import { type CellCompiler, cellCompiler } from '../decision/cellDiagram.ts'
import { cellKinds } from '../decision/cellKinds.ts'
import { decisionsOf } from '../decision/outcome.ts'
import { factsOf } from '../decision/reference.ts'
import type { Decision } from '../decision/request.ts'
import type { Forbid, Permit, PolicyDocument, Resolution } from './document.ts'

/** Cells that both versions tell apart from others in the same way, and the finished diagram of each version. */
export interface CellPair {
  readonly places: readonly Place[]
  readonly deeds: readonly Deed[]
  readonly diagrams: readonly [before: number, after: number]
}

export interface Versions {
  readonly compiler: CellCompiler
  /** By answer; rules bear their own ids, and none where a version lacks the words. */
  readonly decisions: readonly Decision[]
  readonly pairs: Iterable<CellPair>
}

/** The two stand in one policy under different prefixes, so that neither's resolutions touch the other's rules. */
const prefixes = ['a:', 'b:'] as const

interface Version {
  readonly grid: Grid
  /** Position of its first rule among the rules of both. */
  readonly offset: number
  /** Positions of the forbids of what it does not declare: they match in all of its cells. */
  readonly everywhere: readonly number[]
}

export function sideBySide(before: PolicyDocument, after: PolicyDocument): Versions {
  const rules: (Permit | Forbid)[] = []
  const resolutions: Resolution[] = []
  const versions = [before, after].map((policy, i): Version => {
    const grid = gridOf(policy)
    const offset = rules.length
    rules.push(...grid.rules.map((rule) => prefixed(rule, prefixes[i]!)))
    const undeclared = undeclaredValues(policy, i === 0 ? after : before)
    const everywhere = undeclared.map((_, j) => rules.length + j)
    rules.push(...undeclared.map((when): Forbid => ({ kind: 'forbid', id: prefixes[i]!, promises: [], when })))
    resolutions.push(...policy.resolutions.map((each) => prefixedResolution(each, prefixes[i]!)))
    return { grid, offset, everywhere }
  })
  const policy = { ...after, ...factsOfBoth(before, after), resolutions }
  const compiler = cellCompiler(policy, rules)
  const decisions = decisionsOf(rules, compiler.outcomes).map((decision) => withoutPrefix(decision))
  return { compiler, decisions, pairs: pairsOf(versions, compiler, rules) }
}

function* pairsOf(
  versions: readonly Version[],
  compiler: CellCompiler,
  rules: readonly (Permit | Forbid)[],
): Generator<CellPair> {
  const rows = alike<Place, Row>(versions.map(({ grid }) => grid.rows.map((row) => [row, row.places] as const)))
  const columns = alike<Deed, Column>(
    versions.map(({ grid }) => grid.columns.map((column) => [column, column.deeds] as const)),
  )
  const compiled = versions.map(() => new Map<number, number>())
  const kinds = versions.map(() => cellKinds())
  const diagramOf = (i: 0 | 1, row: Row | undefined, column: Column | undefined): number => {
    if (row === undefined || column === undefined) return compiler.outcomes.nothingPermits
    const { offset, everywhere } = versions[i]!
    const set = both(row.rules, column.rules)
    const key = kinds[i]!(set, row, column)
    const found = compiled[i]!.get(key)
    if (found !== undefined) return found
    const matching = [...membersOf(set).map((rule) => offset + rule), ...everywhere]
    const permits = matching.some((rule) => rules[rule]!.kind === 'permit')
    const diagram = permits ? compiler.compile(matching, row, column) : compiler.outcomes.nothingPermits
    compiled[i]!.set(key, diagram)
    return diagram
  }
  for (const [places, rowOf] of rows) {
    for (const [deeds, columnOf] of columns) {
      const pair = [diagramOf(0, rowOf[0], columnOf[0]), diagramOf(1, rowOf[1], columnOf[1])] as const
      yield { places, deeds, diagrams: pair }
    }
  }
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

const prefixed = (rule: Permit | Forbid, prefix: string): Permit | Forbid => ({
  ...rule,
  id: prefix + rule.id,
  promises: rule.promises.map((promise) => prefix + promise),
})

const prefixedResolution = (resolution: Resolution, prefix: string): Resolution => ({
  ...resolution,
  keep: prefix + resolution.keep,
  over: resolution.over === '*' ? '*' : resolution.over.map((name) => prefix + name),
})

/** The rule as its own version names it; none where the version merely lacks the word. */
function withoutPrefix(decision: Decision): Decision {
  if (decision.rule === null) return decision
  const rule = decision.rule.slice(prefixes[0].length)
  if (decision.kind === 'permit') return { ...decision, rule }
  return { ...decision, rule: rule === '' ? null : rule }
}

/** For each fact, `source` among them, that both declare: the values that this version lacks. */
function undeclaredValues(policy: PolicyDocument, other: PolicyDocument) {
  const [own, others] = [factsOf(policy), factsOf(other)]
  return Object.keys(own).flatMap((fact) => {
    const values = (others[fact]?.values ?? []).filter((value) => !own[fact]!.values.includes(value))
    return values.length === 0 ? [] : [{ [fact]: values }]
  })
}

/** The facts and sources of both, with the values of both. */
function factsOfBoth(before: PolicyDocument, after: PolicyDocument): Pick<PolicyDocument, 'facts' | 'sources'> {
  const facts = { ...before.facts, ...after.facts }
  for (const [fact, { values }] of Object.entries(before.facts ?? {})) {
    facts[fact] = { ...facts[fact]!, values: [...new Set([...values, ...facts[fact]!.values])] }
  }
  return { facts, sources: { ...before.sources, ...after.sources } }
}
