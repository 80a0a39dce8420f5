/**
 * The decision table: a whole policy as flat arrays of integers, made once for each version (spec/policy.md §8).
 * A context and field lead to a row, an action, purpose and recipient to a column; the cell there is an answer, or the
 * first of a few tests of facts that lead to one. Rows, columns and tests that are alike are held once.
 * Does not: check that the policy can stand (policy/check.ts); decide (decide.ts).
 */
import { actions, controller, type PolicyDocument } from '../policy/document.ts'
import { type Grid, gridOf } from './cell.ts'
import { cellCompiler } from './cellDiagram.ts'
import type { Variable } from './conditionDiagram.ts'
import { compileColumns, placeRows } from './lines.ts'
import { decisionsOf } from './outcome.ts'
import { pack, type Words, wordsOf } from './pack.ts'
import type { Decision } from './request.ts'

/** A fact that some rule reads. In an indexed request its value stands at its slot; 0 is "not known". */
export interface TableFact {
  readonly name: string
  readonly about: 'request' | 'label'
  /** For a fact of a label: its slot in the first of them. */
  readonly slot: number
  /** Value to number, from 1. */
  readonly numbers: ReadonlyMap<string, number>
  /** The first sixteen in that order: among a few, one by one takes half as long as by hash. */
  readonly first: readonly string[]
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
  const columns = compileColumns(grid, compiler)
  const { rowOf, rows } = placeRows(grid, compiler, index, columns.lines)
  const ofRequest = index.facts.filter(({ about }) => about === 'request').length
  return {
    policy,
    index,
    rowOf: wordsOf(rowOf),
    rows: rows.length,
    columnOf: wordsOf(columnsOf(grid, index).map((column) => columns.numbers[column]!)),
    ...pack(compiler, index, rows, columns.lines.length),
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
    first: values.slice(0, 16),
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

function numbered(names: readonly string[], from = 0): ReadonlyMap<string, number> {
  return new Map(names.map((name, i) => [name, from + i]))
}
