/**
 * The one text of a JSON value, so that its hash is the same wherever it is made: RFC 8785 (JCS).
 * Does not: decide what a value means, or look for properties that a reader would ignore.
 */
import { AvowError } from './errors.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** @throws AvowError INPUT_INVALID for what I-JSON cannot hold: a number that is not finite, half a surrogate pair */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new AvowError('INPUT_INVALID', `\`${value}\` has no form in JSON`)
    return JSON.stringify(value) // RFC 8785 §3.2.2.3 is ECMAScript's own serialisation
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  // RFC 8785 §3.2.3: by UTF-16 code units, which is how `sort` compares. An absent optional property is no property.
  const members = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
    .map((name) => `${canonicalString(name)}:${canonicalJson(value[name]!)}`)
  return `{${members.join(',')}}`
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new AvowError('INPUT_INVALID', 'a text holds half of a surrogate pair: mend it first')
  return JSON.stringify(text) // RFC 8785 §3.2.2.2 likewise
}

function isList(value: readonly Json[] | { readonly [name: string]: Json }): value is readonly Json[] {
  return Array.isArray(value)
}
