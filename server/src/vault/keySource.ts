/**
 * Where the two secrets of an installation come from: the wrapping key, under which every subject's key is kept, and
 * the seed of the log's signing key. A file, or the environment; a key service becomes a third `KeySource`.
 * A key is 32 bytes in base64, as `openssl rand -base64 32` gives it. Does not: use them (vault.ts).
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AvowError } from '@avow/core/errors'

export const keyLength = 32

export interface KeySource {
  /** 32 bytes. @throws AvowError KEY_MISSING */
  wrapping(): Promise<Uint8Array>
  /** 32 bytes. @throws AvowError KEY_MISSING */
  log(): Promise<Uint8Array>
}

/** The wrapping key in `path`; the log's beside it, in `path.log`. */
export function fileKeys(path: string): KeySource {
  return { wrapping: async () => readKey(path), log: async () => readKey(logPath(path)) }
}

/** From the variables AVOW_WRAPPING_KEY and AVOW_LOG_KEY. */
export function environmentKeys(environment: Readonly<Record<string, string | undefined>>): KeySource {
  const from = async (name: string) => {
    const text = environment[name]
    if (!text) throw new AvowError('KEY_MISSING', `the variable \`${name}\` is not set: give it 32 bytes in base64`)
    return decodeKey(text, `the variable \`${name}\``)
  }
  return { wrapping: () => from('AVOW_WRAPPING_KEY'), log: () => from('AVOW_LOG_KEY') }
}

/** Makes both files where they are missing, readable by their owner alone. Never overwrites one. */
export function createKeyFiles(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  for (const file of [path, logPath(path)]) {
    if (existsSync(file)) continue
    writeFileSync(file, `${randomBytes(keyLength).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  }
}

const logPath = (path: string) => `${path}.log`

function readKey(path: string): Uint8Array {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new AvowError(
      'KEY_MISSING',
      `cannot read the key file \`${path}\`: restore it; a new one opens nothing that is sealed`,
      {
        cause,
      },
    )
  }
  return decodeKey(text, `the key file \`${path}\``)
}

function decodeKey(text: string, place: string): Uint8Array {
  const bytes = Buffer.from(text.trim(), 'base64')
  // Buffer skips what is no base64, so the length alone would let a damaged key pass as another.
  if (bytes.length !== keyLength || bytes.toString('base64') !== text.trim()) {
    throw new AvowError('KEY_MISSING', `${place} does not hold 32 bytes in base64: restore it from its copy`)
  }
  return bytes
}
