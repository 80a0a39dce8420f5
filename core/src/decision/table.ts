/**
 * The decision table: a whole policy as flat arrays of integers, made once for each version (spec/policy.md §8).
 * A context and field lead to a row, an action, purpose and recipient to a column; the cell there is an answer, or the
 * first of a few tests of facts that lead to one. Rows, columns and tests that are alike are held once.
 * Does not: check that the policy can stand (policy/check.ts); decide (decide.ts).
 */
import { actions, controller, type PolicyDocument } from '../policy/document.ts'
import { both, type Grid, gridOf, meets, membersOf, ruleSet } from './cell.ts'
import { type CellCompiler, cellCompiler } from './cellDiagram.ts'
import type { Variable } from './conditionDiagram.ts'
import { decisionsOf } from './outcome.ts'
import type { Decision } from './request.ts'

/** A fact that some rule reads. In an indexed request its value stands at `slot`; 0 is "not known". */
export interface TableFact {
  readonly name: string
  readonly about: 'request' | 'label'
  /** From the head of the request, or of the label it belongs to. */
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
  /** By the number of the fact in `nodes`. */
  readonly facts: readonly TableFact[]
}

type Words = Uint8Array | Uint16Array | Uint32Array

export interface DecisionTable {
  readonly policy: PolicyDocument
  readonly index: TableIndex
  /** Row of `context * (fields + categories) + field or category`. */
  readonly rowOf: Words
  /** Column of `(action * purposes + purpose) * recipients + recipient`, times the number of rows. */
  readonly columnOf: Words
  /** By column and row: a place in `nodes`, or an answer plus the length of `nodes`. */
  readonly cells: Words
  /** A test: the number of its fact, then where to go when it is not known, and for each of its values. */
  readonly nodes: Words
  readonly outcomes: readonly Decision[]
  readonly firstPermit: number
  /** Slots before the first label, and of each label, in an indexed request. */
  readonly requestSlots: number
  readonly labelSlots: number
  /** Highest value of each fact, by its number. */
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
  const places = placesOf(grid, index)
  const lines = linesOf(grid, compiler, places.joins)
  const rows = distinct([...grid.rows, ...places.joins].map((_, row) => Int32Array.from(lines, (line) => line[row]!)))
  const columns = distinct(lines.map((line) => Int32Array.from(rows.firsts, (row) => line[row]!)))
  const cells = columns.firsts.flatMap((column) => rows.firsts.map((row) => lines[column]![row]!))
  const packed = pack(compiler, cells)
  const ofRequest = index.facts.filter(({ about }) => about === 'request').length
  return {
    policy,
    index,
    rowOf: wordsOf(places.rowOf.map((row) => rows.numbers[row]!)),
    columnOf: wordsOf(columnsOf(grid, index).map((column) => columns.numbers[column]! * rows.firsts.length)),
    ...packed,
    outcomes: decisionsOf(grid.rules, compiler.outcomes),
    firstPermit: compiler.outcomes.firstPermit,
    requestSlots: 3 + ofRequest,
    labelSlots: 2 + index.facts.length - ofRequest,
    highest: wordsOf(index.facts.map(({ numbers }) => numbers.size)),
  }
}

/** Bytes of the arrays and of the answers they lead to (a word for each answer, and its rule and obligations once). */
export function bytesOf({ rowOf, columnOf, cells, nodes, highest, outcomes }: DecisionTable): number {
  const arrays = [rowOf, columnOf, cells, nodes, highest].reduce((sum, { byteLength }) => sum + byteLength, 0)
  const distinctOutcomes = new Set(outcomes)
  return arrays + 8 * outcomes.length + 24 * distinctOutcomes.size
}

function indexOf(policy: PolicyDocument, variables: readonly Variable[]): TableIndex {
  const fields = Object.keys(policy.fields)
  let requestSlot = 3
  let labelSlot = 2
  return {
    actions: numbered(actions),
    purposes: numbered(Object.keys(policy.purposes)),
    recipients: numbered([controller, ...Object.keys(policy.recipients)]),
    contexts: numbered(Object.keys(policy.contexts)),
    fields: numbered(fields),
    categories: numbered(Object.keys(policy.categories), fields.length),
    categoryOfField: fields.map((field) => policy.fields[field]!.category),
    facts: variables.map(({ fact, about, values }) => ({
      name: fact,
      about,
      slot: about === 'request' ? requestSlot++ : labelSlot++,
      numbers: numbered(values, 1),
    })),
  }
}

