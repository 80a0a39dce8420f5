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
import type { DecisionTable } from './table.ts'

/**
 * @throws AvowError DECISION_UNKNOWN_NAME for a name the policy does not declare, or a value that a fact cannot have
 * @throws AvowError DECISION_MALFORMED where no label is given, or a field stands under a category not its own
 */
export function decide(table: DecisionTable, request: DecisionRequest): Decision {
  const column = columnOf(table, request)
  const { labels, facts } = request
  // The types say both are there; a caller without types is told so rather than answered by chance.
  if (typeof facts !== 'object' || facts === null || !Array.isArray(labels) || labels.length === 0) {
    throw new AvowError('DECISION_MALFORMED', 'a request needs facts, if only none, and a list of at least one label')
  }
  let outcome = decideLabel(table, column, request, labels[0]!)
  for (let i = 1; i < labels.length; i++) {
    outcome = meetOutcomes(table.firstPermit, outcome, decideLabel(table, column, request, labels[i]!))
  }
  return table.outcomes[outcome]!
}

export function columnOf({ index, columnOf, counts }: DecisionTable, request: DecisionRequest): number {
  const action = numberOf(index.actions, 'action', request.action)
  const purpose = numberOf(index.purposes, 'purpose', request.purpose)
  const { recipient } = request
  const to = recipient === undefined ? 0 : numberOf(index.recipients, 'recipient', recipient)
  return columnOf[(action * counts.purposes + purpose) * counts.recipients + to]!
}

/** The number of the field, or of the category where no field is named. */
export function placeOf({ index }: DecisionTable, { category, field }: Label): number {
  if (field === undefined) return numberOf(index.categories, 'category', category)
  const place = numberOf(index.fields, 'field', field)
  const owner = index.categoryOfField[place]!
  if (owner === category) return place
  numberOf(index.categories, 'category', category)
  throw new AvowError(
    'DECISION_MALFORMED',
    `field \`${field}\` is of category \`${owner}\`, not \`${category}\`: name that one`,
  )
}

/** Where a cell leads: a place in `nodes`, or past them an answer. */
export function cellAt({ cells, palettes, paletteOf, rows }: DecisionTable, column: number, row: number): number {
  return palettes[paletteOf[column]! + cells[column * rows + row]!]!
}

function decideLabel(table: DecisionTable, column: number, request: DecisionRequest, label: Label): number {
  const { index, nodes } = table
  let at = cellAt(table, column, rowAt(table, label))
  while (at < nodes.length) {
    // Every slot that a node names is that of a fact.
    const { name, about, numbers } = index.factAt[nodes[at]!]!
    const value = about === 'label' ? label.facts?.[name] : request.facts[name]
    at = nodes[at + 1 + (value === undefined ? 0 : numberOf(numbers, 'value', value, name))]!
  }
  return at - nodes.length
}

export function rowAt(table: DecisionTable, label: Label): number {
  const context = numberOf(table.index.contexts, 'context', label.context)
  return table.rowOf[context * table.counts.places + placeOf(table, label)]!
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
