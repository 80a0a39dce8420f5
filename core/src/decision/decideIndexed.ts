/**
 * Decisions by integers, for callers that keep the numbers of their names: a loop over rows, a stream, a benchmark.
 * An indexed request is one array: action, purpose, recipient, then the facts of the request at their slots; then for
 * each label its context, its field or category, and its value facts. A fact of number 0 is not known.
 */
import { AvowError } from '../errors.ts'
import { cellAt, numberOf, placeOf } from './decide.ts'
import { meetOutcomes } from './outcome.ts'
import type { DecisionRequest } from './request.ts'
import type { DecisionTable } from './table.ts'

/** @throws AvowError as `decide` does, and for every fact that is stated, read or not */
export function indexRequest(table: DecisionTable, request: DecisionRequest): Uint16Array {
  const { index, requestSlots, labelSlots } = table
  const indexed = new Uint16Array(requestSlots + labelSlots * request.labels.length)
  indexed[0] = numberOf(index.actions, 'action', request.action)
  indexed[1] = numberOf(index.purposes, 'purpose', request.purpose)
  indexed[2] = request.recipient === undefined ? 0 : numberOf(index.recipients, 'recipient', request.recipient)
  for (const { name, about, slot, numbers } of index.facts) {
    const value = request.facts[name]
    if (about === 'request' && value !== undefined) indexed[slot] = numberOf(numbers, 'value', value, name)
  }
  request.labels.forEach((label, i) => {
    const head = requestSlots + i * labelSlots
    indexed[head] = numberOf(index.contexts, 'context', label.context)
    indexed[head + 1] = placeOf(table, label)
    for (const { name, about, slot, numbers } of index.facts) {
      const value = label.facts?.[name]
      if (about === 'label' && value !== undefined) indexed[head + slot] = numberOf(numbers, 'value', value, name)
    }
  })
  return indexed
}

/**
 * Returns the number of the answer in `table.outcomes`.
 * @param request made by `indexRequest`, or laid out alike
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
  const { index, nodes, rowOf, highest } = table
  const width = index.fields.size + index.categories.size
  const place = request[head + 1]!
  const row = place < width ? rowOf[request[head]! * width + place] : undefined
  if (row === undefined) return outOfRange()
  let at = cellAt(table, column, row)
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
