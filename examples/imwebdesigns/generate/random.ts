/**
 * Seeded draws: the same seed and stream give the same numbers on every machine. Not for anything secret.
 * sfc32 by Chris Doty-Humphrey (PractRand), seeded through the finaliser of MurmurHash3.
 */

export interface Random {
  /** An integer from 0 up to, not including, `bound` (1 to 2^32). */
  below(bound: number): number
  /** An integer, both ends included. */
  between(from: number, to: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** 0, 1, 2 … as many as one draw between the two bounds says. */
  indexes(from: number, to: number): readonly number[]
  uuid(): string
}

function mix(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** @param stream tells apart draws under one seed: a person's index, or a negative number for what is shared */
export function randomStream(seed: number, stream: number): Random {
  let a = mix(seed ^ 0x9e3779b9)
  let b = mix(stream + 0x7f4a7c15)
  let c = mix(a ^ Math.imul(b, 0x27d4eb2f))
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let warm = 0; warm < 12; warm++) next()

  const below = (bound: number) => Math.floor((next() / 2 ** 32) * bound)
  const hex = () => next().toString(16).padStart(8, '0')
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() / 2 ** 32 < probability,
    pick<T>(from: readonly T[]): T {
      if (from.length === 0) throw new Error('internal: nothing to pick from')
      return from[below(from.length)] as T // in bounds: below() < length
    },
    indexes: (from, to) => Array.from({ length: from + below(to - from + 1) }, (_, at) => at),
    uuid() {
      const [first, second, third, fourth] = [hex(), hex(), hex(), hex()]
      return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-a${third.slice(1, 4)}-${third.slice(4)}${fourth}`
    },
  }
}
