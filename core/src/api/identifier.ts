/**
 * How a caller names a person, and how Avow names a request. Only ever in a body: an identifier in a URL would end up
 * in logs and histories (tested: no route takes one in its path or query).
 */
import { z } from 'zod'

export const identifier = z.strictObject({
  /** A kind of identifier that the installation knows: `email`, `account`, … */
  kind: z.string().regex(/^[a-z][a-zA-Z0-9]{0,40}$/, 'must be a kind such as `email`'),
  value: z.string().trim().min(1).max(512),
})
export type Identifier = z.infer<typeof identifier>

export const requestId = z.uuid()

/** A name that a policy declares: of a context, a field, a purpose … What it means is checked against the policy. */
export const declaredName = z.string().min(1).max(200)
