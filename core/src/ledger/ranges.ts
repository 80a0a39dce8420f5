/**
 * Sets of entry indexes as ranges: how an erasure names the entries whose subject part is gone.
 * Ranges are inclusive, ascending, and neither touch nor overlap: so each set has one form.
 */
import { AvowError } from '../errors.ts'

/** First and last index, both included. */
export type IndexRange = readonly [first: number, last: number]

/** How many ranges one entry may hold; a larger erasure takes several entries. */
export const maximumRanges = 4096

/** @param indexes in ascending order; a repeat counts once */
export function rangesOf(indexes: Iterable<number>): IndexRange[] {
  const ranges: [number, number][] = []
  for (const index of indexes) {
    const last = ranges.at(-1)
    if (last === undefined || index > last[1] + 1) ranges.push([index, index])
    else if (index === last[1] + 1) last[1] = index
    else if (index !== last[1]) {
      throw new AvowError('INPUT_INVALID', `index \`${index}\` comes after \`${last[1]}\`: sort the indexes first`)
    }
  }
  checkRanges(ranges)
  return ranges
}

/** Splits a set into the pieces of which each fits into one entry. */
export function chunkRanges(ranges: readonly IndexRange[]): IndexRange[][] {
  const chunks: IndexRange[][] = []
  for (let from = 0; from < ranges.length; from += maximumRanges) chunks.push(ranges.slice(from, from + maximumRanges))
  return chunks
}

/** @throws AvowError INPUT_INVALID unless the ranges have the one form above */
export function checkRanges(ranges: readonly IndexRange[]): void {
  let next = 0
  for (const [first, last] of ranges) {
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || first < next || last < first) {
      throw new AvowError(
        'INPUT_INVALID',
        `the range \`${first}\` to \`${last}\` is out of order: give ascending ranges of indexes that do not touch`,
      )
    }
    next = last + 2
  }
}
