/**
 * Ownership paths that come back to themselves: the nodes that lead to each other, found once for each node.
 */
import type { Node } from '@avow/core/map/ownership'

const rings = new WeakMap<Node, readonly Node[]>()

/** The nodes that this one leads to and that lead back to it, itself included; none where it is in no ring. */
export function ringOf(node: Node): readonly Node[] {
  const known = rings.get(node)
  if (known !== undefined) return known
  const ring = [...reachable(node)].filter((each) => reachable(each).has(node))
  rings.set(node, ring)
  return ring
}

function reachable(node: Node): Set<Node> {
  const seen = new Set<Node>()
  const left = [...node.to]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    left.push(...next.to)
  }
  return seen
}
