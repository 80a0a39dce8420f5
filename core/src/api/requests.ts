/** A person's request for access or erasure: asked for, followed, and its outcome. */
import { z } from 'zod'
import { identifier, requestId } from './identifier.ts'

export const requestBody = z.strictObject({
  kind: z.enum(['access', 'erase']),
  subject: identifier,
  /** Shows the plan with its counts; nothing is written, and read access is enough. */
  dryRun: z.boolean().default(false),
})
export type RequestBody = z.infer<typeof requestBody>

/** What a request does, did or would do in one store: the vault, or a store of the company. */
export const requestStore = z.strictObject({
  store: z.string(),
  /** In the order of the plan. */
  steps: z.array(
    z.strictObject({
      /** What is done with which rows, in words of the map: `delete orders`. */
      step: z.string(),
      rows: z.int().min(0),
    }),
  ),
  /** Rows that a duty makes the company keep: the reason the person is told, and until when. */
  kept: z.array(z.strictObject({ table: z.string(), because: z.string(), rows: z.int().min(0), until: z.string() })),
})
export type RequestStore = z.infer<typeof requestStore>

export const requestStates = ['previewed', 'running', 'done', 'failed'] as const

/** The receipt as core/src/ledger/receipt.ts formats it: `avow verify FILE` takes it as it stands. */
export const receipt = z.record(z.string(), z.unknown())

export const requestAnswer = z.strictObject({
  /** Null for a preview, which leaves no trace. */
  id: requestId.nullable(),
  kind: z.enum(['access', 'erase']),
  state: z.enum(requestStates),
  /** What is being done now, in words: `search`, `receipt`; null when nothing is. */
  stage: z.string().nullable(),
  stores: z.array(requestStore),
  /** Of an erasure that is done. */
  receipt: receipt.nullable(),
  /** Why it failed, without a value of the person. */
  failure: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
})
export type RequestAnswer = z.infer<typeof requestAnswer>

export const requestQuery = z.strictObject({ id: requestId })
export type RequestQuery = z.infer<typeof requestQuery>
