/**
 * A request for a decision as it comes from outside: every part of it held to the policy before it is decided.
 * Stricter than `decide`, which looks only at what the answer hangs on: a fact that is misspelt, has a value it cannot
 * have, or stands in the wrong place is refused here, and never taken for one that is not known.
 */
import { AvowError, type ErrorPath } from '../errors.ts'
import { actions, controller } from '../policy/document.ts'
import { nearest } from '../policy/nearest.ts'
import { factsOf } from './reference.ts'
import type { DecisionRequest, Facts, Label } from './request.ts'
import type { DecisionTable } from './table.ts'

/**
 * @throws AvowError DECISION_MALFORMED for a part that is missing, of the wrong type, or in the wrong place
 * @throws AvowError DECISION_UNKNOWN_NAME for a name or a value that the policy does not declare
 */
export function parseRequest(table: DecisionTable, value: unknown): DecisionRequest {
  const { policy } = table
  const names = (record: Readonly<Record<string, unknown>>) => Object.keys(record)
  const request = record(value, [], ['action', 'purpose', 'recipient', 'labels', 'facts'])
  const { labels } = request
  if (!Array.isArray(labels) || labels.length === 0) {
    throw malformed(['labels'], 'must be a list of at least one label: give a context and a category')
  }
  const facts = request.facts === undefined ? {} : parseFacts(table, request.facts, ['facts'], 'request')
  const recipients = [controller, ...names(policy.recipients)]
  return {
    action: name(request.action, ['action'], 'action', actions),
    purpose: name(request.purpose, ['purpose'], 'purpose', names(policy.purposes)),
    ...(request.recipient === undefined
      ? {}
      : { recipient: name(request.recipient, ['recipient'], 'recipient', recipients) }),
    labels: labels.map((label: unknown, i) => parseLabel(table, label, ['labels', i])),
    facts,
  }
}

function parseLabel(table: DecisionTable, value: unknown, path: ErrorPath): Label {
  const { policy } = table
  const label = record(value, path, ['context', 'category', 'field', 'facts'])
  const category = name(label.category, [...path, 'category'], 'category', Object.keys(policy.categories))
  const context = name(label.context, [...path, 'context'], 'context', Object.keys(policy.contexts))
  const facts = label.facts === undefined ? {} : { facts: parseFacts(table, label.facts, [...path, 'facts'], 'label') }
  if (label.field === undefined) return { context, category, ...facts }
  const field = name(label.field, [...path, 'field'], 'field', Object.keys(policy.fields))
  const owner = policy.fields[field]!.category
  if (owner !== category) {
    throw malformed([...path, 'field'], `is of category \`${owner}\`, not \`${category}\`: name that one`)
  }
  return { context, category, field, ...facts }
}

function parseFacts(table: DecisionTable, value: unknown, path: ErrorPath, about: 'request' | 'label'): Facts {
  const declared = factsOf(table.policy)
  const facts: Record<string, string> = {}
  for (const [fact, stated] of Object.entries(record(value, path))) {
    name(fact, [...path, fact], 'fact', Object.keys(declared))
    const declaration = declared[fact]!
    if ((declaration.about === 'value') !== (about === 'label')) {
      const place = declaration.about === 'value' ? 'state it on each label' : 'state it on the request'
      throw malformed([...path, fact], `is a fact about the ${declaration.about}: ${place}`)
    }
    facts[fact] = name(stated, [...path, fact], `value of \`${fact}\``, declaration.values)
  }
  return facts
}

function record(value: unknown, path: ErrorPath, properties?: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(path, 'must be an object')
  const other = properties && Object.keys(value).find((each) => !properties.includes(each))
  if (properties !== undefined && other !== undefined) {
    throw malformed(
      path,
      `has a property it should not: it takes ${properties.map((each) => `\`${each}\``).join(', ')}`,
    )
  }
  // `as`: an object that is no list is a record of unknown values.
  return value as Readonly<Record<string, unknown>>
}

/** What came from outside is never told back: it may be anything, a person's data too. Only what is declared is. */
function name<N extends string>(value: unknown, path: ErrorPath, what: string, declared: readonly N[]): N {
  if (typeof value !== 'string') throw malformed(path, `must be the name of a declared ${what}`)
  const found = declared.find((each) => each === value)
  if (found !== undefined) return found
  const near = nearest(value, declared)
  const cure = near === undefined ? 'use one that the policy declares' : `use \`${near}\`, or declare it`
  throw new AvowError('DECISION_UNKNOWN_NAME', `unknown ${what} in ${placed(path)}: ${cure}`, { path })
}

function malformed(path: ErrorPath, message: string): AvowError {
  return new AvowError('DECISION_MALFORMED', `${placed(path)} ${message}`, { path })
}

function placed(path: ErrorPath): string {
  return path.length === 0 ? 'the request' : `\`${path.join('.')}\` of the request`
}
