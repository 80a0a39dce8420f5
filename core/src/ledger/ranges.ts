/**
 * Sets of entry indexes as ranges: how an erasure names the entries whose subject part is gone.
 * Ranges are inclusive, ascending, and neither touch nor overlap: so each set has one form.
 */
import { AvowError } from '../errors.ts'
import { allShapes, count, listShape, type Shape, shapeOf } from './shape.ts'

/** First and last index, both included. */
export type IndexRange = readonly [first: number, last: number]

/** How many ranges one entry may hold; a larger erasure takes several entries. */
export const maximumRanges = 4096

/** @param indexes in ascending order; a repeat counts once */
export function rangesOf(indexes: Iterable<number>): IndexRange[] {
  const ranges: [number, number][] = []
  for (const index of indexes) {
    if (!Number.isSafeInteger(index) || index < 0) {
      throw new AvowError('INPUT_INVALID', `\`${index}\` is no index: give an integer from 0 to 2^53 - 1`)
    }
    const last = ranges.at(-1)
    if (last === undefined || index > last[1] + 1) ranges.push([index, index])
    else if (index === last[1] + 1) last[1] = index
    else if (index !== last[1]) {
      throw new AvowError('INPUT_INVALID', `index \`${index}\` comes after \`${last[1]}\`: sort the indexes first`)
    }
  }
  return ranges
}

/** Splits a set into the pieces of which each fits into one entry. */
export function chunkRanges(ranges: readonly IndexRange[]): IndexRange[][] {
  const chunks: IndexRange[][] = []
  for (let from = 0; from < ranges.length; from += maximumRanges) chunks.push(ranges.slice(from, from + maximumRanges))
  return chunks
}

const ascending = shapeOf('ranges [first, last] in ascending order that do not touch', (value) => {
  let next = 0
  // `allShapes` below has looked at each pair before.
  for (const [first, last] of value as readonly IndexRange[]) {
    if (first < next || last < first) return false
    next = last + 2
  }
  return true
})

/** A set as an entry holds it: at least one range, at most `maximumRanges`. */
export const rangesShape: Shape = allShapes(listShape(listShape(count, 2, 2), 1, maximumRanges), ascending)
