/**
 * The headers that keep a browser from doing more with our pages than show them: no script at all, styles and images
 * from this server only, no framing, no referrer, no sensors. Answers about people are never kept by a cache.
 */
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'style-src': ["'self'"],
    'img-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  },
}

export async function sendSecurityHeaders(server: FastifyInstance): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Said by whoever ends TLS in front of this listener: over plain HTTP a browser ignores it (RFC 6797 §8.1).
    strictTransportSecurity: false,
  })
  server.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), interest-cohort=()')
  })
}
