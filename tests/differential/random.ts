/**
 * Seeded chance for generated policies: the same seed gives the same policies and requests, on every machine.
 * Does not: shrink. A failure names its seed and the policy's number, which is enough to run it again.
 */

export interface Random {
  /** An integer, 0 <= n < bound. */
  readonly below: (bound: number) => number
  /** True in `percent` of a hundred cases. */
  readonly chance: (percent: number) => boolean
  readonly one: <T>(from: readonly T[]) => T
  /** Between `least` and `most` different members, in their own order. */
  readonly some: <T>(from: readonly T[], least: number, most: number) => T[]
}

/** Mulberry32: 32 bits of state, a full period, and good enough for choosing among a few. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const below = (bound: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
  return {
    below,
    chance: (percent) => below(100) < percent,
    one: (from) => {
      if (from.length === 0) throw new Error('internal: nothing to choose from')
      return from[below(from.length)]!
    },
    some: (from, least, most) => {
      const chosen = new Set<number>()
      const wanted = Math.min(from.length, least + below(most - least + 1))
      while (chosen.size < wanted) chosen.add(below(from.length))
      return from.filter((_, index) => chosen.has(index))
    },
  }
}

/** The seed of this run: `AVOW_SEED` to repeat one, else a new one each time, so that runs add up. */
export function runSeed(): number {
  const given = process.env.AVOW_SEED
  return given === undefined ? Date.now() % 2 ** 31 : Number(given)
}
