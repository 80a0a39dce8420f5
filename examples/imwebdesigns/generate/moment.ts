/** Times of a run, as PostgreSQL reads them. All are measured back from the run's own day: there is no clock here. */
import type { Random } from './random.ts'

const dayMs = 86_400_000

/** A moment between `from` and `to` days before the run. */
export const momentMs = (asOfMs: number, random: Random, from: number, to = 0): number =>
  Math.floor(asOfMs - (to * dayMs + (random.below(1_000_000) / 1_000_000) * (from - to) * dayMs))

/** A moment at most `days` after another, and never after the run. */
export const laterMs = (asOfMs: number, random: Random, afterMs: number, days: number): number =>
  Math.min(asOfMs, afterMs + 1000 + Math.floor((random.below(1_000_000) / 1_000_000) * days * dayMs))

export const timestamp = (ms: number): string => new Date(ms).toISOString()
export const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
