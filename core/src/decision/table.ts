/**
 * The decision table: a whole policy as flat arrays of integers, made once for each version (spec/policy.md §8).
 * A context and field lead to a row, an action, purpose and recipient to a column; the cell there is an answer, or the
 * first of a few tests of facts that lead to one. Rows, columns and tests that are alike are held once.
 * Does not: check that the policy can stand (policy/check.ts); decide (decide.ts).
 */
import { actions, controller, type PolicyDocument } from '../policy/document.ts'
import {
  both,
  type Column,
  either,
  firstInAll,
  type Grid,
  gridOf,
  has,
  marked,
  meets,
  membersOf,
  type Row,
  ruleSet,
} from './cell.ts'
import { type CellCompiler, cellCompiler } from './cellDiagram.ts'
import type { Variable } from './conditionDiagram.ts'
import { createInterner } from './intern.ts'
import { decisionsOf } from './outcome.ts'
import type { Decision } from './request.ts'

/** A fact that some rule reads. In an indexed request its value stands at its slot; 0 is "not known". */
export interface TableFact {
  readonly name: string
  readonly about: 'request' | 'label'
  /** For a fact of a label: its slot in the first of them. */
  readonly slot: number
  /** Value to number, from 1. */
  readonly numbers: ReadonlyMap<string, number>
}

/** Names to integers: the same for every request, so that a caller may look them up once. */
export interface TableIndex {
  readonly actions: ReadonlyMap<string, number>
  readonly purposes: ReadonlyMap<string, number>
  /** The controller itself is 0. */
  readonly recipients: ReadonlyMap<string, number>
  readonly contexts: ReadonlyMap<string, number>
  readonly fields: ReadonlyMap<string, number>
  /** A category stands for "some field of it": these numbers go on where those of the fields end. */
  readonly categories: ReadonlyMap<string, number>
  readonly categoryOfField: readonly string[]
  readonly facts: readonly TableFact[]
  /** The same by their slots; slots that hold something else have none. */
  readonly factAt: readonly (TableFact | undefined)[]
}

type Words = Uint8Array | Uint16Array | Uint32Array

export interface DecisionTable {
  readonly policy: PolicyDocument
  readonly index: TableIndex
  /** Row of `context * (fields + categories) + field or category`. */
  readonly rowOf: Words
  readonly rows: number
  /** Column of `(action * purposes + purpose) * recipients + recipient`. */
  readonly columnOf: Words
  /** By column and row: which place of the column's palette to go to. */
  readonly cells: Words
  /** Places in `nodes`, or answers plus the length of `nodes`; a column's begin at its `paletteOf`. */
  readonly palettes: Words
  readonly paletteOf: Words
  /** A test: the slot of its fact, then where to go when it is not known, and for each of its values. */
  readonly nodes: Words
  readonly outcomes: readonly Decision[]
  readonly firstPermit: number
  /** Slots before the first label, and of each label, in an indexed request. */
  readonly requestSlots: number
  readonly labelSlots: number
  /** How many there are of what the coordinates of a request name; places are fields and categories together. */
  readonly counts: { readonly purposes: number; readonly recipients: number; readonly places: number }
  /** Highest number that a value may have, by the slot of its fact. */
  readonly highest: Words
}

/**
 * Compiles a policy.
 * @param policy a document whose every name is declared (`checkPolicy` finds the others)
 */
export function compilePolicy(policy: PolicyDocument): DecisionTable {
  const grid = gridOf(policy)
  const compiler = cellCompiler(policy, grid.rules)
  const index = indexOf(policy, compiler.variables)
  const columns = distinct(compileColumns(grid, compiler))
  const lines = transposed(columns.firsts, grid.rows.length)
  const { rowOf, rows } = placeRows(grid, compiler, index, lines, columns.firsts.length)
  const ofRequest = index.facts.filter(({ about }) => about === 'request').length
  return {
    policy,
    index,
    rowOf: wordsOf(rowOf),
    rows: rows.length,
    columnOf: wordsOf(columnsOf(grid, index).map((column) => columns.numbers[column]!)),
    ...pack(compiler, index, rows, columns.firsts.length),
    outcomes: decisionsOf(grid.rules, compiler.outcomes),
    firstPermit: compiler.outcomes.firstPermit,
    requestSlots: 3 + ofRequest,
    labelSlots: 2 + index.facts.length - ofRequest,
    counts: {
      purposes: index.purposes.size,
      recipients: index.recipients.size,
      places: index.fields.size + index.categories.size,
    },
    highest: wordsOf(Array.from(index.factAt, (fact) => fact?.numbers.size ?? 0)),
  }
}

