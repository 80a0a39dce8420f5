/** Reads and writes a data map in a file. Only its outline is looked at: what is inside is for core/src/map/check.ts. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AvowError } from '@avow/core/errors'
import type { DataMap } from '@avow/core/map/document'

/** The map in a file, in JSON or as an export named `map`; only its outline is looked at. */
export async function readMapFile(file: string): Promise<DataMap> {
  const value = extname(file) === '.json' ? parseJson(file) : await exportedMap(file)
  // `as`: whoever uses it holds what is inside to its shape first (mapFaults).
  if (typeof value === 'object' && value !== null && 'stores' in value) return value as DataMap
  throw new AvowError('MAP_MALFORMED', `\`${file}\` is no data map: it has no \`stores\``)
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new AvowError('MAP_MALFORMED', `\`${file}\` is not JSON: mend its commas, quotes and brackets`, { cause })
  }
}

async function exportedMap(file: string): Promise<unknown> {
  const module: unknown = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new AvowError('MAP_MALFORMED', `\`${file}\` does not run: mend it`, { cause })
  })
  return typeof module === 'object' && module !== null && 'map' in module ? module.map : undefined
}

/** Written beside and renamed: a map is never left half written. */
export function writeMap(file: string, map: DataMap): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(map, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}
