/**
 * Holds what a caller sent to the contract. A fault names the place and the cure, never what stood there: a name in the
 * path of a fault is shown only where it looks like a name of the contract or the policy, since a caller may have put
 * an address of a person in the place of a key.
 */

import type { z } from 'zod'
import { AvowError } from '../errors.ts'

const plainName = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/

/** @throws AvowError INPUT_INVALID, one line */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const path = issue.path.map((part) => (typeof part === 'number' ? part : shown(String(part))))
  const where = path.length === 0 ? 'the input' : `\`${path.join('.')}\``
  throw new AvowError('INPUT_INVALID', `${where}: ${wrong(issue)}`, { path })
}

const shown = (name: string) => (plainName.test(name) ? name : '…')

function wrong(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'is missing: add it' : `must be ${article(issue.expected)}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => `\`${String(value)}\``).join(' or ')}`
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'is empty'
        : `must be ${sized(issue.origin, 'at least', issue.minimum)}`
    case 'too_big':
      return `must be ${sized(issue.origin, 'at most', issue.maximum)}`
    case 'unrecognized_keys':
      return `has no ${issue.keys.map((key) => `\`${shown(key)}\``).join(', ')}: leave it out`
    case 'invalid_key':
      return 'a name here is empty or too long'
    case 'invalid_union':
      return 'is of no kind that is known: see the description of the API'
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1)
  }
}

/** What the schema language calls a type, as people do. */
const articles: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}
const article = (expected: string) => articles[expected] ?? `a ${expected}`

function sized(origin: string, bound: string, size: number | bigint): string {
  if (origin === 'string') return `${bound} ${size} characters long`
  return origin === 'array' ? `a list of ${bound} ${size}` : `${bound} ${size}`
}
