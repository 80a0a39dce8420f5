/** Taking personal data in, reading it back for a stated purpose, and correcting it. */
import { z } from 'zod'
import { obligations } from './decisions.ts'
import { declaredName, identifier } from './identifier.ts'

/** A value of a person. Longer texts belong into a store of the company. */
export const value = z.union([z.string().max(100_000), z.number(), z.boolean()])
const fields = z
  .record(declaredName, value)
  .refine((all) => Object.keys(all).length > 0 && Object.keys(all).length <= 200, 'must have 1 to 200 fields')

export const collectBody = z.strictObject({
  /** The person; becomes a new subject where nobody is known by it yet. */
  subject: identifier,
  context: declaredName,
  purpose: declaredName,
  source: declaredName,
  fields,
  /** Further facts of the values: `inferred`, `public`, … */
  valueFacts: z.record(declaredName, z.string().max(200)).optional(),
  /** Facts of the act: `requirement`, `warned`, … */
  actFacts: z.record(declaredName, z.string().max(200)).optional(),
  /** When it was collected, if not now: of an import. */
  collectedAt: z.iso.datetime().optional(),
})
export type CollectBody = z.infer<typeof collectBody>

/** What the policy did not permit. Nothing was kept, read or changed. */
export const refused = z.strictObject({
  kind: z.literal('refused'),
  /** Null where no rule permits, and where naming the rule would tell a choice of the person. */
  rule: z.string().nullable(),
  field: z.string().optional(),
  reason: z.string(),
})
export type Refused = z.infer<typeof refused>

export const collectAnswer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('kept'),
    recordId: z.string(),
    rule: z.string(),
    obligations,
    policyVersion: z.string(),
  }),
  refused,
])
export type CollectAnswer = z.infer<typeof collectAnswer>

export const readBody = z.strictObject({
  subject: identifier,
  purpose: declaredName,
  contexts: z.array(declaredName).min(1).optional(),
  fields: z.array(declaredName).min(1).optional(),
  /** `next` of the page before. */
  after: z.string().max(500).optional(),
  limit: z.int().min(1).max(500).default(100),
})
export type ReadBody = z.infer<typeof readBody>

export const record = z.strictObject({
  recordId: z.string(),
  context: z.string(),
  source: z.string(),
  collectedAt: z.string(),
  policyVersion: z.string(),
  /** Only the fields that the policy permits to be read for this purpose. */
  fields: z.record(z.string(), value).readonly(),
})

export const readAnswer = z.strictObject({ records: z.array(record).readonly(), next: z.string().nullable() })
export type ReadAnswer = z.infer<typeof readAnswer>

export const correctBody = z.strictObject({
  subject: identifier,
  recordId: z.string().min(1).max(100),
  fields,
})
export type CorrectBody = z.infer<typeof correctBody>

export const correctAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('corrected'), recordId: z.string(), rule: z.string(), policyVersion: z.string() }),
  refused,
])
export type CorrectAnswer = z.infer<typeof correctAnswer>
