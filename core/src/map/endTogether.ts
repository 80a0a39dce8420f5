/**
 * Whether the rows at the two ends of an edge belong to the same subjects, and so are erased together: then none that
 * stays points at one that goes, and nothing has to be cut. Said of all rows, from the map alone.
 * Does not: look at links that keep, or at tables that are anonymised; plan.ts does, before it asks.
 */
import type { Edge, OwnedTable, Ownership } from './ownership.ts'

/** Where a row of `target` goes with its last owner, every row of `holder` that points at it goes too. */
export function endTogether(of: Ownership, edge: Edge, holder: OwnedTable, target: OwnedTable): boolean {
  return ownedThrough(edge, holder, target) || ownsThrough(of, edge, holder, target)
}

/** The holder's rows have the owners of what they point at, all of them and no others. */
function ownedThrough(edge: Edge, holder: OwnedTable, target: OwnedTable): boolean {
  const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b)
  // Rows of a polymorphic table that point along this edge have none of the owners of its other kinds.
  const paths = holder.nodes.filter((node) =>
    Object.entries(node.path?.when ?? {}).every(([column, value]) => (edge.holderWhere[column] ?? value) === value),
  )
  const along = paths.filter(
    ({ path, owner }) =>
      path !== undefined &&
      edge.owners.includes(owner) &&
      same(path.when ?? {}, edge.holderWhere) &&
      same(path.where ?? {}, edge.targetWhere),
  )
  const asked = along.flatMap((node) => node.to)
  return along.length === paths.length && target.nodes.every((node) => asked.includes(node))
}

/** What is pointed at belongs to whom the rows pointing belong to, and each of those to somebody: a join table. */
function ownsThrough(of: Ownership, edge: Edge, holder: OwnedTable, target: OwnedTable): boolean {
  const back = target.nodes.some(({ path, forward }) => {
    if (path === undefined || forward || path.table !== holder.name || path.as !== undefined) return false
    const on = edge.targetColumns.every((column, i) => path.on[column] === edge.holderColumns[i])
    return on && Object.keys({ ...path.when, ...path.where }).length === 0
  })
  return back && alwaysOwned(of, holder, new Set())
}

/** No row of it is without an owner: a path that is always there leads to a subject. */
function alwaysOwned(of: Ownership, table: OwnedTable, seen: ReadonlySet<string>): boolean {
  if (table.map.subject !== undefined) return true
  if (seen.has(table.name)) return false
  return table.nodes.some(({ path, forward }) => {
    const plain = Object.keys({ ...path?.when, ...path?.where }).length === 0 && path?.as === undefined
    const next = of.tables.get(path?.table ?? '')
    return (
      path?.required === true &&
      forward &&
      plain &&
      next !== undefined &&
      alwaysOwned(of, next, new Set([...seen, table.name]))
    )
  })
}
