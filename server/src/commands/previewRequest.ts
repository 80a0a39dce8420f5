/**
 * What a request would do or give, store by store, counted before anything is done. Read access is enough.
 */
import type { Subject } from '@avow/core/map/subject'
import type { Connector, Preview } from '../connectors/connector.ts'
import { countValues } from '../store/person.ts'
import type { StoreProgress } from '../store/request.ts'
import { type Desk, vaultStore } from './desk.ts'
import type { FoundPerson } from './findPerson.ts'

/** What an erasure would touch, step by step of each plan, and what a duty makes the company keep. */
export async function previewErasure(desk: Desk, person: FoundPerson): Promise<StoreProgress[]> {
  const at = desk.installation.now()
  const stores: StoreProgress[] = []
  for (const connector of desk.connectors) {
    const subject = person.stores[connector.store]
    if (subject !== undefined) stores.push(progressOf(connector.store, await connector.preview(subject, at)))
  }
  const values = await desk.database.transaction((tx) => countValues(tx, person.subjectIds))
  return values === 0 ? stores : [...stores, vaultProgress(values)]
}

/** Counts what an answer would hold, table by table: it is read as it would be given, and let go. */
export async function previewAccess(desk: Desk, person: FoundPerson): Promise<StoreProgress[]> {
  const stores: StoreProgress[] = []
  for (const connector of desk.connectors) {
    const subject = person.stores[connector.store]
    if (subject === undefined) continue
    const counts = await countOwned(connector, subject)
    stores.push({ store: connector.store, steps: [...counts].map(([table, rows]) => giveStep(table, rows)), kept: [] })
  }
  const values = await desk.database.transaction((tx) => countValues(tx, person.subjectIds))
  return values === 0 ? stores : [...stores, { store: vaultStore, steps: [giveStep('values', values)], kept: [] }]
}

const giveStep = (table: string, rows: number) => ({ step: `give ${table}`, kind: 'give' as const, table, rows })

/** Rows that are the subject's, by table; tables without one are left out. */
export async function countOwned(connector: Connector, subject: Subject): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for await (const { of, rows } of connector.access(subject)) {
    if (rows.length > 0) counts.set(of.table, (counts.get(of.table) ?? 0) + rows.length)
  }
  return counts
}

export function vaultProgress(values: number): StoreProgress {
  return {
    store: vaultStore,
    steps: [{ step: 'delete values', kind: 'delete', table: 'values', rows: values }],
    kept: [],
  }
}

export function progressOf(store: string, { steps, kept }: Preview): StoreProgress {
  return { store, steps, kept }
}
