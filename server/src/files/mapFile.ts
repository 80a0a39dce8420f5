/** Reads and writes a data map in a file, in JSON or as the export `map` of a TypeScript module. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AvowError } from '@avow/core/errors'
import type { DataMap } from '@avow/core/map/document'
import { parseMap, parseMapText } from '@avow/core/map/parseMap'

/**
 * The map in a file, of the right shape; whether it can stand is for core/src/map/check.ts. @throws AvowError
 * @param store which one it is wanted for
 */
export async function readMapFile(file: string, store: string): Promise<DataMap> {
  if (!existsSync(file))
    throw new AvowError('INPUT_INVALID', `no map at \`${file}\`: write one with \`avow map init ${store}\``)
  try {
    return extname(file) === '.json' ? parseMapText(readFileSync(file, 'utf8')) : parseMap(await exportedMap(file))
  } catch (cause) {
    if (!(cause instanceof AvowError)) throw cause
    throw new AvowError(cause.code, `\`${file}\`: ${cause.message}`, { cause, ...(cause.path && { path: cause.path }) })
  }
}

async function exportedMap(file: string): Promise<unknown> {
  const module: unknown = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new AvowError('MAP_MALFORMED', 'it does not run: mend it', { cause })
  })
  if (typeof module === 'object' && module !== null && 'map' in module) return module.map
  throw new AvowError('MAP_MALFORMED', 'it exports no `map`: write `export const map = defineMap(…)`')
}

/** Written beside and renamed: a map is never left half written. */
export function writeMap(file: string, map: DataMap): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(map, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}
