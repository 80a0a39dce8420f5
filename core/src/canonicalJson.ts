/**
 * The one text of a JSON value, so that its hash is the same wherever it is made: RFC 8785 (JCS).
 * Does not: decide what a value means, or look for properties that a reader would ignore.
 */
import { AvowError } from './errors.ts'

/** @throws AvowError INPUT_INVALID for what I-JSON cannot hold: a number that is not finite, half a surrogate pair … */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number' && Number.isFinite(value)) {
    return JSON.stringify(value) // RFC 8785 §3.2.2.3 is ECMAScript's own serialisation
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw new AvowError('INPUT_INVALID', `a ${typeof value} has no form in JSON`)
  // RFC 8785 §3.2.3: by UTF-16 code units. An absent optional property is no property.
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${canonicalString(name)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new AvowError('INPUT_INVALID', 'a text holds half of a surrogate pair: mend it first')
  return JSON.stringify(text) // RFC 8785 §3.2.2.2 likewise
}
