/** `avow diff`: what two versions of a policy permit differently, never how they are worded. Ends with 1 if anything. */
import { resolve } from 'node:path'
import { diff, isEmptyDiff, type PolicyDiff, type PracticeChange } from '@avow/core/policy/diff'
import type { Condition, Test } from '@avow/core/policy/document'
import type { RetentionChange, Schedule } from '@avow/core/policy/retentionDiff'
import { Command } from 'commander'
import { exit } from './exit.ts'
import { readSoundPolicy } from './policyFile.ts'
import { printJson, type Shell, withJson } from './shell.ts'

export function diffCommand(shell: Shell): Command {
  const command = new Command('diff')
    .description('compare what two versions of a policy permit')
    .argument('<before>', 'a policy in .ts or .json')
    .argument('<after>', 'another')
  return withJson(command).action(async (before: string, after: string, options: { json?: true }) => {
    const [a, b] = [resolve(shell.terminal.folder, before), resolve(shell.terminal.folder, after)]
    const found = diff(await readSoundPolicy(a), await readSoundPolicy(b))
    if (!isEmptyDiff(found)) shell.exit = exit.finding
    if (options.json) return printJson(shell, found)
    shell.terminal.out(isEmptyDiff(found) ? 'no change of practice\n' : formatDiff(found))
  })
}

function formatDiff(found: PolicyDiff): string {
  const sharing = (changes: PolicyDiff['shared']) =>
    changes.map(({ recipient, fields }) => `  ${recipient}: ${fields.join(', ')}\n`)
  const parts: readonly [string, readonly string[]][] = [
    ['newly permitted', found.permitted.map(formatPractice)],
    ['newly forbidden', found.forbidden.map(formatPractice)],
    ['owed otherwise', found.obligations.map(formatOwed)],
    ['newly shared with', sharing(found.shared)],
    ['no longer shared with', sharing(found.noLongerShared)],
    ['kept otherwise', found.retention.map(formatRetention)],
  ]
  return parts.flatMap(([title, lines]) => (lines.length === 0 ? [] : [`${title}:\n`, ...lines])).join('')
}

function formatPractice(change: PracticeChange): string {
  const to = change.recipients.some((each) => each !== 'controller') ? ` to ${change.recipients.join(', ')}` : ''
  const what = `${change.actions.join(', ')} ${change.fields.join(', ')} from ${change.contexts.join(', ')} for ${change.purposes.join(', ')}${to}`
  const when = change.when.map(formatCondition).filter((text) => text !== '')
  return `  ${what}${when.length === 0 ? '' : ` when ${when.join('; or ')}`}${byRules(change)}\n`
}

function byRules({ rulesBefore, rulesAfter }: PracticeChange): string {
  const named = (rules: readonly string[]) => (rules.length === 0 ? 'no rule' : rules.join(', '))
  return ` (before: ${named(rulesBefore)}; after: ${named(rulesAfter)})`
}

function formatOwed(change: PracticeChange): string {
  const owed = (list: readonly string[]) => (list.length === 0 ? 'nothing' : list.join(', '))
  return `${formatPractice(change).trimEnd()}: ${owed(change.owedBefore)} before, ${owed(change.owedAfter)} after\n`
}

function formatRetention({ kind, contexts, categories, purposes, before, after }: RetentionChange): string {
  const what = `${categories.join(', ')} from ${contexts.join(', ')} for ${purposes.join(', ')}`
  return `  ${kind}: ${what}: ${formatSchedule(before)} before, ${formatSchedule(after)} after\n`
}

function formatSchedule(schedule: Schedule): string {
  if (schedule.length === 0) return 'without a limit'
  return schedule.map(({ days, clock, then }) => `${days} days from ${clock}, then ${then}`).join(' or ')
}

export function formatCondition(condition: Condition): string {
  if (Array.isArray(condition)) return condition.map(formatCondition).join(', or ')
  return Object.entries(condition as Readonly<Record<string, Test>>) // a conjunction, since it is no list
    .map(([fact, test]) => `${fact} is ${formatTest(test)}`)
    .join(' and ')
}

function formatTest(test: Test): string {
  if (typeof test === 'string') return test
  return 'not' in test ? `not ${formatTest(test.not)}` : test.join(' or ')
}
