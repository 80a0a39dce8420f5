/**
 * Both stores for a test: the embedded one in a fresh folder, and a fresh database of a real PostgreSQL.
 * One suite for the two: `onEachStore` declares the same tests for each.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { createPolicies, type Installation } from '@avow/server/commands/installation'
import { checkVersion, publishPolicy } from '@avow/server/commands/publishPolicy'
import { type Database, type DatabaseOptions, openDatabase, type Place } from '@avow/server/store/database'
import { migrate } from '@avow/server/store/migrate'
import { environmentKeys } from '@avow/server/vault/keySource'
import { openVault } from '@avow/server/vault/vault'
import { type Cluster, createDatabase, postgresMissing, startPostgres } from './postgres.ts'
import { smallPolicy } from './smallPolicy.ts'

export const storeKinds = ['embedded', 'PostgreSQL'] as const
export type StoreKind = (typeof storeKinds)[number]

/** Keys of tests: known, so that a test may open what it finds. */
export const testKeys = environmentKeys({
  AVOW_WRAPPING_KEY: Buffer.alloc(32, 7).toString('base64'),
  AVOW_LOG_KEY: Buffer.alloc(32, 8).toString('base64'),
})

export interface TestStore {
  readonly database: Database
  readonly installation: Installation
  readonly place: Place
  /** A second way in to the same store. PostgreSQL only: the embedded folder lets nobody else in. */
  reopen(options?: DatabaseOptions): Promise<Database>
}

/** Declares the same tests for each store; one store of each kind serves them all, with the small policy published. */
export function onEachStore(declare: (store: () => TestStore, kind: StoreKind) => void): void {
  for (const kind of storeKinds) {
    describe(kind, { skip: kind === 'PostgreSQL' && postgresMissing() }, () => {
      const ends: (() => unknown)[] = []
      let store: TestStore | undefined
      before(async () => {
        store = await openStore(await placeFor(kind, { after: (end) => void ends.push(end) }))
      })
      after(async () => {
        await store?.database.close()
        for (const end of ends) await end()
      })
      declare(() => {
        if (store === undefined) throw new Error('internal: the store is open only while a test runs')
        return store
      }, kind)
    })
  }
}

/** An empty place of that kind, gone when the test ends. */
export async function placeFor(kind: StoreKind, t: { after(end: () => unknown): void }): Promise<Place> {
  if (kind === 'embedded') {
    const folder = mkdtempSync(join(tmpdir(), 'avow-store-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    return { folder }
  }
  const cluster: Cluster = await startPostgres()
  t.after(() => cluster.stop())
  return { url: await createDatabase(cluster) }
}

export async function openStore(place: Place, options: DatabaseOptions = {}): Promise<TestStore> {
  const database = await openDatabase(place, options)
  await migrate(database)
  const installation = await testInstallation()
  const version = checkVersion(smallPolicy)
  await database.transaction((tx) => publishPolicy(tx, installation, version))
  return { database, installation, place, reopen: (again = {}) => openDatabase(place, again) }
}

export async function testInstallation(now: () => Date = () => new Date()): Promise<Installation> {
  return { vault: await openVault(testKeys), policies: createPolicies(), now, origin: 'avow.test/log' }
}
