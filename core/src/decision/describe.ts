/**
 * A set of worlds in words that a rule could have used: a few conjunctions that hold in these worlds and no other.
 * Facts that make no difference are left out, values that lead to the same are named together. The conjunctions never
 * overlap; they are few, though not always the fewest.
 */
import type { Conjunction, Test } from '../policy/document.ts'
import type { Worlds } from './worlds.ts'

/** The members of a set, world by world, over some facts; the first fact varies fastest. */
interface Region {
  readonly facts: readonly string[]
  readonly values: readonly (readonly string[])[]
  readonly members: readonly boolean[]
}

/** @param members whether each world is in the set */
export function describeWorlds({ facts, values }: Worlds, members: readonly boolean[]): readonly Conjunction[] {
  return describe({ facts, values, members })
}

function describe(region: Region): readonly Conjunction[] {
  if (!region.members.includes(true)) return []
  if (!region.members.includes(false)) return [{}]
  const splits = region.facts.map((_, at) => split(region, at))
  const best = splits.reduce((a, b) => (cost(b) < cost(a) ? b : a))
  return best.branches.flatMap(({ values, region: rest }) =>
    describe(rest).map((all) => (best.isIdle ? all : { [best.fact]: testOf(values, best.all), ...all })),
  )
}

interface Split {
  readonly fact: string
  readonly all: readonly string[]
  /** Values that leave the same set are one branch. */
  readonly branches: readonly { readonly values: readonly string[]; readonly region: Region }[]
  /** The fact makes no difference. */
  readonly isIdle: boolean
}

function split({ facts, values, members }: Region, at: number): Split {
  const all = values[at]!
  const below = values.slice(0, at).reduce((product, each) => product * each.length, 1)
  const rest = { facts: facts.toSpliced(at, 1), values: values.toSpliced(at, 1) }
  const branches = new Map<string, { values: string[]; region: Region }>()
  for (const [digit, value] of all.entries()) {
    const left = members.filter((_, world) => Math.floor(world / below) % all.length === digit)
    const key = left.map(Number).join('')
    const branch = branches.get(key) ?? { values: [], region: { ...rest, members: left } }
    branch.values.push(value)
    branches.set(key, branch)
  }
  return { fact: facts[at]!, all, branches: [...branches.values()], isIdle: branches.size === 1 }
}

/** Fewest branches that still hold members; of those, most that hold nothing but members. */
function cost({ branches }: Split): number {
  const open = branches.filter(({ region }) => region.members.includes(true))
  const whole = open.filter(({ region }) => !region.members.includes(false))
  return branches.length === 1 ? 0 : 2 * open.length - (whole.length > 0 ? 1 : 0)
}

/** The shorter way to say it. */
function testOf(values: readonly string[], all: readonly string[]): Test {
  if (values.length === 1) return values[0]!
  const others = all.filter((value) => !values.includes(value))
  return others.length === 1 && values.length > 1 ? { not: others[0]! } : values
}
