/**
 * Registers the calls of the contract: parse, run one command, answer. The private listener's own routes.
 */
import { Readable } from 'node:stream'
import { type CallName, type Calls, contract, packagePath } from '@avow/core/api/contract'
import { parseInput } from '@avow/core/api/input'
import { requestQuery } from '@avow/core/api/requests'
import type { FastifyInstance } from 'fastify'
import type { Application, Commands } from './application.ts'

export function registerCalls(server: FastifyInstance, application: Application): void {
  for (const name of Object.keys(contract) as CallName[]) registerCall(server, application.commands, name) // its own keys
  server.get(packagePath, async (request, reply) => {
    const found = await application.package(parseInput(requestQuery, request.params).id)
    return reply
      .type(found.mediaType)
      .header('content-disposition', `attachment; filename="${found.fileName}"`)
      .send(Readable.from(found.chunks))
  })
}

function registerCall<K extends CallName>(server: FastifyInstance, commands: Commands, name: K): void {
  const { method, path, input } = contract[name]
  server.route({
    method,
    url: path,
    handler: async (request, reply) => {
      const answer = await commands[name](parseInput(input, (method === 'GET' ? request.params : request.body) ?? {}))
      return reply.code(statusOfAnswer(answer)).send(answer)
    },
  })
}

/** What the policy refused must not look like success to a caller that reads only the status (RFC 9110 §15.5.4). */
function statusOfAnswer(answer: Calls[CallName]['answer']): number {
  return 'kind' in answer && answer.kind === 'refused' ? 403 : 200
}
