/** The ledger as a caller sees it: its checkpoint, the proof of an entry, and the check of all of it. */
import { z } from 'zod'

export const checkpointAnswer = z.strictObject({
  /** A C2SP signed note, as text. */
  note: z.string(),
  size: z.int().min(0),
  /** The key that the log is known by, as `name+id+base64`: what `avow verify --key` takes. */
  key: z.string(),
})
export type CheckpointAnswer = z.infer<typeof checkpointAnswer>

export const entryQuery = z.strictObject({ index: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) })
export type EntryQuery = z.infer<typeof entryQuery>

/** All that `checkInclusion` needs, in one piece. Hashes in base64, as in the note. */
export const entryProofAnswer = z.strictObject({
  index: z.int().min(0),
  /** The public part, as canonical JSON: its bytes are what the leaf holds. */
  publicPart: z.string(),
  commitment: z.string(),
  proof: z.array(z.string()),
  checkpoint: z.string(),
})
export type EntryProofAnswer = z.infer<typeof entryProofAnswer>

export const ledgerCheckAnswer = z.strictObject({
  holds: z.boolean(),
  size: z.int().min(0),
  rootHex: z.string(),
  /** Entries whose subject part is gone, each listed by a later erasure. */
  erased: z.int().min(0),
  /** A line each: which entry was altered, dropped or moved. */
  findings: z.array(z.string()),
})
export type LedgerCheckAnswer = z.infer<typeof ledgerCheckAnswer>
