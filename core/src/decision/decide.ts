/**
 * Decides a request by its table: a few reads for each label, and only of the facts that matter there.
 * The coordinates of a request (action, purpose, recipient, context, category, field) must be declared names. Of its
 * facts only those are read on which the answer hangs; what comes from outside is first put through `parseRequest`
 * (parseRequest.ts), which holds every one of them to its declaration.
 */
import { AvowError } from '../errors.ts'
import { faultOfName } from '../policy/name.ts'
import { nearest } from '../policy/nearest.ts'
import { meetOutcomes } from './outcome.ts'
import type { Decision, DecisionRequest, Label } from './request.ts'
import type { DecisionTable, TableFact, TableIndex } from './table.ts'

/**
 * @throws AvowError DECISION_UNKNOWN_NAME for a name the policy does not declare, or a value that a fact cannot have
 * @throws AvowError DECISION_MALFORMED where no label is given, or a field stands under a category not its own
 */
export function decide(table: DecisionTable, request: DecisionRequest): Decision {
  // One loop, and every array at hand before it: with a call a label, each request took a tenth longer.
  const { index, rows, rowOf, cells, palettes, paletteOf, nodes, counts, firstPermit } = table
  const column = columnOf(table, request)
  const { labels, facts } = request
  // The types say both are there; a caller without types is told so rather than answered by chance.
  if (typeof facts !== 'object' || facts === null || !Array.isArray(labels) || labels.length === 0) return malformed()
  const { length } = nodes
  const firstCell = column * rows
  const palette = paletteOf[column]!
  let outcome = -1
  for (let i = 0; i < labels.length; i++) {
    const label: Label = labels[i]!
    const context = numberOf(index.contexts, 'context', label.context)
    const row = rowOf[context * counts.places + placeOf(index, label)]!
    let at = palettes[palette + cells[firstCell + row]!]!
    while (at < length) {
      // Every slot that a node names is that of a fact.
      const fact = index.factAt[nodes[at]!]!
      const value = fact.about === 'label' ? label.facts?.[fact.name] : facts[fact.name]
      at = nodes[at + 1 + (value === undefined ? 0 : numberOfValue(fact, value))]!
    }
    outcome = outcome < 0 ? at - length : meetOutcomes(firstPermit, outcome, at - length)
  }
  return table.outcomes[outcome]!
}

function numberOfValue({ name, numbers, first }: TableFact, value: string): number {
  for (let i = 0; i < first.length; i++) if (first[i] === value) return i + 1
  return numberOf(numbers, 'value', value, name)
}

export function columnOf({ index, columnOf, counts }: DecisionTable, request: DecisionRequest): number {
  const action = numberOf(index.actions, 'action', request.action)
  const purpose = numberOf(index.purposes, 'purpose', request.purpose)
  const { recipient } = request
  const to = recipient === undefined ? 0 : numberOf(index.recipients, 'recipient', recipient)
  return columnOf[(action * counts.purposes + purpose) * counts.recipients + to]!
}

/** The number of the field, or of the category where no field is named. */
export function placeOf(index: TableIndex, { category, field }: Label): number {
  if (field === undefined) return numberOf(index.categories, 'category', category)
  const place = numberOf(index.fields, 'field', field)
  const owner = index.categoryOfField[place]!
  return owner === category ? place : misplaced(index, category, field, owner)
}

function misplaced(index: TableIndex, category: string, field: string, owner: string): never {
  numberOf(index.categories, 'category', category)
  throw new AvowError(
    'DECISION_MALFORMED',
    `field \`${field}\` is of category \`${owner}\`, not \`${category}\`: name that one`,
  )
}

function malformed(): never {
  throw new AvowError('DECISION_MALFORMED', 'a request needs facts, if only none, and a list of at least one label')
}

/** @throws AvowError DECISION_UNKNOWN_NAME for a name without a number, with the nearest that has one */
export function numberOf(numbers: ReadonlyMap<string, number>, what: string, name: string, of?: string): number {
  return numbers.get(name) ?? unknown(numbers, what, name, of)
}

function unknown(numbers: ReadonlyMap<string, number>, what: string, name: string, of: string | undefined): never {
  // A request may come from outside: the value of a fact is never told, and another name only if it could be one.
  const told = of === undefined && typeof name === 'string' && faultOfName(name) === undefined ? ` \`${name}\`` : ''
  const near = typeof name === 'string' ? nearest(name, [...numbers.keys()]) : undefined
  const cure = near === undefined ? 'use one that the policy declares' : `use \`${near}\`, or declare it`
  throw new AvowError(
    'DECISION_UNKNOWN_NAME',
    `unknown ${what}${told}${of === undefined ? '' : ` of \`${of}\``}: ${cure}`,
  )
}