/** Bytes of the arrays and of the answers they lead to: a word for each number, 24 bytes for each answer. */
export function bytesOf(table: DecisionTable): number {
  const { rowOf, columnOf, cells, palettes, paletteOf, nodes, highest, outcomes } = table
  const arrays = [rowOf, columnOf, cells, palettes, paletteOf, nodes, highest]
  const answers = 8 * outcomes.length + 24 * new Set(outcomes).size
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, answers)
}

function indexOf(policy: PolicyDocument, variables: readonly Variable[]): TableIndex {
  const fields = Object.keys(policy.fields)
  // An indexed request: action, purpose, recipient, facts; then of each label its context, its place and its facts.
  let requestSlot = 3
  let labelSlot = 3 + variables.filter(({ about }) => about === 'request').length + 2
  const facts = variables.map(({ fact, about, values }) => ({
    name: fact,
    about,
    slot: about === 'request' ? requestSlot++ : labelSlot++,
    numbers: numbered(values, 1),
  }))
  return {
    actions: numbered(actions),
    purposes: numbered(Object.keys(policy.purposes)),
    recipients: numbered([controller, ...Object.keys(policy.recipients)]),
    contexts: numbered(Object.keys(policy.contexts)),
    fields: numbered(fields),
    categories: numbered(Object.keys(policy.categories), fields.length),
    categoryOfField: fields.map((field) => policy.fields[field]!.category),
    facts,
    factAt: Array.from({ length: labelSlot }, (_, slot) => facts.find((fact) => fact.slot === slot)),
  }
}

/** For each column its diagram in each row. */
function compileColumns(grid: Grid, compiler: CellCompiler): readonly Int32Array[] {
  const forbids = ruleSet(grid.rules, ({ kind }) => kind === 'forbid')
  const naming = (...facts: string[]) =>
    ruleSet(grid.rules, ({ when = {} }) => [when].flat().some((all) => facts.some((fact) => fact in all)))
  const [onSensitive, onSale] = [naming('sensitive'), naming('sale', 'share')]
  // Cells with the same rules differ by what the derived facts hang on, and only where a rule asks for these.
  const kinds = createInterner()
  const compiled: number[] = []

  function compileCell(row: Row, column: Column, standing: number): number {
    const rules = both(row.rules, column.rules)
    const sensitivity = row.isSensitive && meets(rules, onSensitive) ? 1 : 0
    const kind = kinds.numberOf(marked(rules, sensitivity + (meets(rules, onSale) ? 2 * standing : 0)))
    compiled[kind] ??= compiler.compile(membersOf(rules), row, column)
    return compiled[kind]
  }

  const inSome = grid.rows
    .map(({ rules }) => rules)
    .reduce(
      (a, b) => either(a, b),
      ruleSet(grid.rules, () => false),
    )
  const inAll = grid.rows
    .map(({ rules }) => rules)
    .reduce(
      (a, b) => both(a, b),
      ruleSet(grid.rules, () => true),
    )
  const standings = new Map<string, number>()
  return grid.columns.map((column) => {
    const standing = `${column.standing} ${column.advertising}`
    if (!standings.has(standing)) standings.set(standing, standings.size)
    const line = new Int32Array(grid.rows.length)
    // Most columns are forbidden everywhere by the same rule.
    const everywhere = firstInAll(inSome, column.rules, forbids)
    if (everywhere >= 0 && has(inAll, everywhere) && compiler.settled[everywhere]! >= 0) {
      return line.fill(compiler.settled[everywhere]!)
    }
    for (let i = 0; i < line.length; i++) {
      const row = grid.rows[i]!
      const first = firstInAll(row.rules, column.rules, forbids)
      const settled = first < 0 ? -1 : compiler.settled[first]!
      line[i] = settled < 0 ? compileCell(row, column, standings.get(standing)!) : settled
    }
    return line
  })
}

