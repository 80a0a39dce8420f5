/** Why a decision falls as it does: the rule, the promise behind it, and what would change the answer. */
import { z } from 'zod'
import { decideAnswer, decideBody } from './decisions.ts'

export const explainBody = decideBody
export type ExplainBody = z.infer<typeof explainBody>

export const explainAnswer = z.strictObject({
  decision: decideAnswer,
  /** The promises that the deciding rule implements, by id. */
  promises: z.array(z.string()),
  /** Smallest changes of facts under which the answer is another. */
  changes: z.array(
    z.strictObject({
      facts: z.record(z.string(), z.string()),
      kind: z.enum(['permit', 'deny']),
      rule: z.string().nullable(),
    }),
  ),
})
export type ExplainAnswer = z.infer<typeof explainAnswer>
