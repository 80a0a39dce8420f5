/**
 * Ordered decision diagrams with many-valued variables, each distinct node held once.
 * A diagram is a number: below `terminals` it is an answer, else a node that tests one variable and has a child for
 * each of its values; variables are tested in rising order. Equal functions are equal numbers.
 * After R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, IEEE Trans. Comput. C-35 (8), 1986.
 * Does not: know what variables and answers stand for (see table.ts).
 */

/** An operation on two diagrams: its answer where the two are known well enough, undefined where it must look deeper. */
export type Operation = (a: number, b: number) => number | undefined

export interface Diagrams {
  readonly terminals: number
  /** The node that tests `variable`, or its only child where the test is idle. */
  node(variable: number, children: readonly number[]): number
  variableOf(diagram: number): number
  childrenOf(diagram: number): readonly number[]
  /** The operation, made to work on whole diagrams and to remember what it did. */
  lift(operation: Operation): (a: number, b: number) => number
}

interface Node {
  readonly variable: number
  readonly children: readonly number[]
}

export function createDiagrams(terminals: number): Diagrams {
  const nodes: Node[] = []
  // Buckets of node numbers by a hash of what the node holds.
  const buckets = new Map<number, number[]>()

  const isNode = (diagram: number) => diagram >= terminals
  const variableOf = (diagram: number) =>
    diagram >= terminals ? nodes[diagram - terminals]!.variable : Number.POSITIVE_INFINITY
  const childrenOf = (diagram: number) => nodes[diagram - terminals]!.children

  function node(variable: number, children: readonly number[]): number {
    const first = children[0]!
    if (children.every((child) => child === first)) return first
    let hash = variable
    for (const child of children) hash = (Math.imul(hash, 0x01000193) ^ child) | 0
    const bucket = buckets.get(hash)
    if (bucket !== undefined) {
      for (const found of bucket) {
        const held = nodes[found - terminals]!
        if (held.variable === variable && held.children.every((child, i) => child === children[i])) return found
      }
    }
    const fresh = terminals + nodes.push({ variable, children }) - 1
    if (bucket === undefined) buckets.set(hash, [fresh])
    else bucket.push(fresh)
    return fresh
  }

  function lift(operation: Operation): (a: number, b: number) => number {
    const done = new Map<number, number>()
    const apply = (a: number, b: number): number => {
      const known = operation(a, b)
      if (known !== undefined) return known
      // Numbers of diagrams stay far below 2^26, so the pair has a number of its own below 2^53.
      const pair = a * 0x4000000 + b
      const before = done.get(pair)
      if (before !== undefined) return before
      const variable = Math.min(variableOf(a), variableOf(b))
      const inA = isNode(a) && variableOf(a) === variable
      const inB = isNode(b) && variableOf(b) === variable
      const children = inA
        ? childrenOf(a).map((child, i) => apply(child, inB ? childrenOf(b)[i]! : b))
        : childrenOf(b).map((child) => apply(a, child))
      const result = node(variable, children)
      done.set(pair, result)
      return result
    }
    return apply
  }

  return { terminals, node, variableOf, childrenOf, lift }
}
