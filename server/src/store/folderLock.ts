/**
 * The exclusive hold on an embedded folder: two processes on one folder would corrupt it silently.
 * The operating system holds it: a lock on the file `lock` inside the folder, taken through SQLite, which is the one
 * way Node has to ask for one. It ends with the process, however that ends, and no process number is ever believed:
 * the file `holder` only says whom to name when a second opener is refused.
 * Does not: guard a folder on a network file system that lies about locks.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AvowError } from '@avow/core/errors'

export interface FolderLock {
  release(): void
}

/**
 * Makes the folder where it is missing, readable by its owner alone, and holds it.
 * @throws AvowError STORE_LOCKED naming the process that holds it; STORE_UNAVAILABLE if the folder cannot be used
 */
export function lockFolder(folder: string): FolderLock {
  const holder = join(folder, 'holder')
  let lock: DatabaseSync
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    lock = new DatabaseSync(join(folder, 'lock'))
  } catch (cause) {
    throw new AvowError('STORE_UNAVAILABLE', `cannot use the folder \`${folder}\`: make it, or give write access`, {
      cause,
    })
  }
  try {
    lock.exec('pragma locking_mode = exclusive')
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    if (!isBusy(cause)) {
      throw new AvowError('STORE_UNAVAILABLE', `cannot lock the folder \`${folder}\`: give write access to it`, {
        cause,
      })
    }
    throw new AvowError(
      'STORE_LOCKED',
      `the folder \`${folder}\` is held by process ${nameOf(holder)}: stop it, or reach it through its own address`,
    )
  }
  writeFileSync(holder, `${process.pid}\n`, { mode: 0o600 })
  return { release: () => lock.close() }
}

/** SQLITE_BUSY (5), in its base form. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
}

function nameOf(holder: string): string {
  try {
    return readFileSync(holder, 'utf8').trim()
  } catch {
    return 'unknown'
  }
}
