/**
 * How far an import has come, in a file beside the input, so that it goes on after an interruption where it stopped.
 * The name of an import is the hash of the file and of what its columns were said to mean: each row sent bears it, so
 * that a row sent twice is kept once, and the same file under another meaning is another import.
 * The side file of refused rows is cut back to what the state knows of, so that no row stands in it twice.
 */
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  createReadStream,
  existsSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { AvowError } from '@avow/core/errors'

export interface ImportState {
  readonly name: string
  /** Rows that were answered. */
  readonly rows: number
  readonly kept: number
  readonly repeated: number
  readonly refused: number
  /** Length of the side file, in bytes. */
  readonly sideBytes: number
  readonly done: boolean
}

export const statePath = (file: string) => `${file}.avow-import`

export async function importName(file: string, meaning: unknown): Promise<string> {
  const hash = createHash('sha256').update(`${JSON.stringify(meaning)}\n`)
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

/** The state to go on from. @throws AvowError INPUT_INVALID where the file beside is of another import */
export function loadState(file: string, name: string): ImportState {
  const fresh = { name, rows: 0, kept: 0, repeated: 0, refused: 0, sideBytes: 0, done: false }
  const path = statePath(file)
  if (!existsSync(path)) return fresh
  const state = parseState(readFileSync(path, 'utf8'))
  if (state?.name === name) return state
  throw new AvowError(
    'INPUT_INVALID',
    `\`${path}\` is of another file or of other options: finish that import, or remove it to begin this one`,
  )
}

function parseState(text: string): ImportState | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isState(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isState(value: unknown): value is ImportState {
  if (typeof value !== 'object' || value === null) return false
  const state: Readonly<Record<string, unknown>> = { ...value }
  const counts = [state.rows, state.kept, state.repeated, state.refused, state.sideBytes]
  return typeof state.name === 'string' && typeof state.done === 'boolean' && counts.every(Number.isSafeInteger)
}

/** Written beside and renamed: an interruption leaves the old state or the new one. */
export function saveState(file: string, state: ImportState): void {
  const path = statePath(file)
  writeFileSync(`${path}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** The side file as the state knows it. */
export function restoreSide(path: string, { sideBytes }: ImportState): void {
  if (sideBytes === 0) writeFileSync(path, '', { mode: 0o600 })
  else if (existsSync(path)) truncateSync(path, sideBytes)
  else
    throw new AvowError(
      'INPUT_INVALID',
      `\`${path}\` is gone: put it back, or remove \`${path.replace(/\.refused\.[a-z]+$/, '.avow-import')}\` to begin again`,
    )
}

/** @returns how many bytes were added */
export function appendSide(path: string, text: string): number {
  appendFileSync(path, text, { mode: 0o600 })
  return Buffer.byteLength(text)
}
