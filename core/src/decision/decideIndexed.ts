/**
 * Decisions by integers, for callers that keep the numbers of their names: a loop over rows, a stream, a benchmark.
 * An indexed request is one array: action, purpose, recipient, then the facts of the request at their slots; then for
 * each label its context, its field or category, and its value facts. A fact of number 0 is not known.
 */
import { AvowError } from '../errors.ts'
import { numberOf, placeOf } from './decide.ts'
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
    const shift = i * labelSlots
    indexed[head] = numberOf(index.contexts, 'context', label.context)
    indexed[head + 1] = placeOf(index, label)
    for (const { name, about, slot, numbers } of index.facts) {
      const value = label.facts?.[name]
      if (about === 'label' && value !== undefined) indexed[shift + slot] = numberOf(numbers, 'value', value, name)
    }
  })
  return indexed
}

/**
 * Returns the number of the answer in `table.outcomes`.
 * @param words holds the request from `start` to `end`, made by `indexRequest` or laid out alike; many may lie end to end
 * @throws AvowError DECISION_MALFORMED for a number out of its range or a layout of the wrong length
 */
export function decideIndexed(table: DecisionTable, words: Uint16Array, start = 0, end = words.length): number {
  // One loop, and every array at hand before it: this is the fastest path of all, and a call a label doubles its cost.
  const { columnOf, rowOf, cells, palettes, paletteOf, rows, nodes, highest, counts, requestSlots, labelSlots } = table
  const { purposes, recipients, places } = counts
  const { length } = nodes
  if (start < 0 || end > words.length) return outOfRange()
  const purpose = words[start + 1]!
  const recipient = words[start + 2]!
  if (purpose >= purposes || recipient >= recipients) return outOfRange()
  const column = columnOf[(words[start]! * purposes + purpose) * recipients + recipient]
  if (column === undefined) return outOfRange()
  const firstCell = column * rows
  const palette = paletteOf[column]!
  let outcome = -1
  let head = start + requestSlots
  for (; head < end; head += labelSlots) {
    const place = words[head + 1]!
    const row = place < places ? rowOf[words[head]! * places + place] : undefined
    if (row === undefined) return outOfRange()
    const shift = head - requestSlots
    let at = palettes[palette + cells[firstCell + row]!]!
    while (at < length) {
      const slot = nodes[at]!
      const value = words[slot < requestSlots ? start + slot : shift + slot]!
      if (value > highest[slot]!) return outOfRange()
      at = nodes[at + 1 + value]!
    }
    outcome = outcome < 0 ? at - length : meetOutcomes(table.firstPermit, outcome, at - length)
  }
  // No label at all, or part of one at the end.
  if (outcome < 0 || head !== end) return outOfRange()
  return outcome
}

function outOfRange(): never {
  throw new AvowError(
    'DECISION_MALFORMED',
    'the indexed request is not laid out for this table: make it with `indexRequest` on the same table',
  )
}
