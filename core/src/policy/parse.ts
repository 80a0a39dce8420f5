/**
 * JSON to a policy document: every property is known, present where it must be, and of the right type.
 * The first fault is one clear line: where, what is wrong, and the nearest right name.
 * Does not: ask whether the names are declared and the rules can stand together (check.ts).
 */
import { AvowError, type ErrorPath } from '../errors.ts'
import type { PolicyDocument } from './document.ts'
import { documentShape } from './documentShape.ts'
import { findRepeatedName } from './jsonNames.ts'
import { nearest } from './nearest.ts'
import { type Description, faultOfKey } from './shape.ts'

/** @throws AvowError POLICY_MALFORMED naming the place, the fault and its cure */
export function parsePolicy(value: unknown): PolicyDocument {
  check(documentShape, value, [])
  // `as`: the value has just been held to the shape, and the compiler holds the shape to the type (shape.ts).
  return value as PolicyDocument
}

/** @throws AvowError POLICY_MALFORMED; also for text that is no JSON, or in which an object has a name twice */
export function parsePolicyText(text: string): PolicyDocument {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AvowError('POLICY_MALFORMED', 'the policy is not JSON: mend its commas, quotes and brackets', { cause })
  }
  const repeated = findRepeatedName(text)
  // RFC 8259 §4: what a reader makes of a repeated name differs; so a field could be in two categories.
  if (repeated !== undefined) throw malformed(repeated, 'is declared twice: take one away')
  return parsePolicy(value)
}

function check(shape: Description, value: unknown, path: ErrorPath): void {
  switch (shape.kind) {
    case 'constant':
      if (value !== shape.value) throw malformed(path, `must be \`${shape.value}\``)
      return
    case 'oneOf':
      if (typeof value !== 'string' || !shape.values.includes(value)) {
        throw malformed(path, `must be one of ${listed(shape.values)}${nearby(value, shape.values)}`)
      }
      return
    case 'text':
      if (typeof value !== 'string' || value === '') throw malformed(path, 'must be a text, and not an empty one')
      if (!value.isWellFormed()) throw malformed(path, 'holds half of a surrogate pair: mend the text')
      return
    case 'matching':
      if (typeof value !== 'string' || !new RegExp(shape.pattern).test(value))
        throw malformed(path, `must be ${shape.what}`)
      return
    case 'days':
      if (!Number.isSafeInteger(value) || Number(value) < 0) throw malformed(path, 'must be a whole number of days')
      return
    case 'list':
      checkList(shape, value, path)
      return
    case 'record':
      checkRecord(shape, value, path)
      return
    case 'object':
      checkObject(shape, value, path)
      return
    case 'variants': {
      const kind = isObject(value) ? value.kind : undefined
      if (!isObject(value)) throw malformed(path, 'must be an object')
      if (typeof kind === 'string' && Object.hasOwn(shape.variants, kind)) {
        check(shape.variants[kind]!, value, path)
        return
      }
      const kinds = Object.keys(shape.variants)
      throw malformed([...path, 'kind'], `must be one of ${listed(kinds)}${nearby(kind, kinds)}`)
    }
    case 'either':
      checkEither(shape, value, path)
      return
  }
}

function checkList(shape: Description & { kind: 'list' }, value: unknown, path: ErrorPath): void {
  if (!Array.isArray(value)) {
    throw malformed(path, typeof value === 'string' ? 'must be a list: put brackets around it' : 'must be a list')
  }
  if (value.length < shape.least) throw malformed(path, `must have at least ${shape.least} in it`)
  for (let i = 0; i < value.length; i++) check(shape.of, value[i], [...path, i])
}

function checkRecord(shape: Description & { kind: 'record' }, value: unknown, path: ErrorPath): void {
  if (!isObject(value)) throw malformed(path, 'must be an object of names')
  const names = Object.keys(value)
  if (names.length < shape.least) throw malformed(path, `must have at least ${shape.least} name in it`)
  for (const name of names) {
    const fault = faultOfKey(shape.names, name)
    if (fault !== undefined) throw malformed([...path, name], `cannot be a name: ${fault}`)
    check(shape.of, value[name], [...path, name])
  }
}

function checkObject(shape: Description & { kind: 'object' }, value: unknown, path: ErrorPath): void {
  if (!isObject(value)) throw malformed(path, 'must be an object')
  const properties = [...Object.keys(shape.required), ...Object.keys(shape.optional)]
  for (const name of Object.keys(value)) {
    if (!properties.includes(name)) {
      throw malformed([...path, name], `is no property of the language here${nearby(name, properties)}`)
    }
  }
  for (const [name, of] of Object.entries(shape.required)) {
    if (!Object.hasOwn(value, name)) throw malformed([...path, name], 'is missing: add it')
    check(of, value[name], [...path, name])
  }
  for (const [name, of] of Object.entries(shape.optional)) {
    // A property that is there and undefined is no JSON; in TypeScript it stands for one left out.
    if (Object.hasOwn(value, name) && value[name] !== undefined) check(of, value[name], [...path, name])
  }
}

/** The alternatives differ by JSON type, so the one of the value's own type says what is wrong with it. */
function checkEither(shape: Description & { kind: 'either' }, value: unknown, path: ErrorPath): void {
  const own = shape.shapes.find((each) => typeOf(each) === typeOfValue(value))
  if (own === undefined) throw malformed(path, `must be ${shape.shapes.map(typeOf).map(article).join(' or ')}`)
  check(own, value, path)
}

function typeOf(shape: Description): string {
  if (shape.kind === 'list') return 'list'
  return shape.kind === 'record' || shape.kind === 'object' ? 'object' : 'text'
}

function typeOfValue(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  return typeof value === 'string' ? 'text' : isObject(value) ? 'object' : 'other'
}

const article = (type: string) => (type === 'object' ? 'an object' : `a ${type}`)

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listed(names: readonly (string | number)[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

function nearby(name: unknown, names: readonly string[]): string {
  const near = typeof name === 'string' ? nearest(name, names) : undefined
  return near === undefined ? '' : `: use \`${near}\``
}

function malformed(path: ErrorPath, message: string): AvowError {
  const place = path.length === 0 ? 'the policy' : `\`${path.join('.')}\``
  return new AvowError('POLICY_MALFORMED', `${place} ${message}`.replaceAll(/\s+/g, ' '), { path })
}
