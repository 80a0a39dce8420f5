/**
 * The order of the steps of an erasure. What must come first for the store's own rules (rows that point before rows
 * pointed at) always does. Beyond that a step comes before any that would take away what its rows are found by; where
 * both cannot be, its set is taken down at the start (`captured`), and so nothing is lost whatever is deleted first.
 */
import type { Edge, Ownership } from './ownership.ts'
import type { ErasureStep } from './plan.ts'
import { type Reads, reads } from './rowTest.ts'

/**
 * @param deletions tables in the order they are deleted from
 * @param broken edges of rings, cut by an `unlink` step before either side is deleted from
 */
export function orderSteps(
  of: Ownership,
  steps: readonly ErasureStep[],
  deletions: readonly string[],
  broken: ReadonlySet<Edge>,
): ErasureStep[] {
  const left = steps.map((step) => ({ step, reads: reads(of, step.test), captured: false }))
  const ordered: ErasureStep[] = []
  const take = (index: number) => {
    const [taken] = left.splice(index, 1)
    const { step, reads: seen, captured } = taken!
    // Rows found through other rows of their own table: a chunk would take away what the next is found by.
    ordered.push({ ...step, captured: captured || (seen.beyond.has(step.table) && !step.whole) })
  }
  while (left.length > 0) {
    const ready = left.flatMap((each, index) =>
      left.some((other) => other !== each && mustPrecede(of, other.step, each.step, deletions, broken)) ? [] : [index],
    )
    if (ready.length === 0) throw new Error('internal: the steps of an erasure wait for each other')
    const spoilt = (index: number) =>
      left.filter((each, i) => i !== index && !each.captured && spoils(left[index]!.step, each.step, each.reads))
    const best = ready.reduce((a, b) => (spoilt(b).length < spoilt(a).length ? b : a))
    for (const each of spoilt(best)) each.captured = true
    take(best)
  }
  return ordered
}

function mustPrecede(
  of: Ownership,
  a: ErasureStep,
  b: ErasureStep,
  deletions: readonly string[],
  broken: ReadonlySet<Edge>,
): boolean {
  if (b.kind !== 'delete') return false
  if (a.kind === 'delete') return deletions.indexOf(a.table) < deletions.indexOf(b.table)
  const changed = Object.keys(a.set)
  return of.edges.some(
    (edge) =>
      edge.isKey &&
      edge.holder === a.table &&
      edge.holderColumns.some((column) => changed.includes(column)) &&
      (edge.target === b.table || (edge.holder === b.table && broken.has(edge))),
  )
}

/** Whether `writer`, run first, changes which rows `reader` finds. */
function spoils(writer: ErasureStep, reader: ErasureStep, seen: Reads): boolean {
  const beyond = seen.beyond.get(writer.table)
  if (writer.kind === 'delete') return beyond !== undefined
  const own = writer.table === reader.table ? seen.own : undefined
  return Object.keys(writer.set).some((column) => beyond?.has(column) === true || own?.has(column) === true)
}
