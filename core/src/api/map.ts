/** The data map of an installation, and whether it still fits the stores it describes. */
import { z } from 'zod'

/** The maps of all stores as one document; core/src/map/document.ts has its types, `defineMap` its writer. */
export const mapAnswer = z.strictObject({ avow: z.literal(1), stores: z.record(z.string(), z.unknown()) })
export type MapAnswer = z.infer<typeof mapAnswer>

export const mapCheckAnswer = z.strictObject({
  holds: z.boolean(),
  stores: z.array(
    z.strictObject({
      name: z.string(),
      tables: z.int().min(0),
      columns: z.int().min(0),
      findings: z.array(z.strictObject({ code: z.string(), detail: z.string() })),
    }),
  ),
})
export type MapCheckAnswer = z.infer<typeof mapCheckAnswer>
