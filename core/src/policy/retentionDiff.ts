/**
 * What two versions of a policy keep longer or shorter. For each context, category and purpose, the retention rules
 * that match make a schedule: per clock the shortest time, never less than the longest statutory minimum on that clock.
 * Times on different clocks cannot be compared: where neither version surely keeps longer, it is kept `otherwise`.
 */
import type { PolicyDocument, Retain, RetentionClock } from './document.ts'

/** What is kept, for how long: the first of these clocks to run out ends it. None: kept without a limit. */
export type Schedule = readonly {
  readonly clock: RetentionClock
  readonly days: number
  readonly then: Retain['then']
  /** A statutory minimum on this clock; never above `days`. */
  readonly atLeastDays?: number
}[]

export interface RetentionChange {
  readonly kind: 'longer' | 'shorter' | 'otherwise'
  readonly contexts: readonly string[]
  readonly categories: readonly string[]
  readonly purposes: readonly string[]
  readonly before: Schedule
  readonly after: Schedule
}

export function scheduleOf(
  policy: PolicyDocument,
  { context, category, purpose }: { readonly context: string; readonly category: string; readonly purpose: string },
): Schedule {
  const matching = policy.rules
    .filter((rule) => rule.kind === 'retain')
    .filter(
      (rule) =>
        rule.contexts.includes(context) &&
        (rule.categories?.includes(category) ?? true) &&
        (rule.purposes?.includes(purpose) ?? true),
    )
  return [...Map.groupBy(matching, (rule) => rule.clock)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([clock, rules]) => {
      const shortest = rules.reduce((a, b) => (b.days < a.days ? b : a))
      const minimum = Math.max(0, ...rules.map((rule) => rule.atLeastDays ?? 0))
      return {
        clock,
        days: Math.max(shortest.days, minimum),
        then: shortest.then,
        ...(minimum > 0 ? { atLeastDays: minimum } : {}),
      }
    })
}

/** Changes, those that are alike joined; a context, category or purpose that only one version declares is left out. */
export function retentionDiff(before: PolicyDocument, after: PolicyDocument): readonly RetentionChange[] {
  const shared = (name: 'contexts' | 'categories' | 'purposes') =>
    Object.keys(before[name]).filter((each) => Object.hasOwn(after[name], each))
  const changes = new Map<string, { change: Omit<RetentionChange, 'purposes'>; purposes: string[] }>()
  for (const context of shared('contexts')) {
    for (const category of shared('categories')) {
      for (const purpose of shared('purposes')) {
        const [a, b] = [before, after].map((policy) => scheduleOf(policy, { context, category, purpose }))
        const kind = compare(a!, b!)
        if (kind === undefined) continue
        const change = { kind, contexts: [context], categories: [category], before: a!, after: b! }
        const key = JSON.stringify(change)
        const found = changes.get(key) ?? { change, purposes: [] }
        found.purposes.push(purpose)
        changes.set(key, found)
      }
    }
  }
  const byPurpose = [...changes.values()].map(({ change, purposes }): RetentionChange => ({ ...change, purposes }))
  return join(join(byPurpose, 'categories'), 'contexts')
}

function join(changes: readonly RetentionChange[], along: 'categories' | 'contexts'): readonly RetentionChange[] {
  return [...Map.groupBy(changes, (change) => JSON.stringify({ ...change, [along]: null })).values()].map((alike) => ({
    ...alike[0]!,
    [along]: alike.flatMap((change) => change[along]),
  }))
}

/** Whether `a` surely never ends before `b`: no clock runs out sooner, and no statutory minimum is lower. */
function isAtLeast(a: Schedule, b: Schedule): boolean {
  const notSooner = a.every((one) => b.some((other) => other.clock === one.clock && other.days <= one.days))
  const minimum = ({ atLeastDays = 0 }: Schedule[number]) => atLeastDays
  return (
    notSooner && b.every((one) => minimum(one) <= Math.max(0, ...a.filter((o) => o.clock === one.clock).map(minimum)))
  )
}

function compare(before: Schedule, after: Schedule): RetentionChange['kind'] | undefined {
  const same = (a: Schedule, b: Schedule) => JSON.stringify(a) === JSON.stringify(b)
  if (same(before, after)) return undefined
  const [longer, shorter] = [isAtLeast(after, before), isAtLeast(before, after)]
  if (longer === shorter) return 'otherwise'
  return longer ? 'longer' : 'shorter'
}
