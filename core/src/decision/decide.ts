/**
 * Decides a request by its table: a few reads for each label, and only of the facts that matter there.
 * The coordinates of a request (action, purpose, recipient, context, category, field) must be declared names. Of its
 * facts only those are read on which the answer hangs; what comes from outside is first put through `parseRequest`
 * (parseRequest.ts), which holds every one of them to its declaration.
 */
import { AvowError } from '../errors.ts'
import { controller } from '../policy/document.ts'
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
  const { labels } = request
  if (labels.length === 0) {
    throw new AvowError('DECISION_MALFORMED', 'the request has no label: give at least one context and category')
  }
  let outcome = decideLabel(table, column, request, labels[0]!)
  for (let i = 1; i < labels.length; i++) {
    outcome = meetOutcomes(table.firstPermit, outcome, decideLabel(table, column, request, labels[i]!))
  }
  return table.outcomes[outcome]!
}

function columnOf({ index, columnOf }: DecisionTable, request: DecisionRequest): number {
  const action = index.actions.get(request.action) ?? unknown('action', request.action, index.actions)
  const purpose = index.purposes.get(request.purpose) ?? unknown('purpose', request.purpose, index.purposes)
  const { recipient = controller } = request
  const to = index.recipients.get(recipient) ?? unknown('recipient', recipient, index.recipients)
  return columnOf[(action * index.purposes.size + purpose) * index.recipients.size + to]!
}

function placeOf({ index }: DecisionTable, { category, field }: Label): number {
  if (field === undefined) return index.categories.get(category) ?? unknown('category', category, index.categories)
  const place = index.fields.get(field) ?? unknown('field', field, index.fields)
  const owner = index.categoryOfField[place]!
  if (owner === category) return place
  if (!index.categories.has(category)) unknown('category', category, index.categories)
  throw new AvowError(
    'DECISION_MALFORMED',
    `field \`${field}\` is of category \`${owner}\`, not \`${category}\`: name that one`,
  )
}

function decideLabel(table: DecisionTable, column: number, request: DecisionRequest, label: Label): number {
  const { index, nodes, rowOf, cells } = table
  const context = index.contexts.get(label.context) ?? unknown('context', label.context, index.contexts)
  const width = index.fields.size + index.categories.size
  let at = cells[column + rowOf[context * width + placeOf(table, label)]!]!
  while (at < nodes.length) {
    const fact = index.facts[nodes[at]!]!
    const value = fact.about === 'label' ? label.facts?.[fact.name] : request.facts[fact.name]
    const number =
      value === undefined ? 0 : (fact.numbers.get(value) ?? unknown(`value of \`${fact.name}\``, value, fact.numbers))
    at = nodes[at + 1 + number]!
  }
  return at - nodes.length
}

/**
 * The same by integers, for callers that keep the numbers of their names. Returns the number of an answer in
 * `table.outcomes`.
 * @param request made by `indexRequest`, or laid out as there: action, purpose, recipient, request facts; then for each
 *   label its context, field or category, and value facts
 * @throws AvowError DECISION_MALFORMED for a number out of its range or a layout of the wrong length
 */
export function decideIndexed(table: DecisionTable, request: Uint16Array): number {
  const { index, columnOf, requestSlots, labelSlots } = table
  const purposes = index.purposes.size
  const recipients = index.recipients.size
  const [action, purpose, recipient] = [request[0]!, request[1]!, request[2]!]
  if (request.length < requestSlots + labelSlots || (request.length - requestSlots) % labelSlots !== 0) outOfRange()
  if (purpose >= purposes || recipient >= recipients) outOfRange()
  const column = columnOf[(action * purposes + purpose) * recipients + recipient]
  if (column === undefined) return outOfRange()
  let outcome = decideIndexedLabel(table, column, request, requestSlots)
  for (let head = requestSlots + labelSlots; head < request.length; head += labelSlots) {
    outcome = meetOutcomes(table.firstPermit, outcome, decideIndexedLabel(table, column, request, head))
  }
  return outcome
}

function decideIndexedLabel(table: DecisionTable, column: number, request: Uint16Array, head: number): number {
  const { index, nodes, rowOf, cells, highest } = table
  const width = index.fields.size + index.categories.size
  const place = request[head + 1]!
  const row = place < width ? rowOf[request[head]! * width + place] : undefined
  if (row === undefined) return outOfRange()
  let at = cells[column + row]!
  while (at < nodes.length) {
    const fact = nodes[at]!
    const { slot, about } = index.facts[fact]!
    const value = request[about === 'label' ? head + slot : slot]!
    if (value > highest[fact]!) return outOfRange()
    at = nodes[at + 1 + value]!
  }
  return at - nodes.length
}

function outOfRange(): never {
  throw new AvowError(
    'DECISION_MALFORMED',
    'the indexed request is not laid out for this table: make it with `indexRequest` on the same table',
  )
}

/** @throws AvowError always: the name, and the nearest that is declared */
export function unknown(what: string, name: string, known: ReadonlyMap<string, number>): never {
  const near = nearest(name, [...known.keys()])
  throw new AvowError(
    'DECISION_UNKNOWN_NAME',
    `unknown ${what} \`${name}\`: ${near === undefined ? 'declare it in the policy' : `declare it, or use \`${near}\``}`,
  )
}
