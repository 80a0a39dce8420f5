/** People, orders and callers for tests of the commands, under the small policy. */
import { AsyncResource } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { Collection } from '@avow/server/commands/collect'
import type { Tx } from '@avow/server/store/database'

/** Tables that an act writes to; what a refused act must leave as they were. */
const tables = [
  'avow.subject',
  'avow.identifier',
  'avow.record',
  'avow.choice',
  'avow.ledger_pending',
  'avow_keys.subject_key',
] as const

/** Rows of each. */
export async function countAll(tx: Tx): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const row = await tx
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    counts[table] = row.n
  }
  return counts
}

/** As another caller would: the guard against transactions inside one another looks at the async context. */
export const outside = AsyncResource.bind(<T>(use: () => Promise<T>) => use())

/** Nobody knows them yet. */
export const someone = () => ({ kind: 'email', value: `${randomUUID()}@example.test` })

/** What the small policy permits. */
export function order(
  subject: Collection['subject'],
  fields: Collection['fields'] = { name: 'Ada', street: 'a lane' },
) {
  const valueFacts = { sensitiveContent: 'no' }
  return { subject, context: 'shop', purpose: 'orders', source: 'person', valueFacts, fields } satisfies Collection
}
