/**
 * A diff in plain words, a line a change, for people who decide whether a new version may stand.
 * Does not: abridge. What is not in these lines did not change.
 */
import { isAlways } from './changedWorlds.ts'
import { isEmptyDiff, type PolicyDiff, type PracticeChange, type SharingChange } from './diff.ts'
import { actions, type Conjunction, controller, type PolicyDocument, type Test } from './document.ts'
import type { RetentionChange, Schedule } from './retentionDiff.ts'

/** The two versions, whose titles name what changed; those of the second come first. */
export function formatDiff(diff: PolicyDiff, before: PolicyDocument, after: PolicyDocument): readonly string[] {
  if (isEmptyDiff(diff)) return ['nothing changes in what is permitted, owed, shared or kept']
  const words = wordsOf(before, after)
  return [
    ...diff.permitted.map((change) => `newly permitted: ${words.practice(change)}${owing(change.owedAfter)}`),
    ...diff.forbidden.map((change) => `newly forbidden: ${words.practice(change)}`),
    ...diff.obligations.map(
      (change) =>
        `owed otherwise: ${words.practice(change)}: ${duties(change.owedBefore)} → ${duties(change.owedAfter)}`,
    ),
    ...diff.shared.map((change) => `newly shared with ${words.sharing(change)}`),
    ...diff.noLongerShared.map((change) => `no longer shared with ${words.sharing(change)}`),
    ...diff.retention.map((change) => words.retention(change)),
  ]
}

const listed = (names: readonly string[], last = 'and') =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`

const duties = (obligations: readonly string[]) => (obligations.length === 0 ? 'nothing' : listed(obligations))
const owing = (obligations: readonly string[]) => (obligations.length === 0 ? '' : `, owing: ${listed(obligations)}`)

type Titled = Readonly<Record<string, { readonly title: string }>>

function wordsOf(before: PolicyDocument, after: PolicyDocument) {
  const both = (name: 'contexts' | 'categories' | 'fields' | 'purposes' | 'recipients'): Titled => ({
    ...before[name],
    ...after[name],
  })
  const titles = (name: Parameters<typeof both>[0], ids: readonly string[], whole: string) => {
    const declared = both(name)
    const others = Object.keys(declared).filter((id) => !ids.includes(id))
    if (others.length === 0) return whole
    const named = (these: readonly string[], last: 'and' | 'or') =>
      listed(
        these.map((id) => declared[id]!.title),
        last,
      )
    // Nearly all is sooner said by what it leaves out.
    return others.length <= 3 && ids.length > 6 ? `${whole} but ${named(others, 'or')}` : named(ids, 'and')
  }
  const recipients = (ids: readonly string[]) => {
    const others = ids.filter((id) => id !== controller)
    const to = others.length === 0 ? [] : [`to ${titles('recipients', others, 'any recipient')}`]
    return [...(ids.includes(controller) ? ['within the company'] : []), ...to].join(' or ')
  }
  /** Whole categories by their name, the rest field by field. */
  const fields = (ids: readonly string[]) => {
    const declared = { ...before.fields, ...after.fields }
    if (ids.length === Object.keys(declared).length) return 'any data'
    const named = Object.keys(both('categories')).flatMap((category) => {
      const all = Object.keys(declared).filter((field) => declared[field]!.category === category)
      const some = all.filter((field) => ids.includes(field))
      if (some.length === 0) return []
      return all.length === some.length ? [titles('categories', [category], '')] : some.map((id) => declared[id]!.title)
    })
    return listed(named)
  }
  return {
    practice: (change: PracticeChange) =>
      [
        change.actions.length === actions.length ? 'any act on' : listed(change.actions, 'or'),
        fields(change.fields),
        `from ${titles('contexts', change.contexts, 'any context')}`,
        `for ${titles('purposes', change.purposes, 'any purpose')},`,
        recipients(change.recipients),
      ].join(' ') + conditionWords(change.when),
    sharing: ({ recipient, fields: ids }: SharingChange) => `${both('recipients')[recipient]!.title}: ${fields(ids)}`,
    retention: (change: RetentionChange) =>
      `kept ${change.kind}: ${titles('categories', change.categories, 'any data')} from ` +
      `${titles('contexts', change.contexts, 'any context')} for ${titles('purposes', change.purposes, 'any purpose')}: ` +
      `${scheduleWords(change.before)} → ${scheduleWords(change.after)}`,
  }
}

function conditionWords(when: readonly Conjunction[]): string {
  if (isAlways(when)) return ''
  const all = when.map((conjunction) =>
    listed(Object.entries(conjunction).map(([fact, test]) => `\`${fact}\` is ${testWords(test)}`)),
  )
  return `, when ${all.join('; or when ')}`
}

function testWords(test: Test): string {
  if (typeof test === 'string') return test
  if ('not' in test) return `not ${testWords(test.not)}`
  return listed(test, 'or')
}

function scheduleWords(schedule: Schedule): string {
  if (schedule.length === 0) return 'without a limit'
  return listed(
    schedule.map(({ clock, days, then, atLeastDays }) => {
      const least = atLeastDays === undefined ? '' : `, at least ${atLeastDays}`
      return `${days} days from ${clockWords[clock]}${least}, then ${then}`
    }),
    'or',
  )
}

const clockWords: Readonly<Record<Schedule[number]['clock'], string>> = {
  collection: 'collection',
  lastActivity: 'the last activity',
  endOfRelationship: 'the end of the relationship',
  transaction: 'the transaction',
}
