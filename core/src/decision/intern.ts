/**
 * Numbers for lines of integers: equal lines get equal numbers, from 0 in the order in which they are first seen.
 * How the compiler tells what is alike, without making a text of it.
 */

export interface Interner {
  /** The number of the line, which is copied when it is new. */
  numberOf(line: Int32Array): number
  /** The lines by their numbers. */
  readonly lines: readonly Int32Array[]
}

export function createInterner(): Interner {
  const lines: Int32Array[] = []
  // Numbers by a hash of the line: FNV-1a, a word at a time, its high bits folded in.
  const buckets = new Map<number, number[]>()

  function numberOf(line: Int32Array): number {
    let hash = 0x811c9dc5
    for (let i = 0; i < line.length; i++) {
      hash = Math.imul(hash ^ line[i]!, 0x01000193)
      hash ^= hash >>> 15
    }
    const bucket = buckets.get(hash)
    if (bucket !== undefined) for (const number of bucket) if (isEqual(lines[number]!, line)) return number
    const number = lines.push(line.slice()) - 1
    if (bucket === undefined) buckets.set(hash, [number])
    else bucket.push(number)
    return number
  }

  return { numberOf, lines }
}

function isEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
