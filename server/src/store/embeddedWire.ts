/**
 * PGlite spoken to as a PostgreSQL server: many connections, one session, never two of them inside one another.
 * A connection holds the database from its first message until the server tells it that it is idle outside any
 * transaction (ReadyForQuery `I`, PostgreSQL protocol §55.7); all others wait their turn. So the same driver and dialect
 * serve both stores. Where a connection dies inside a transaction, that transaction is rolled back.
 * Does not: authenticate (the socket stands in a folder of its owner alone), cancel a running statement, or keep
 * settings apart: what a connection sets for its session the next one finds, so use `set local`.
 */
import { createServer, type Server, type Socket } from 'node:net'

/** What is needed of PGlite: feed whole messages, get the answer's bytes. */
export type Speak = (messages: Uint8Array) => Promise<Buffer>

const SSL_REQUEST = 80877103
const GSS_REQUEST = 80877104
const CANCEL_REQUEST = 80877102

/** First come, first served. */
class Turn {
  #busy = false
  readonly #waiting: (() => void)[] = []

  async take(): Promise<void> {
    if (!this.#busy) {
      this.#busy = true
      return
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  give(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#busy = false
  }
}

/**
 * Serves on a unix socket.
 * @param diskFull called after the client was told that the disk is full: from then on PGlite answers nothing any more
 * @returns the listening server
 */
export async function serveWire(path: string, speak: Speak, diskFull: () => void): Promise<Server> {
  const turn = new Turn()
  const server = createServer((socket) => new Connection(socket, turn, speak, diskFull))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return server
}

class Connection {
  readonly #socket: Socket
  readonly #turn: Turn
  readonly #speak: Speak
  readonly #diskFull: () => void
  #unread: Buffer = Buffer.alloc(0)
  #started = false
  #holding = false
  #pumping = false
  #closed = false

  constructor(socket: Socket, turn: Turn, speak: Speak, diskFull: () => void) {
    this.#diskFull = diskFull
    this.#socket = socket
    this.#turn = turn
    this.#speak = speak
    socket.on('data', (bytes) => {
      this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes])
      void this.#pump()
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.#closed = true
      void this.#pump()
    })
  }

  /** Answers what has been read so far; never runs twice at once for one connection. */
  async #pump(): Promise<void> {
    if (this.#pumping) return
    this.#pumping = true
    try {
      for (let messages = this.#next(); messages !== undefined; messages = this.#next()) await this.#answer(messages)
      if (this.#closed && this.#holding) await this.#abandon()
    } catch {
      // PGlite itself failed, not a statement: the driver sees the connection end, and says so.
      this.#socket.destroy()
      this.#release()
    } finally {
      this.#pumping = false
    }
    if (this.#closed && this.#holding) await this.#pump()
  }

  async #answer(messages: Buffer): Promise<void> {
    if (!this.#holding) {
      await this.#turn.take()
      this.#holding = true
    }
    const answer = await this.#speak(messages)
    if (saysDiskFull(answer)) {
      // Nobody else gets a turn: the next statement would never come back.
      this.#socket.end(answer, this.#diskFull)
      return new Promise(() => {})
    }
    if (!this.#closed) this.#socket.write(answer)
    if (isIdle(answer)) this.#release()
  }

  async #abandon(): Promise<void> {
    await this.#speak(message('S'))
    await this.#speak(message('Q', 'rollback\0'))
    this.#release()
  }

  #release(): void {
    if (!this.#holding) return
    this.#holding = false
    this.#turn.give()
  }

  /** All whole messages read so far, as one run of bytes; undefined where there is none. */
  #next(): Buffer | undefined {
    if (this.#closed) return undefined
    if (!this.#started) return this.#startup()
    let end = 0
    while (this.#unread.length >= end + 5) {
      const length = 1 + this.#unread.readInt32BE(end + 1)
      if (this.#unread.length < end + length) break
      if (this.#unread[end] === 0x58) {
        // Terminate is for this connection alone: PGlite's one session lives on.
        this.#unread = this.#unread.subarray(0, end)
        this.#socket.end()
        break
      }
      end += length
    }
    return end === 0 ? undefined : this.#take(end)
  }

  #startup(): Buffer | undefined {
    while (this.#unread.length >= 8) {
      const length = this.#unread.readInt32BE(0)
      const code = this.#unread.readInt32BE(4)
      if (code === CANCEL_REQUEST) {
        this.#socket.end()
        return undefined
      }
      if (code === SSL_REQUEST || code === GSS_REQUEST) {
        this.#take(length)
        this.#socket.write('N')
        continue
      }
      if (this.#unread.length < length) return undefined
      this.#started = true
      return this.#take(length)
    }
    return undefined
  }

  #take(length: number): Buffer {
    const taken = this.#unread.subarray(0, length)
    this.#unread = this.#unread.subarray(length)
    return taken
  }
}

/** Whether the answer ends with ReadyForQuery outside any transaction. */
function isIdle(answer: Buffer): boolean {
  const at = answer.length - 6
  return at >= 0 && answer[at] === 0x5a && answer.readInt32BE(at + 1) === 5 && answer[at + 5] === 0x49
}

/** Whether one of the messages is an ErrorResponse with SQLSTATE 53100, disk_full (protocol §55.8). */
function saysDiskFull(answer: Buffer): boolean {
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    if (answer[at] !== 0x45) continue
    const fields = answer.subarray(at + 5, at + 1 + answer.readInt32BE(at + 1)).toString('latin1')
    if (fields.includes('\0C53100\0')) return true
  }
  return false
}

function message(kind: string, body = ''): Buffer {
  const bytes = Buffer.alloc(5 + Buffer.byteLength(body))
  bytes.write(kind, 0, 'latin1')
  bytes.writeInt32BE(bytes.length - 1, 1)
  bytes.write(body, 5)
  return bytes
}
