/** What `access` and `erase` have in common: asking, following to the end, and showing the plan or what was done. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Identifier } from '@avow/core/api/identifier'
import type { RequestAnswer } from '@avow/core/api/requests'
import { AvowError, errorCodes } from '@avow/core/errors'
import type { Client } from './client.ts'
import { startProgress } from './progress.ts'
import type { Shell } from './shell.ts'
import { formatTable } from './table.ts'

export async function preview(client: Client, kind: 'access' | 'erase', subject: Identifier): Promise<RequestAnswer> {
  return client.call('openRequest', { kind, subject, dryRun: true })
}

/** Opens a request and waits for its end, however long that takes. @throws AvowError as the request failed */
export async function carryOut(
  shell: Shell,
  client: Client,
  kind: 'access' | 'erase',
  subject: Identifier,
): Promise<RequestAnswer & { readonly id: string }> {
  const progress = startProgress(shell.terminal)
  try {
    let answer = await client.call('openRequest', { kind, subject, dryRun: false })
    for (let waitMs = 50; answer.state === 'running'; waitMs = Math.min(waitMs * 1.5, 1_000)) {
      progress.update(0, 0, answer.stage ?? kind)
      await sleep(waitMs)
      answer = await client.call('request', { id: idOf(answer) })
    }
    if (answer.failure !== null) throw failureOf(answer.failure)
    return { ...answer, id: idOf(answer) }
  } finally {
    progress.end()
  }
}

function idOf({ id }: RequestAnswer): string {
  if (id === null) throw new Error('internal: a request without an id')
  return id
}

function failureOf({ code, detail }: { readonly code: string; readonly detail: string }): Error {
  for (const known of Object.keys(errorCodes)) {
    // Its own keys: the word is a code once it equals one.
    if (known === code) return new AvowError(known as keyof typeof errorCodes, detail)
  }
  return new Error(`internal: a request failed with the unknown code ${code}`)
}

/** The plan or the outcome as text: what happens in each store, and what is kept and why. */
export function formatRequest({ stores }: RequestAnswer, withStatements: boolean): string {
  const steps = stores.flatMap(({ store, steps }) => steps.map((step) => ({ store, ...step })))
  const kept = stores.flatMap(({ store, kept }) => kept.map((each) => ({ store, ...each })))
  const total = steps.reduce((sum, { rows }) => sum + rows, 0)
  const parts = [
    steps.length === 0
      ? ''
      : formatTable(
          ['store', 'step', 'rows'],
          steps.map(({ store, step, rows }) => [store, step, String(rows)]),
          [2],
        ),
    kept.length === 0
      ? ''
      : `\nkept, and until when:\n${formatTable(
          ['store', 'table', 'rows', 'until', 'because'],
          kept.map(({ store, table, rows, until, because }) => [store, table, String(rows), until, because]),
          [2],
        )}`,
    withStatements
      ? `\n${steps.flatMap(({ statement }) => (statement === undefined ? [] : [`${statement};\n`])).join('')}`
      : '',
    `\n${total} ${total === 1 ? 'row' : 'rows'} in ${stores.length} ${stores.length === 1 ? 'store' : 'stores'}\n`,
  ]
  return parts.join('')
}
