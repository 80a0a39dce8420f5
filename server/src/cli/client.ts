/**
 * One way to reach an installation: over the private socket where a server answers there, else the same application
 * opened in this process and called through the same HTTP routes. Commands cannot tell which.
 */
import { request } from 'node:http'
import type { Readable } from 'node:stream'
import { addressOf, type CallName, type Calls, contract, packagePath } from '@avow/core/api/contract'
import { problem } from '@avow/core/api/problem'
import { AvowError } from '@avow/core/errors'
import type { Config } from '../config.ts'
import type { OpenApplication } from '../http/application.ts'
import { serverLog } from '../http/log.ts'
import { privateServer } from '../http/server.ts'
import { answers, socketPath } from '../http/socket.ts'

export interface Client {
  readonly call: <K extends CallName>(name: K, input: Calls[K]['input']) => Promise<Calls[K]['answer']>
  /** What an access request found, as it is written. */
  readonly package: (requestId: string) => Promise<Readable>
  /** Whether a server of its own answers, or this process does. */
  readonly isRemote: boolean
  readonly close: () => Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: Readable
}
type Send = (method: 'GET' | 'POST', path: string, body?: string) => Promise<Answer>

/** @throws AvowError STORE_UNAVAILABLE, STORE_LOCKED, KEY_MISSING … as opening the application does */
export async function connect(
  config: Config,
  openApplication: OpenApplication<Config>,
  debug: boolean,
): Promise<Client> {
  const socket = socketPath(config.folder)
  if (await answers(socket)) return clientOver(sendOverSocket(socket), true, async () => {})
  const application = await openApplication(config, { log: serverLog(debug ? 'debug' : 'silent') })
  const server = await privateServer(application, { log: serverLog(debug ? 'debug' : 'silent') })
  const send: Send = async (method, path, body) => {
    const { statusCode, stream } = await server.inject({
      method,
      url: path,
      payloadAsStream: true,
      ...(body === undefined ? {} : { payload: body, headers: { 'content-type': 'application/json' } }),
    })
    return { status: statusCode, body: stream() }
  }
  return clientOver(send, false, async () => {
    await server.close()
    await application.close()
  })
}

function clientOver(send: Send, isRemote: boolean, close: () => Promise<void>): Client {
  return {
    isRemote,
    close,
    async call(name, input) {
      const { method, path, answer } = contract[name]
      const { status, body } = await send(
        method,
        addressOf(path, input),
        method === 'POST' ? JSON.stringify(input) : undefined,
      )
      const value = parseJson(await textOf(body))
      const parsed = answer.safeParse(value)
      if (parsed.success && (status < 400 || status === 403)) return parsed.data
      throw failureOf(value, status)
    },
    async package(requestId) {
      const { status, body } = await send('GET', addressOf(packagePath, { id: requestId }))
      if (status === 200) return body
      throw failureOf(parseJson(await textOf(body)), status)
    },
  }
}

/** The error that the server answered with, as if it had been thrown here. */
function failureOf(value: unknown, status: number): Error {
  const parsed = problem.safeParse(value)
  if (parsed.success && parsed.data.code !== undefined) {
    const { code, detail, path } = parsed.data
    return new AvowError(code, detail, path === undefined ? {} : { path })
  }
  const detail = parsed.success ? `${parsed.data.detail} (${parsed.data.instance ?? 'no id'})` : `status ${status}`
  return new Error(`internal: the server answered outside its contract: ${detail}`)
}

function sendOverSocket(socketPath: string): Send {
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' }
      const call = request({ socketPath, method, path, headers }, (answer) =>
        resolve({ status: answer.statusCode ?? 0, body: answer }),
      )
      call.once('error', (cause) =>
        reject(
          new AvowError('STORE_UNAVAILABLE', 'the server stopped answering: see its log, then try again', { cause }),
        ),
      )
      call.end(body)
    })
}

async function textOf(body: Readable): Promise<string> {
  body.setEncoding('utf8')
  let text = ''
  for await (const chunk of body) text += String(chunk)
  return text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
