/**
 * An embedded PostgreSQL in a folder, for one machine: PGlite in a thread, reached on a unix socket by the same driver
 * as any other PostgreSQL (docs/decisions/0013).
 * Survives the death of the process; without power-loss guarantees, because it does not sync at each commit.
 * Does not: know any table of ours. Avow's own store and the demonstration's company database both stand on it.
 */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AvowError } from '@avow/core/errors'
import { isFull } from './failure.ts'
import { lockFolder } from './folderLock.ts'

export interface Embedded {
  /** What a `pg` client or pool connects with. */
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
  }
  /** The same as a URL. */
  readonly url: string
  /** Settles once it answers no more, with the reason: close it, mend that, start again. */
  readonly ended: Promise<AvowError>
  close(): Promise<void>
}

const port = 5432
/** Exit code of a thread whose disk is full: embeddedWorker.ts. */
const diskFull = 53
/** sun_path holds 108 bytes on Linux and 104 elsewhere, with its ending zero. */
const longestSocket = 100

/**
 * Starts it, on an empty folder or on one that was used before.
 * @throws AvowError STORE_LOCKED, STORE_FULL or STORE_UNAVAILABLE
 */
export async function startEmbedded({ folder }: { readonly folder: string }): Promise<Embedded> {
  const root = resolve(folder)
  const lock = lockFolder(root)
  const socket = socketOf(root)
  // Safe, because we hold the folder: a socket that is there was left by a process that died.
  rmSync(socket, { force: true })
  const worker = new Worker(new URL('./embeddedWorker.ts', import.meta.url), {
    workerData: { folder: join(root, 'data'), socket },
  })
  const release = () => {
    if (dirname(socket) !== root) rmSync(dirname(socket), { recursive: true, force: true })
    lock.release()
  }
  try {
    await new Promise<void>((ready, fail) => {
      worker.once('error', fail)
      worker.once('message', (said: { ready?: true; failed?: string }) => {
        if (said.failed === undefined) ready()
        else fail(new Error(said.failed))
      })
    })
  } catch (cause) {
    await worker.terminate()
    release()
    if (isFull(cause) || freeBytes(root) < leastFree) throw full(root)
    throw new AvowError('STORE_UNAVAILABLE', `cannot open the embedded store in \`${root}\`: restore it from a copy`, {
      cause,
    })
  }
  const ended = new Promise<AvowError>((resolve) => {
    worker.once('exit', (code) => resolve(code === diskFull ? full(root) : closed(root)))
  })
  const connection = { host: dirname(socket), port, user: 'postgres', database: 'postgres' }
  return {
    connection,
    url: `postgres://postgres@localhost:${port}/postgres?host=${encodeURIComponent(connection.host)}`,
    ended,
    async close() {
      worker.postMessage('close')
      await ended
      release()
    },
  }
}

/** Recovery and every checkpoint need room for a segment of the write-ahead log or two (16 MiB each). */
const leastFree = 32 * 2 ** 20

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

const full = (root: string) =>
  new AvowError('STORE_FULL', `the disk of \`${root}\` is full: free some space, then start again`)

const closed = (root: string) =>
  new AvowError('STORE_UNAVAILABLE', `the embedded store in \`${root}\` has ended: start again`)

function socketOf(root: string): string {
  const name = `.s.PGSQL.${port}`
  const inside = join(root, name)
  return Buffer.byteLength(inside) <= longestSocket ? inside : join(mkdtempSync(join(tmpdir(), 'avow-')), name)
}
