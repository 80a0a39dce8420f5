/**
 * The company's stores of an installation, connected: each by its map, with a role that reads and, where one is given,
 * another that erases. An address `embedded:FOLDER` is a PostgreSQL that runs in this process: the demonstration's.
 */
import { AvowError } from '@avow/core/errors'
import { checkMap } from '@avow/core/map/check'
import type { StoreMap } from '@avow/core/map/document'
import type { PolicyDocument } from '@avow/core/policy/document'
import pg from 'pg'
import type { CompanyStoreConfig } from './config.ts'
import type { Connector } from './connectors/connector.ts'
import type { PostgresPool } from './connectors/postgres/client.ts'
import { connectPostgres } from './connectors/postgres/connector.ts'
import { readMapFile } from './files/mapFile.ts'
import { type Embedded, startEmbedded } from './store/embedded.ts'

export interface CompanyStores {
  readonly connectors: readonly Connector[]
  readonly maps: Readonly<Record<string, StoreMap>>
  close(): Promise<void>
}

/** @throws AvowError INPUT_INVALID, MAP_MALFORMED, MAP_UNSOUND, STORE_UNAVAILABLE, STORE_LOCKED */
export async function openStores(
  configs: readonly CompanyStoreConfig[],
  policy: PolicyDocument,
): Promise<CompanyStores> {
  const embedded = new Map<string, Embedded>()
  const connectors: Connector[] = []
  const maps: Record<string, StoreMap> = {}
  const close = async () => {
    for (const connector of connectors) await connector.close()
    for (const each of embedded.values()) await each.close()
  }
  try {
    for (const config of configs) {
      const map = await readMap(config, policy)
      maps[config.name] = map
      const reader = poolOf(await addressOf(config.read, embedded))
      const eraser = config.erase === undefined ? undefined : poolOf(await addressOf(config.erase, embedded))
      connectors.push(connectPostgres({ store: config.name, map, reader, ...(eraser === undefined ? {} : { eraser }) }))
    }
  } catch (error) {
    await close()
    throw error
  }
  return { connectors, maps, close }
}

const embeddedPrefix = 'embedded:'

async function addressOf(address: string, embedded: Map<string, Embedded>): Promise<string> {
  if (!address.startsWith(embeddedPrefix)) return address
  const folder = address.slice(embeddedPrefix.length)
  const running = embedded.get(folder) ?? (await startEmbedded({ folder }))
  embedded.set(folder, running)
  return running.url
}

function poolOf(connectionString: string): PostgresPool {
  const pool = new pg.Pool({ connectionString, max: 4, connectionTimeoutMillis: 10_000 })
  // A connection that dies while idle: the pool replaces it, and the next query tells if it cannot.
  pool.on('error', () => {})
  return pool
}

/** The map of one store, checked against the policy. */
async function readMap({ name, map: path }: CompanyStoreConfig, policy: PolicyDocument): Promise<StoreMap> {
  const map = await readMapFile(path, name)
  const store = map.stores[name]
  if (store === undefined) {
    const known = Object.keys(map.stores).join(', ') || 'none'
    throw new AvowError('INPUT_INVALID', `the map \`${path}\` has no store \`${name}\`: it maps ${known}`)
  }
  checkMap({ avow: 1, stores: { [name]: store } }, policy)
  return store
}
