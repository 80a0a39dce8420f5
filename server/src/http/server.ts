/**
 * The two listeners of one application. The private one answers every call of the contract and is reached only through
 * a socket file that its owner alone may open. The public one shows pages and what anybody may check; it has no call
 * about a person at all (tested for every route), because no credential exists that could tell one caller from another.
 */
import { randomUUID } from 'node:crypto'
import { AvowError } from '@avow/core/errors'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Application } from './application.ts'
import { registerCalls } from './calls.ts'
import { sendSecurityHeaders } from './headers.ts'
import { logCalls } from './log.ts'
import { answerProblem, answerWithProblems } from './problems.ts'
import { registerPublished, siteOf } from './published.ts'

export interface ListenerOptions {
  readonly log: FastifyBaseLogger
  /** Calls a minute from one address on the public listener. */
  readonly callsPerMinute?: number
}

/** A batch of an import is the largest body there is. */
const maximumBodyBytes = 8 * 1024 * 1024

export async function privateServer(application: Application, { log }: ListenerOptions): Promise<FastifyInstance> {
  const server = bareServer(log, maximumBodyBytes)
  answerWithProblems(server, siteOf(application.published))
  logCalls(server, 'private')
  await sendSecurityHeaders(server)
  registerCalls(server, application)
  registerPublished(server, application.published)
  return server
}

export async function publicServer(
  application: Pick<Application, 'published'>,
  { log, callsPerMinute = 600 }: ListenerOptions,
): Promise<FastifyInstance> {
  const server = bareServer(log, 1024)
  answerWithProblems(server, siteOf(application.published))
  logCalls(server, 'public')
  await sendSecurityHeaders(server)
  await server.register(rateLimit, {
    max: callsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: () => new AvowError('TOO_MANY', 'too many calls from this address: wait a minute'),
  })
  registerPublished(server, application.published)
  return server
}

function bareServer(log: FastifyBaseLogger, bodyLimit: number): FastifyInstance {
  const server = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }), // it would write the address; logCalls writes the route
    bodyLimit,
    genReqId: () => randomUUID(),
    requestIdHeader: false, // an id from outside could be anything, a name included
    return503OnClosing: true,
    connectionTimeout: 60_000,
    requestTimeout: 120_000,
    frameworkErrors: answerProblem,
    routerOptions: { maxParamLength: 100 },
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.header('avow-call', request.id)
  })
  return server
}
