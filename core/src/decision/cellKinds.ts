/**
 * Numbers for cells, equal where the same rules can match and what sale, sharing and sensitivity hang on is the same:
 * such cells are decided alike, so that whoever goes through a whole policy need look at one of them.
 */
import type { Column, Row, RuleSet } from './cell.ts'
import { createInterner } from './intern.ts'

/** @returns the number of a cell's kind, from 0 in the order in which kinds are first asked for */
export function cellKinds(): (rules: RuleSet, row: Row, column: Column) => number {
  const { numberOf } = createInterner()
  const columnKinds = new Map<string, number>()
  const kindOf = new Map<Column, number>()
  let line = new Int32Array(0)
  return (rules, row, column) => {
    let kind = kindOf.get(column)
    if (kind === undefined) {
      const text = `${column.standing} ${column.advertising}`
      kind = columnKinds.get(text) ?? columnKinds.size
      columnKinds.set(text, kind)
      kindOf.set(column, kind)
    }
    if (line.length !== rules.length + 1) line = new Int32Array(rules.length + 1)
    line.set(rules)
    line[rules.length] = 2 * kind + (row.isSensitive ? 1 : 0)
    return numberOf(line)
  }
}
