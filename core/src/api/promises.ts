/** The promise board: each promise, whether it is true today, and what shows it. */
import { z } from 'zod'
import { type BoardEntry, levels } from '../promise/board.ts'

export const promiseStatuses = ['evidenced', 'failing', 'not-exercised', 'not-yet'] as const

const evidence = z.strictObject({
  kind: z.enum(['proof', 'query']),
  name: z.string(),
  holds: z.boolean(),
  examined: z.int().min(0),
  scope: z.strictObject({
    title: z.string(),
    stores: z.array(z.strictObject({ name: z.string(), level: z.enum(levels) })),
    demonstration: z.boolean(),
  }),
  findings: z.array(z.string()),
  atMs: z.number(),
})

export const boardEntry = z.strictObject({
  id: z.string(),
  title: z.string(),
  chapter: z.string(),
  status: z.enum(promiseStatuses),
  rules: z.array(z.string()),
  evidence: z.array(evidence),
  missing: z.array(z.string()),
  law: z.array(z.string()),
  scope: z.string(),
  demonstration: z.boolean(),
  atMs: z.number().nullable(),
}) satisfies z.ZodType<BoardEntry>

export const promisesAnswer = z.array(boardEntry)
/** What core/src/promise/board.ts gives: the schema is held to it above. */
export type PromisesAnswer = readonly BoardEntry[]
