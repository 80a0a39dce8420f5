/** Why a decision falls as it does: the rule, the promise behind it, and what would change the answer. */
import { z } from 'zod'
import type { Explanation } from '../decision/explain.ts'
import { decideBody, obligations } from './decisions.ts'

export const explainBody = decideBody
export type ExplainBody = z.infer<typeof explainBody>

const decision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('permit'), rule: z.string(), obligations }),
  z.strictObject({ kind: z.literal('deny'), rule: z.string().nullable() }),
])
const label = z.int().min(0)
const factPlace = z.strictObject({ fact: z.string(), label: label.exactOptional() })

export const explainAnswer = z.strictObject({
  decision,
  promises: z.array(z.string()),
  rules: z.array(
    z.strictObject({ rule: z.string(), kind: z.enum(['permit', 'forbid']), label, isCertain: z.boolean() }),
  ),
  unknown: z.array(factPlace),
  changes: z.array(z.strictObject({ facts: z.array(factPlace.extend({ value: z.string() })), decision })),
}) satisfies z.ZodType<Explanation>
/** What core/src/decision/explain.ts gives: the schema is held to it above. */
export type ExplainAnswer = Explanation
