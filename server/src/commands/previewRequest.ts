/**
 * What a request would do or give, store by store, counted before anything is done. Read access is enough.
 */
import type { Subject } from '@avow/core/map/subject'
import type { Connector, Preview } from '../connectors/connector.ts'
import { countHeld, type Held } from '../store/person.ts'
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
  const held = await desk.database.transaction((tx) => countHeld(tx, person.subjectIds))
  return [...stores, ...vaultProgress(held)]
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
  const held = await desk.database.transaction((tx) => countHeld(tx, person.subjectIds))
  const steps = heldEntries(held).map(([table, rows]) => giveStep(table, rows))
  return steps.length === 0 ? stores : [...stores, { store: vaultStore, steps, kept: [] }]
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

/** The vault's part of an erasure; none where it held nothing. */
export function vaultProgress(held: Held): readonly StoreProgress[] {
  const steps = heldEntries(held).map(([table, rows]) => {
    return { step: `delete ${table}`, kind: 'delete' as const, table, rows }
  })
  return steps.length === 0 ? [] : [{ store: vaultStore, steps, kept: [] }]
}

const heldEntries = (held: Held) => Object.entries(held).filter(([, rows]) => rows > 0)

export function progressOf(store: string, { steps, kept }: Preview): StoreProgress {
  return { store, steps, kept }
}
