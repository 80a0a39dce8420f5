/** Many collections at once. Each row is taken or refused alone, so that one bad row costs no other. */
import { z } from 'zod'
import { collectBody } from './records.ts'

/** Small enough that a batch is quick to repeat after a fault, large enough that calls cost little. */
export const maximumImportRows = 500

export const importRow = collectBody.extend({
  /** The caller's own name of the row: a row sent twice under one key is kept once. */
  key: z.string().min(1).max(200),
})
export type ImportRow = z.infer<typeof importRow>

/** Rows are checked one by one, so that a malformed one is an answer about that row. */
export const importBody = z.strictObject({ rows: z.array(z.unknown()).min(1).max(maximumImportRows) })
export type ImportBody = z.infer<typeof importBody>

export const importAnswer = z.strictObject({
  kept: z.int().min(0),
  /** Rows that an earlier call kept already. */
  repeated: z.int().min(0),
  /** By position in `rows`; the reason never quotes a value. */
  refused: z.array(
    z.strictObject({
      at: z.int().min(0),
      reason: z.string(),
      rule: z.string().nullable(),
      field: z.string().exactOptional(),
    }),
  ),
})
export type ImportAnswer = z.infer<typeof importAnswer>
