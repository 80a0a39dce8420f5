/**
 * What changes between two versions of a policy, by what they permit and never by their words: newly permitted, newly
 * forbidden, owed otherwise, newly shared with whom, kept longer or shorter (retentionDiff.ts).
 * Goes through every cell of both versions and every world that either tells apart. A name that only one version
 * declares (context, field, purpose, recipient, fact value) counts as denied in the other.
 * Does not: say whether a change needs anyone's agreement; that is bound to what was collected and when.
 */
import type { Deed } from '../decision/cell.ts'
import { permitFinder } from '../decision/permitted.ts'
import { passesOn } from '../law/saleAndShare.ts'
import { type ChangedWorlds, changeFinder, keyOf } from './changedWorlds.ts'
import { controller, type PolicyDocument } from './document.ts'
import { joinPractices, type Practice, practicesOf } from './practice.ts'
import { type RetentionChange, retentionDiff } from './retentionDiff.ts'
import { type CellPair, sideBySide } from './versions.ts'

/**
 * One change of practice: every combination of the names, wherever one of the conditions of `when` holds and at least
 * one of the versions permits. The rules are those that decide it so in either version, none where that is by default.
 */
export interface PracticeChange extends Practice, Omit<ChangedWorlds, 'kind'> {}

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

/** Compares two versions, each of which must have passed `checkPolicy`. */
export function diff(before: PolicyDocument, after: PolicyDocument): PolicyDiff {
  const versions = sideBySide(before, after)
  const changesAt = changeFinder(versions)
  const permits = permitFinder(versions.compiler)
  const changes = new Map<string, { change: ChangedWorlds; practices: Practice[] }>()
  const reach = { before: new Map<string, Set<string>>(), after: new Map<string, Set<string>>() }
  for (const pair of versions.pairs) {
    const [a, b] = pair.diagrams
    if (permits(a)) addReach(reach.before, pair)
    if (permits(b)) addReach(reach.after, pair)
    for (const change of changesAt(a, b)) {
      const key = JSON.stringify([keyOf(change), change.when])
      const found = changes.get(key) ?? { change, practices: [] }
      found.change = { ...found.change, ...rulesOfBoth(found.change, change) }
      found.practices.push(...practicesOf(pair.places, pair.deeds))
      changes.set(key, found)
    }
  }
  const ofKind = (wanted: ChangedWorlds['kind']): readonly PracticeChange[] =>
    [...changes.values()]
      .filter(({ change }) => change.kind === wanted)
      .flatMap(({ change: { kind: _, ...change }, practices }) =>
        joinPractices(practices).map((practice) => ({ ...practice, ...change })),
      )
  return {
    permitted: ofKind('permitted'),
    forbidden: ofKind('forbidden'),
    obligations: ofKind('obligations'),
    shared: newlyReached(reach.before, reach.after),
    noLongerShared: newlyReached(reach.after, reach.before),
    retention: retentionDiff(before, after),
  }
}

function rulesOfBoth(a: ChangedWorlds, b: ChangedWorlds): Pick<ChangedWorlds, 'rulesBefore' | 'rulesAfter'> {
  const union = (one: readonly string[], two: readonly string[]) => [...new Set([...one, ...two])].sort()
  return {
    rulesBefore: union(a.rulesBefore, b.rulesBefore),
    rulesAfter: union(a.rulesAfter, b.rulesAfter),
  }
}

const passesToOther = ({ action, recipient }: Deed) => recipient !== controller && passesOn(action)

/** Adds the fields that reach others in these cells, under whatever condition. */
function addReach(reach: Map<string, Set<string>>, { places, deeds }: CellPair): void {
  for (const recipient of new Set(deeds.filter(passesToOther).map((deed) => deed.recipient))) {
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
