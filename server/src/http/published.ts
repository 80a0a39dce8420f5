/** What anybody may see, on both listeners: pages, the board, the policy, the checkpoint, and whether the server lives. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Published } from './application.ts'

export function registerPublished(server: FastifyInstance, published: Published): void {
  server.get('/promises.json', async (_request, reply) => fresh(reply).send(await published.board()))
  server.get('/policy.json', async (_request, reply) =>
    fresh(reply).send({
      version: published.policyVersion,
      effective: published.effectiveDay,
      policy: published.policy,
    }),
  )
  server.get('/.well-known/avow/checkpoint', async (_request, reply) =>
    fresh(reply)
      .type('text/plain; charset=utf-8')
      .send(await published.checkpoint()),
  )
  server.get('/health', async () => ({ status: 'alive' }))
  server.get('/ready', async (_request, reply) => {
    const state = await published.ready()
    return reply.code(state.ready ? 200 : 503).send(state)
  })
}

/** Public, but asked for again each time: a board that a cache kept would tell of yesterday. */
const fresh = (reply: FastifyReply) => reply.header('cache-control', 'public, no-cache')
