/** `avow notice`: the privacy notice of a policy as Markdown, or as data for a page of one's own. */
import type { Named, Notice } from '@avow/core/policy/notice'
import { notice } from '@avow/core/policy/notice'
import { Command } from 'commander'
import { readSoundPolicy } from '../files/policyFile.ts'
import { policyPath } from './policyPath.ts'
import { printJson, type Shell, withJson, withPolicy } from './shell.ts'

export function noticeCommand(shell: Shell): Command {
  const command = new Command('notice').description('the privacy notice of a policy, as Markdown')
  return withJson(withPolicy(command)).action(async (options: { policy?: string; json?: true }) => {
    const found = notice(await readSoundPolicy(policyPath(shell.terminal, options.policy)))
    if (options.json) return printJson(shell, found)
    shell.terminal.out(formatNotice(found))
  })
}

function formatNotice(of: Notice): string {
  const { controller } = of
  const lines = [
    `# ${text(of.name)}`,
    ...of.chapters.flatMap((chapter) => [
      `## ${text(chapter.title)}`,
      ...chapter.promises.map(({ title, anchor }) => `- <a id="${anchor}"></a>${text(title)}`),
    ]),
    '## What is collected, and where',
    ...of.contexts.map((context) => `- **${text(context.title)}**: ${list(context.categories, 'nothing by itself')}`),
    '## What it is used for',
    ...of.purposes.map(
      ({ title, basisTitle, categories, recipients }) =>
        `- **${text(title)}** (${basisTitle}): ${list(categories, 'nothing')}. Received by ${list(recipients, 'nobody outside the company')}.`,
    ),
    '## Who else receives it',
    ...of.recipients.map(({ title, categories }) => `- **${text(title)}**: ${list(categories, 'nothing')}`),
    '## How long it is kept',
    ...of.retention.map(
      (rule) =>
        `- ${list(rule.categories, '')} from ${list(rule.contexts, '')}: ${rule.days} days from ${clocks[rule.clock]}, then ${rule.then === 'erase' ? 'erased' : 'anonymised'}: ${text(rule.because)}`,
    ),
    '## What you can ask for',
    ...of.rights.map(({ title }) => `- ${text(title)}`),
    '## Whom to turn to',
    `${text(controller.name)}, ${text(controller.contact.email)}, ${text(controller.contact.phone)}`,
  ]
  // A heading stands apart from what comes before and after it; the items of a list stand together.
  return `${lines.map((line, at) => (at > 0 && (line.startsWith('#') || lines[at - 1]!.startsWith('#')) ? `\n${line}` : line)).join('\n')}\n`
}

const clocks = {
  collection: 'its collection',
  lastActivity: 'the last activity',
  endOfRelationship: 'the end of the relationship',
  transaction: 'the transaction',
} as const

/** A title stays text: nothing in it becomes markup (CommonMark §2.4, backslash escapes). */
const text = (title: string) => title.replace(/[\\`*_[\]<>#|]/g, '\\$&').replaceAll('\n', ' ')
const list = (named: readonly Named[], none: string) =>
  named.length === 0 ? none : named.map(({ title }) => text(title)).join(', ')
