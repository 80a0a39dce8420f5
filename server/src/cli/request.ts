/** What `access` and `erase` have in common: asking, following to the end, and showing the plan or what was done. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Identifier } from '@avow/core/api/identifier'
import type { RequestAnswer } from '@avow/core/api/requests'
import { AvowError, errorCodes } from '@avow/core/errors'
import type { DataMap } from '@avow/core/map/document'
import { formatErasurePlan } from '@avow/core/map/formatPlan'
import { ownershipOf } from '@avow/core/map/ownership'
import { planErasure } from '@avow/core/map/plan'
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
  let answer = await client.call('openRequest', { kind, subject, dryRun: false })
  const progress = startProgress(shell.terminal)
  try {
    for (let waitMs = 50; answer.state === 'running'; waitMs = Math.min(waitMs * 1.5, 1_000)) {
      progress.update(0, 0, `${kind === 'erase' ? 'erasing' : 'gathering'}: ${answer.stage ?? 'waiting'}`)
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

/** The plan or the outcome as text: what happens in each store to how many rows, and what is kept and why. */
export function formatRequest({ stores }: RequestAnswer): string {
  const steps = stores.flatMap(({ store, steps }) => steps.map((step) => ({ store, ...step })))
  const touching = steps.filter(({ rows }) => rows > 0)
  const kept = stores.flatMap(({ store, kept }) => kept.map((each) => ({ store, ...each })))
  const idle = steps.length - touching.length
  return [
    touching.length === 0 ? '' : `${stepTable(touching)}\n`,
    kept.length === 0 ? '' : `kept, and until when:\n${keptTable(kept)}\n`,
    `${total(touching)} in ${stores.length} ${stores.length === 1 ? 'store' : 'stores'}`,
    idle === 0 ? '\n' : `; ${idle} further steps found nothing to do\n`,
  ].join('')
}

/** Every step of an erasure in order, with its reason, those that touch nothing too. */
export async function formatWholePlan(client: Client, { stores }: RequestAnswer): Promise<string> {
  // `as`: the server has held its maps to their shape and to the policy before it answers at all.
  const maps = (await client.call('map', {})) as DataMap
  const parts = stores.map(({ store, steps, kept }) => {
    const map = maps.stores[store]
    // The vault has no map: what it holds is one person's by its own schema.
    if (map === undefined) return steps.map(({ step, rows }) => `   ${rows} rows  ${step}`).join('\n')
    return formatErasurePlan(planErasure(ownershipOf(map)), { steps, kept })
  })
  return stores.map(({ store }, at) => `${store}:\n${parts[at]}\n`).join('')
}

function total(steps: readonly { readonly rows: number }[]): string {
  const rows = steps.reduce((sum, step) => sum + step.rows, 0)
  return `${rows} ${rows === 1 ? 'row' : 'rows'}`
}

function stepTable(steps: readonly { readonly store: string; readonly step: string; readonly rows: number }[]): string {
  const rows = steps.map(({ store, step, rows }) => [store, step, String(rows)])
  return formatTable(['store', 'step', 'rows'], rows, [2])
}

type Kept = RequestAnswer['stores'][number]['kept'][number] & { readonly store: string }

function keptTable(kept: readonly Kept[]): string {
  const rows = kept.map(({ store, table, rows, until, because }) => [store, table, String(rows), until, because])
  return formatTable(['store', 'table', 'rows', 'until', 'because'], rows, [2])
}