/** The row of each context and field or category; a row past the grid's is the join of those in `joins`. */
function placesOf(grid: Grid, index: TableIndex) {
  const width = index.fields.size + index.categories.size
  const rowOf: number[] = new Array(index.contexts.size * width).fill(-1)
  const members = new Map<number, Set<number>>()
  grid.rows.forEach(({ places }, row) => {
    for (const { context, category, field } of places) {
      const base = index.contexts.get(context)! * width
      rowOf[base + index.fields.get(field)!] = row
      const whole = base + index.categories.get(category)!
      members.set(whole, (members.get(whole) ?? new Set()).add(row))
    }
  })
  const joins = new Map<string, { readonly row: number; readonly of: readonly number[] }>()
  for (let at = 0; at < rowOf.length; at++) {
    if (rowOf[at] !== -1) continue
    const of = [...(members.get(at) ?? [])].sort((a, b) => a - b)
    const key = of.join()
    if (!joins.has(key)) joins.set(key, { row: grid.rows.length + joins.size, of })
    rowOf[at] = joins.get(key)!.row
  }
  return { rowOf, joins: [...joins.values()].map(({ of }) => of) }
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

/** For each column its diagram in each row, those of `joins` included. */
function linesOf(grid: Grid, compiler: CellCompiler, joins: readonly (readonly number[])[]): readonly Int32Array[] {
  const compiled = new Map<string, number>()
  const names = (fact: string) => ruleSet(grid.rules, ({ when = {} }) => [when].flat().some((all) => fact in all))
  const [sensitive, sale, share] = [names('sensitive'), names('sale'), names('share')]
  return grid.columns.map((column) => {
    const line = new Int32Array(grid.rows.length + joins.length)
    grid.rows.forEach((row, i) => {
      const rules = both(row.rules, column.rules)
      let key = String.fromCharCode(...new Uint16Array(rules.buffer))
      // A cell differs by what sale, sharing and sensitivity hang on only where one of its rules asks for them.
      if (row.isSensitive && meets(rules, sensitive)) key += ' sensitive'
      if (column.standing !== undefined && (meets(rules, sale) || meets(rules, share))) {
        key += ` ${column.standing} ${column.advertising}`
      }
      let diagram = compiled.get(key)
      if (diagram === undefined) {
        diagram = compiler.compile(membersOf(rules), row, column)
        compiled.set(key, diagram)
      }
      line[i] = diagram
    })
    joins.forEach((rows, i) => {
      const each = rows.map((row) => line[row]!)
      line[grid.rows.length + i] =
        each.length === 0 ? compiler.outcomes.nothingPermits : each.reduce((a, b) => compiler.meet(a, b))
    })
    return line
  })
}

/** The diagrams laid end to end, and for each cell where it begins. */
function pack({ diagrams, outcomes, variables }: CellCompiler, cells: readonly number[]) {
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
  cells.forEach(visit)
  const placeOf = (diagram: number) => (diagram < outcomes.count ? length + diagram : places.get(diagram)!)
  return {
    nodes: wordsOf(
      order.flatMap((diagram) => [diagrams.variableOf(diagram), ...diagrams.childrenOf(diagram).map(placeOf)]),
    ),
    cells: wordsOf(cells.map(placeOf)),
  }
}

/** The first of each kind of line, and for each line the number of its kind. */
function distinct(lines: readonly Int32Array[]): {
  readonly firsts: readonly number[]
  readonly numbers: readonly number[]
} {
  const kinds = new Map<string, number>()
  const firsts: number[] = []
  const numbers = lines.map((line, i) => {
    const key = line.join()
    const kind = kinds.get(key) ?? kinds.size
    if (kind === kinds.size) {
      kinds.set(key, kind)
      firsts.push(i)
    }
    return kind
  })
  return { firsts, numbers }
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
