/**
 * What a policy permits at all: the places and deeds for which some world permits, whatever it takes.
 * Does not: say under which facts; ask `decide` or read the diff for that.
 */
import type { PolicyDocument } from '../policy/document.ts'
import { both, type Deed, gridOf, meets, membersOf, type Place, ruleSet } from './cell.ts'
import { type CellCompiler, cellCompiler } from './cellDiagram.ts'
import { cellKinds } from './cellKinds.ts'

/** Each of these places with each of these deeds. */
export interface PermittedCells {
  readonly places: readonly Place[]
  readonly deeds: readonly Deed[]
}

export function* permittedCells(policy: PolicyDocument): Generator<PermittedCells> {
  const grid = gridOf(policy)
  const compiler = cellCompiler(policy, grid.rules)
  const isPermitting = permitFinder(compiler)
  const permits = ruleSet(grid.rules, (rule) => rule.kind === 'permit')
  const done = new Map<number, boolean>()
  const kindOf = cellKinds()
  for (const row of grid.rows) {
    for (const column of grid.columns) {
      const rules = both(row.rules, column.rules)
      if (!meets(rules, permits)) continue
      const key = kindOf(rules, row, column)
      const found = done.get(key) ?? isPermitting(compiler.compile(membersOf(rules), row, column))
      done.set(key, found)
      if (found) yield { places: row.places, deeds: column.deeds }
    }
  }
}

/** Whether a finished diagram permits in some world. */
export function permitFinder({
  diagrams,
  outcomes,
}: Pick<CellCompiler, 'diagrams' | 'outcomes'>): (diagram: number) => boolean {
  const done = new Map<number, boolean>()
  const permits = (diagram: number): boolean => {
    if (diagram < diagrams.terminals) return diagram >= outcomes.firstPermit
    const found = done.get(diagram) ?? diagrams.childrenOf(diagram).some(permits)
    done.set(diagram, found)
    return found
  }
  return permits
}
