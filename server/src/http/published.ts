/** What anybody may see, on both listeners: pages, the board, the policy, the checkpoint, and whether the server lives. */
import { readFileSync } from 'node:fs'
import { notice } from '@avow/core/policy/notice'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { boardContent, isStatus } from '../pages/board.ts'
import { homeContent } from '../pages/home.ts'
import { document, type Page, type Site } from '../pages/layout.ts'
import { noticeContent } from '../pages/notice.ts'
import type { Published } from './application.ts'

export function registerPublished(server: FastifyInstance, published: Published): void {
  const site = siteOf(published)
  const show = (reply: FastifyReply, page: Page) =>
    fresh(reply).type('text/html; charset=utf-8').send(document(site, page))

  server.get('/', async (_request, reply) => {
    const content = homeContent(site.controller, await published.board())
    return show(reply, { at: '/', title: 'Overview', content })
  })
  // The policy of a running installation does not change, so neither does what its notice says.
  const privacy = document(site, {
    at: '/privacy',
    title: 'Privacy notice',
    content: noticeContent(notice(published.policy)),
  })
  server.get('/privacy', async (_request, reply) => fresh(reply).type('text/html; charset=utf-8').send(privacy))
  server.get<{ Querystring: { status?: string } }>('/promises', async (request, reply) => {
    const { status } = request.query
    const content = boardContent({
      controller: site.controller,
      entries: await published.board(),
      only: isStatus(status) ? status : undefined,
    })
    return show(reply, { at: '/promises', title: 'Promises', content })
  })
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
  server.get('/.well-known/avow/key', async (_request, reply) =>
    fresh(reply).type('text/plain; charset=utf-8').send(`${published.logKey}\n`),
  )
  for (const [path, file, type] of files) {
    const content = readFileSync(new URL(file, import.meta.url))
    server.get(path, async (_request, reply) => fresh(reply).type(type).send(content))
  }
  server.get('/health', async () => ({ status: 'alive' }))
  server.get('/ready', async (_request, reply) => {
    const state = await published.ready()
    return reply.code(state.ready ? 200 : 503).send(state)
  })
}

const files = [
  ['/style.css', '../pages/style.css', 'text/css; charset=utf-8'],
  ['/icon.svg', '../pages/icon.svg', 'image/svg+xml'],
] as const

export function siteOf({ policy, policyVersion, effectiveDay, demonstration }: Published): Site {
  return { controller: policy.controller.name, policyVersion, effectiveDay, demonstration }
}

/** Public, but asked for again each time: a board that a cache kept would tell of yesterday. */
const fresh = (reply: FastifyReply) => reply.header('cache-control', 'public, no-cache')
