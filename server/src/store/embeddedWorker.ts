/**
 * The thread in which an embedded PostgreSQL lives: opens PGlite on the folder and serves it on the socket.
 * Says `{ ready: true }` or `{ failed: message }` once, then lives until it is told `close`.
 */
import { rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { serveWire } from './embeddedWire.ts'

// What startEmbedded passes: see embedded.ts.
const { folder, socket } = workerData as { readonly folder: string; readonly socket: string }

async function main(): Promise<void> {
  const pglite = await PGlite.create({ dataDir: folder })
  const server = await serveWire(socket, async (messages) => {
    const answer: Buffer[] = []
    await pglite.execProtocolRawStream(messages, { onRawData: (bytes) => void answer.push(Buffer.from(bytes)) })
    return Buffer.concat(answer)
  })
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
  parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) })
})
