/**
 * The company's stores of an installation, connected: each by its map, with a role that reads and, where one is given,
 * another that erases. An address `embedded:FOLDER` is a PostgreSQL that runs in this process: the demonstration's.
 */
import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AvowError } from '@avow/core/errors'
import { checkMap } from '@avow/core/map/check'
import type { DataMap, StoreMap } from '@avow/core/map/document'
import type { PolicyDocument } from '@avow/core/policy/document'
import pg from 'pg'
import type { CompanyStoreConfig } from './config.ts'
import type { Connector } from './connectors/connector.ts'
import type { PostgresPool } from './connectors/postgres/client.ts'
import { connectPostgres } from './connectors/postgres/connector.ts'
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

/** The map of one store, in JSON or as an export named `map`; checked against the policy. */
export async function readMap({ name, map: path }: CompanyStoreConfig, policy: PolicyDocument): Promise<StoreMap> {
  if (!existsSync(path)) {
    throw new AvowError('INPUT_INVALID', `no map at \`${path}\`: write one with \`avow map init ${name}\``)
  }
  const map = extname(path) === '.json' ? parseJson(path) : await exportedMap(path)
  if (!isMap(map))
    throw new AvowError('MAP_MALFORMED', `\`${path}\` is no data map: it needs \`avow: 1\` and \`stores\``)
  const store = map.stores[name]
  if (store === undefined) {
    const known = Object.keys(map.stores).join(', ')
    throw new AvowError('INPUT_INVALID', `the map \`${path}\` has no store \`${name}\`: it maps ${known}`)
  }
  checkMap({ avow: 1, stores: { [name]: store } }, policy)
  return store
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new AvowError('MAP_MALFORMED', `the map \`${path}\` is not JSON: mend its syntax`, { cause })
  }
}

async function exportedMap(path: string): Promise<unknown> {
  const module: unknown = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    throw new AvowError('MAP_MALFORMED', `the map \`${path}\` does not run: mend it`, { cause })
  })
  return typeof module === 'object' && module !== null && 'map' in module ? module.map : undefined
}

/** Only the outline: `checkMap` looks at all that is inside. */
function isMap(value: unknown): value is DataMap {
  if (typeof value !== 'object' || value === null || !('stores' in value) || !('avow' in value)) return false
  return value.avow === 1 && typeof value.stores === 'object' && value.stores !== null
}
