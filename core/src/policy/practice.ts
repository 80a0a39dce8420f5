/**
 * Practices: what is done with what, in as few boxes as will do. A box is every combination of its names.
 * Does not: know conditions or rules; the caller brings together what is done under the same.
 */
import type { Deed, Place } from '../decision/cell.ts'

const dimensions = ['contexts', 'fields', 'actions', 'purposes', 'recipients'] as const

export interface Practice {
  readonly contexts: readonly string[]
  readonly fields: readonly string[]
  readonly actions: readonly string[]
  readonly purposes: readonly string[]
  /** `controller` where nothing is passed on. */
  readonly recipients: readonly string[]
}

/** All that is done in these places by these deeds, each place with each deed. */
export function practicesOf(places: readonly Place[], deeds: readonly Deed[]): readonly Practice[] {
  const where = joinPractices(places.map(({ context, field }) => ({ ...empty, contexts: [context], fields: [field] })))
  const what = joinPractices(
    deeds.map(({ action, purpose, recipient }) => ({
      ...empty,
      actions: [action],
      purposes: [purpose],
      recipients: [recipient],
    })),
  )
  return where.flatMap(({ contexts, fields }) => what.map((practice) => ({ ...practice, contexts, fields })))
}

const empty: Practice = { contexts: [], fields: [], actions: [], purposes: [], recipients: [] }

/** Joins boxes that differ in one dimension only, until none do. The union stays the same. */
export function joinPractices(practices: readonly Practice[]): readonly Practice[] {
  let joined = practices
  for (;;) {
    const before = joined.length
    for (const dimension of dimensions) joined = joinAlong(joined, dimension)
    if (joined.length === before) return joined
  }
}

function joinAlong(practices: readonly Practice[], dimension: keyof Practice): readonly Practice[] {
  const groups = new Map<string, Practice>()
  for (const practice of practices) {
    const key = JSON.stringify(dimensions.map((each) => (each === dimension ? null : practice[each])))
    const found = groups.get(key)
    const names = [...new Set([...(found?.[dimension] ?? []), ...practice[dimension]])].sort()
    groups.set(key, { ...practice, [dimension]: names })
  }
  return [...groups.values()]
}
