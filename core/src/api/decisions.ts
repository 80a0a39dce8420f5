/** Asking for a decision. Its reasons: explanations.ts. */
import { z } from 'zod'
import { actions } from '../policy/document.ts'
import { declaredName, identifier } from './identifier.ts'

/** Facts by name. Those left out are unknown, and permit only if each of their values would. */
const facts = z.record(declaredName, z.string().max(200))

const label = z.strictObject({
  context: declaredName,
  category: declaredName,
  field: declaredName.optional(),
  facts: facts.optional(),
})

export const decideBody = z.strictObject({
  action: z.enum(actions),
  purpose: declaredName,
  recipient: declaredName.optional(),
  labels: z.array(label).min(1).max(100),
  facts: facts.default({}),
  /** The person: their consent, objection, restriction, age and region are then read, and must not be stated. */
  subject: identifier.optional(),
})
export type DecideBody = z.infer<typeof decideBody>

export const obligations = z.array(z.enum(['warn', 'tell', 'deidentify']))

export const decideAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('permit'), rule: z.string(), obligations, policyVersion: z.string() }),
  z.strictObject({
    kind: z.literal('deny'),
    /** Null where no rule permits, and where naming the rule would tell a choice of the person. */
    rule: z.string().nullable(),
    policyVersion: z.string(),
  }),
])
export type DecideAnswer = z.infer<typeof decideAnswer>
