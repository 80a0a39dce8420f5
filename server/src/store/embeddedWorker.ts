/**
 * The thread in which an embedded PostgreSQL lives: opens PGlite on the folder and serves it on the socket.
 * Says `{ ready: true }` or `{ failed: message }` once, then lives until it is told `close`; or until the disk is full:
 * PGlite then hangs at its next statement, so the thread ends as if it had been killed, with an exit code that tells.
 */
import { rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { serveWire } from './embeddedWire.ts'

/** Exit code of a thread that ended because its disk is full. */
const diskFull = 53

// What startEmbedded passes: see embedded.ts.
const { folder, socket } = workerData as { readonly folder: string; readonly socket: string }

async function main(): Promise<void> {
  const pglite = await PGlite.create({ dataDir: folder })
  const server = await serveWire(
    socket,
    async (messages) => {
      const answer: Buffer[] = []
      await pglite.execProtocolRawStream(messages, { onRawData: (bytes) => void answer.push(Buffer.from(bytes)) })
      return Buffer.concat(answer)
    },
    () => {
      process.exit(diskFull)
    },
  )
  parentPort?.once('message', async () => {
    server.close()
    await pglite.close()
    rmSync(socket, { force: true })
    parentPort?.postMessage({ closed: true })
    parentPort?.close()
  })
  parentPort?.postMessage({ ready: true })
}

main().catch((error: unknown) => {
  parentPort?.postMessage({ failed: describe(error) })
})

/** PGlite throws what its file system throws: an object with an error number, 51 for a full disk (WASI ENOSPC). */
function describe(error: unknown): string {
  if (error instanceof Error) return error.message
  const isFull = typeof error === 'object' && error !== null && 'errno' in error && error.errno === 51
  return isFull ? 'ENOSPC' : 'PGlite does not start'
}
