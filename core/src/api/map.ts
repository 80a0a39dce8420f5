/** The data map of an installation, and whether it still fits the stores it describes. */
import { z } from 'zod'
import type { DescribedSchema } from '../map/schema.ts'

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

const columns = z.array(z.string())

/** A store's schema as it stands: what `avow map init` proposes a map from. Names and types, no row. */
export const describeBody = z.strictObject({ store: z.string().min(1).max(100) })
export type DescribeBody = z.infer<typeof describeBody>

export const describeAnswer = z.strictObject({
  tables: z.array(
    z.strictObject({
      name: z.string(),
      comment: z.string().exactOptional(),
      rows: z.number(),
      columns: z.array(
        z.strictObject({
          name: z.string(),
          type: z.string(),
          nullable: z.boolean(),
          generated: z.boolean(),
          comment: z.string().exactOptional(),
        }),
      ),
      primaryKey: columns,
      unique: z.array(columns),
      foreignKeys: z.array(
        z.strictObject({
          columns,
          table: z.string(),
          references: columns,
          onDelete: z.enum(['no action', 'restrict', 'cascade', 'set null', 'set default']),
        }),
      ),
      indexes: z.array(columns),
    }),
  ),
}) satisfies z.ZodType<DescribedSchema>
export type DescribeAnswer = DescribedSchema