/** The line of each context and field; and of each context and category, where some field of it is asked about. */
function placeRows(grid: Grid, compiler: CellCompiler, index: TableIndex, lines: readonly Int32Array[], width: number) {
  const ofFields = distinct(lines)
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
  const all = [...ofFields.firsts]
  for (let at = 0; at < rowOf.length; at++) {
    if (rowOf[at] !== -1) continue
    const of = [...(members.get(at) ?? [])].sort((a, b) => a - b)
    const number =
      joined.get(of.join()) ??
      all.push(
        joinLines(
          compiler,
          of.map((row) => all[row]!),
          width,
        ),
      ) - 1
    joined.set(of.join(), number)
    rowOf[at] = number
  }
  const rows = distinct(all)
  return { rowOf: rowOf.map((row) => rows.numbers[row]!), rows: rows.firsts }
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

/** The column of each action, purpose and recipient. */
function columnsOf(grid: Grid, { purposes, recipients }: TableIndex): number[] {
  const columnOf: number[] = []
  grid.columns.forEach(({ deeds }, column) => {
    for (const { action, purpose, recipient } of deeds) {
      columnOf[
        (actions.indexOf(action) * purposes.size + purposes.get(purpose)!) * recipients.size +
          recipients.get(recipient)!
      ] = column
    }
  })
  return columnOf
}

/** The diagrams laid end to end, and for each cell which of its column's diagrams it leads to. */
function pack(
  { diagrams, outcomes, variables }: CellCompiler,
  index: TableIndex,
  rows: readonly Int32Array[],
  width: number,
) {
  const places = new Map<number, number>()
  const order: number[] = []
  let length = 0
  const visit = (diagram: number): void => {
    if (diagram < outcomes.count || places.has(diagram)) return
    places.set(diagram, length)
    length += 2 + variables[diagrams.variableOf(diagram)]!.values.length
    order.push(diagram)
    diagrams.childrenOf(diagram).forEach(visit)
  }
  for (const row of rows) row.forEach(visit)
  const placeOf = (diagram: number) => (diagram < outcomes.count ? length + diagram : places.get(diagram)!)

  const cells: number[] = []
  const palettes: number[] = []
  const paletteOf: number[] = []
  for (let column = 0; column < width; column++) {
    const palette = new Map<number, number>()
    paletteOf.push(palettes.length)
    for (const row of rows) {
      const diagram = row[column]!
      const colour = palette.get(diagram) ?? palette.size
      if (colour === palette.size) {
        palette.set(diagram, colour)
        palettes.push(placeOf(diagram))
      }
      cells.push(colour)
    }
  }
  const nodes = order.flatMap((diagram) => [
    index.facts[diagrams.variableOf(diagram)]!.slot,
    ...diagrams.childrenOf(diagram).map(placeOf),
  ])
  return { cells: wordsOf(cells), palettes: wordsOf(palettes), paletteOf: wordsOf(paletteOf), nodes: wordsOf(nodes) }
}

/** The first line of each kind, and for each line the number of its kind. */
function distinct(lines: readonly Int32Array[]) {
  const kinds = createInterner()
  const numbers = lines.map(kinds.numberOf)
  return { firsts: kinds.lines, numbers }
}

function transposed(columns: readonly Int32Array[], rows: number): readonly Int32Array[] {
  return Array.from({ length: rows }, (_, row) => {
    const line = new Int32Array(columns.length)
    for (let column = 0; column < columns.length; column++) line[column] = columns[column]![row]!
    return line
  })
}

function numbered(names: readonly string[], from = 0): ReadonlyMap<string, number> {
  return new Map(names.map((name, i) => [name, from + i]))
}

/** The narrowest array that holds these. */
function wordsOf(values: readonly number[]): Words {
  const highest = values.reduce((a, b) => Math.max(a, b), 0)
  if (highest < 2 ** 8) return Uint8Array.from(values)
  return highest < 2 ** 16 ? Uint16Array.from(values) : Uint32Array.from(values)
}
