/**
 * The grid of cells as lines of compiled diagrams: columns that are decided alike taken as one, rows likewise, and a
 * row of its own for each category of which the field is not known. The middle of the compiler (table.ts).
 */
import {
  both,
  type Column,
  either,
  firstInAll,
  type Grid,
  has,
  marked,
  meets,
  membersOf,
  type Row,
  ruleSet,
} from './cell.ts'
import type { CellCompiler } from './cellDiagram.ts'
import { createInterner } from './intern.ts'
import type { TableIndex } from './table.ts'

/** Lines that differ, and for each line asked about the number of the one it is like. */
export interface Lines {
  readonly lines: readonly Int32Array[]
  readonly numbers: readonly number[]
}

/** For each column of the grid its diagram in each row. */
export function compileColumns(grid: Grid, compiler: CellCompiler): Lines {
  const forbids = ruleSet(grid.rules, ({ kind }) => kind === 'forbid')
  const naming = (...facts: string[]) =>
    ruleSet(grid.rules, ({ when = {} }) => [when].flat().some((all) => facts.some((fact) => fact in all)))
  const [onSensitive, onSale] = [naming('sensitive'), naming('sale', 'share')]
  const key = new Int32Array(forbids.length + 1)
  const kinds = createInterner()
  const compiled: number[] = []

  /** Cells with the same rules differ by what the derived facts hang on, and only where a rule asks for these. */
  function compileCell(row: Row, column: Column, standing: number): number {
    marked(key, row.rules, column.rules, 0)
    const sensitivity = row.isSensitive && meets(onSensitive, key) ? 1 : 0
    key[forbids.length] = sensitivity + (meets(onSale, key) ? 2 * standing : 0)
    const kind = kinds.numberOf(key)
    compiled[kind] ??= compiler.compile(membersOf(key.subarray(0, -1)), row, column)
    return compiled[kind]
  }

  const sets = grid.rows.map(({ rules }) => rules)
  const inSome = sets.reduce(
    (a, b) => either(a, b),
    ruleSet(grid.rules, () => false),
  )
  const inAll = sets.reduce(
    (a, b) => both(a, b),
    ruleSet(grid.rules, () => true),
  )
  const line = new Int32Array(grid.rows.length)
  const distinct = createInterner()
  const uniform = new Map<number, number>()
  const standings: string[] = []

  function fill(column: Column): void {
    const called = `${column.standing} ${column.advertising}`
    if (!standings.includes(called)) standings.push(called)
    const standing = standings.indexOf(called)
    for (let i = 0; i < line.length; i++) {
      const row = grid.rows[i]!
      const first = firstInAll(row.rules, column.rules, forbids)
      const settled = first < 0 ? -1 : compiler.settled[first]!
      line[i] = settled < 0 ? compileCell(row, column, standing) : settled
    }
  }

  const numbers = grid.columns.map((column) => {
    // Most columns are forbidden in every row by the same rule, and that is seen at once.
    const first = firstInAll(inSome, column.rules, forbids)
    const settled = first >= 0 && has(inAll, first) ? compiler.settled[first]! : -1
    const known = uniform.get(settled)
    if (known !== undefined) return known
    if (settled < 0) fill(column)
    else line.fill(settled)
    const number = distinct.numberOf(line)
    if (settled >= 0) uniform.set(settled, number)
    return number
  })
  return { lines: distinct.lines, numbers }
}

/** The line of each context and field; and of each context and category, where some field of it is asked about. */
export function placeRows(grid: Grid, compiler: CellCompiler, index: TableIndex, columns: readonly Int32Array[]) {
  const ofFields = distinct(transposed(columns, grid.rows.length))
  const places = index.fields.size + index.categories.size
  const rowOf: number[] = new Array(index.contexts.size * places).fill(-1)
  const members = new Map<number, Set<number>>()
  grid.rows.forEach((row, i) => {
    const number = ofFields.numbers[i]!
    for (const { context, category, field } of row.places) {
      const base = index.contexts.get(context)! * places
      rowOf[base + index.fields.get(field)!] = number
      const whole = base + index.categories.get(category)!
      members.set(whole, (members.get(whole) ?? new Set()).add(number))
    }
  })
  // Some field of a category: each must be permitted. A category without fields has none, and nothing permits.
  const joined = new Map<string, number>()
  const all = [...ofFields.lines]
  for (let at = 0; at < rowOf.length; at++) {
    if (rowOf[at] !== -1) continue
    const of = [...(members.get(at) ?? [])].sort((a, b) => a - b)
    const number =
      joined.get(of.join()) ??
      all.push(
        joinLines(
          compiler,
          of.map((row) => all[row]!),
          columns.length,
        ),
      ) - 1
    joined.set(of.join(), number)
    rowOf[at] = number
  }
  const rows = distinct(all)
  return { rowOf: rowOf.map((row) => rows.numbers[row]!), rows: rows.lines }
}

function joinLines(compiler: CellCompiler, lines: readonly Int32Array[], width: number): Int32Array {
  const joined = lines[0]?.slice() ?? new Int32Array(width).fill(compiler.outcomes.nothingPermits)
  for (const line of lines.slice(1)) {
    for (let i = 0; i < width; i++) {
      if (joined[i] !== line[i]) joined[i] = compiler.meet(joined[i]!, line[i]!)
    }
  }
  return joined
}

function distinct(lines: readonly Int32Array[]): Lines {
  const kinds = createInterner()
  const numbers = lines.map((line) => kinds.numberOf(line))
  return { lines: kinds.lines, numbers }
}

function transposed(columns: readonly Int32Array[], rows: number): readonly Int32Array[] {
  return Array.from({ length: rows }, (_, row) => {
    const line = new Int32Array(columns.length)
    for (let column = 0; column < columns.length; column++) line[column] = columns[column]![row]!
    return line
  })
}
