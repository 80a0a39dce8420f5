/** What a person decides about their own data. */
import { z } from 'zod'
import { declaredName, identifier } from './identifier.ts'

const purpose = declaredName

export const choice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('consent'), purpose, state: z.enum(['given', 'withdrawn']) }),
  z.strictObject({ kind: z.literal('parentConsent'), purpose, state: z.enum(['given', 'none']) }),
  z.strictObject({ kind: z.literal('objection'), purpose, state: z.enum(['raised', 'none']) }),
  z.strictObject({ kind: z.literal('restriction'), state: z.enum(['yes', 'no']) }),
  z.strictObject({ kind: z.literal('optOut'), state: z.enum(['yes', 'no']) }),
  z.strictObject({ kind: z.literal('limitSensitive'), state: z.enum(['yes', 'no']) }),
  z.strictObject({ kind: z.literal('age'), state: z.enum(['under13', 'under16', 'under18', 'adult']) }),
  z.strictObject({ kind: z.literal('region'), state: z.enum(['uk', 'eea', 'california', 'us', 'elsewhere']) }),
])
export type Choice = z.infer<typeof choice>

export const choiceKinds: readonly Choice['kind'][] = choice.options.map((option) => option.shape.kind.value)

export const chooseBody = z.strictObject({ subject: identifier, choice })
export type ChooseBody = z.infer<typeof chooseBody>

export const chooseAnswer = z.strictObject({ kind: z.literal('recorded'), policyVersion: z.string() })
export type ChooseAnswer = z.infer<typeof chooseAnswer>
