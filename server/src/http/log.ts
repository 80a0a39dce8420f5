/**
 * What the server writes about a call: method, the route's pattern, status and time. Never a body, a query, a header or
 * the address itself, any of which might name a person. Of an error: its class, code and stack, not its other members
 * (a database driver puts the row into `detail`).
 */
import { AvowError } from '@avow/core/errors'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { type DestinationStream, pino } from 'pino'

export function serverLog(level: string, destination?: DestinationStream): FastifyBaseLogger {
  const options = { level, base: null, serializers: { err: loggedError, req: nothing, res: nothing } }
  return destination === undefined ? pino(options) : pino(options, destination)
}

const nothing = () => undefined

/** A stack of a driver or a parser begins with its message, which may quote a value: only our own messages are kept. */
export function loggedError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error }
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const isOurs = error instanceof AvowError || error.message.startsWith('internal: ')
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(isOurs ? { message: error.message } : {}),
    at,
    ...(error.cause === undefined ? {} : { cause: loggedError(error.cause) }),
  }
}

/** One line a call, when it is answered. */
export function logCalls(server: FastifyInstance, listener: 'private' | 'public'): void {
  server.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        listener,
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'call',
    )
  })
}
