/**
 * JSON to a document of some format: every property is known, present where it must be, and of the right type.
 * The first fault is one clear line: where, what is wrong, and the nearest right name.
 * Does not: ask whether what the document names exists and it can stand (policy/check.ts, map/check.ts).
 */
import { AvowError, type ErrorPath } from '../errors.ts'
import { nearest } from '../policy/nearest.ts'
import { findRepeatedName } from './repeatedName.ts'
import type { Description, DocumentFormat, ObjectDescription } from './shape.ts'

/** @throws AvowError with the format's code, naming the place, the fault and its cure */
export function parseDocument<T>(format: DocumentFormat<T>, value: unknown): T {
  const fault = faultIn(format.shape, value, [])
  if (fault !== undefined) throw malformed(format, fault)
  // `as`: the value has just been held to the shape, and the compiler holds the shape to the type (shape.ts).
  return value as T
}

/** @throws AvowError with the format's code; also for text that is no JSON, or in which an object has a name twice */
export function parseDocumentText<T>(format: DocumentFormat<T>, text: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const place = cause instanceof Error ? placeOf(cause.message, text) : ''
    throw new AvowError(format.code, `not JSON${place}: mend its commas, quotes and brackets`, { cause })
  }
  const repeated = findRepeatedName(text)
  // RFC 8259 §4: what a reader makes of a repeated name differs; so a field could be in two categories.
  if (repeated !== undefined) throw malformed(format, { path: repeated, says: 'is declared twice: take one away' })
  return parseDocument(format, value)
}

/** Engines that name a position in the text say so alike; line and column are easier to go to. */
function placeOf(message: string, text: string): string {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position === undefined) return ''
  const before = text.slice(0, Number(position)).split('\n')
  return ` at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}

interface Fault {
  readonly path: ErrorPath
  readonly says: string
}

/** The first fault of a value. @param path where it stands in the document */
function faultIn(shape: Description, value: unknown, path: ErrorPath): Fault | undefined {
  const says = (words: string): Fault => ({ path, says: words })
  switch (shape.kind) {
    case 'constant':
      return value === shape.value ? undefined : says(`must be \`${shape.value}\``)
    case 'oneOf':
      if (typeof value === 'string' && shape.values.includes(value)) return undefined
      return says(`must be one of ${listed(shape.values)}${nearby(value, shape.values)}`)
    case 'text':
      if (typeof value !== 'string' || value === '') return says('must be a text, and not an empty one')
      return value.isWellFormed() ? undefined : says(halfPair)
    case 'matching':
      return typeof value === 'string' && new RegExp(shape.pattern).test(value)
        ? undefined
        : says(`must be ${shape.what}`)
    case 'days':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : says('must be a whole number of days')
    case 'flag':
      return value === true ? undefined : says('must be `true`: leave it out where it is not so')
    case 'scalar':
      if (typeof value === 'string') return value.isWellFormed() ? undefined : says(halfPair)
      // JSON has no NaN and no infinity (RFC 8259 §6), but a map written in TypeScript could.
      if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return undefined
      return says('must be a text, a number, `true`, `false` or `null`')
    case 'list':
      return faultInList(shape, value, path)
    case 'record':
      return faultInRecord(shape, value, path)
    case 'object':
      return faultInObject(shape, value, path)
    case 'variants': {
      if (!isObject(value)) return says('must be an object')
      const { kind } = value
      if (typeof kind === 'string' && Object.hasOwn(shape.variants, kind)) {
        return faultIn(shape.variants[kind]!, value, path)
      }
      const kinds = Object.keys(shape.variants)
      return { path: [...path, 'kind'], says: `must be one of ${listed(kinds)}${nearby(kind, kinds)}` }
    }
    case 'marked':
      return faultInMarked(shape, value, path)
    case 'either':
      return faultInEither(shape, value, path)
  }
}

const halfPair = 'holds half of a surrogate pair: mend the text'

function faultInList(shape: Description & { kind: 'list' }, value: unknown, path: ErrorPath): Fault | undefined {
  if (!Array.isArray(value)) {
    return { path, says: typeof value === 'string' ? 'must be a list: put brackets around it' : 'must be a list' }
  }
  if (value.length < shape.least) return { path, says: `must have at least ${shape.least} in it` }
  for (let i = 0; i < value.length; i++) {
    const fault = faultIn(shape.of, value[i], [...path, i])
    if (fault !== undefined) return fault
  }
  return undefined
}

function faultInRecord(shape: Description & { kind: 'record' }, value: unknown, path: ErrorPath): Fault | undefined {
  if (!isObject(value)) return { path, says: 'must be an object of names' }
  const names = Object.keys(value)
  if (names.length < shape.least) return { path, says: `must have at least ${shape.least} name in it` }
  for (const name of names) {
    const unfit = shape.names.faultOf(name)
    if (unfit !== undefined) return { path: [...path, name], says: `cannot be a name: ${unfit}` }
    const fault = faultIn(shape.of, value[name], [...path, name])
    if (fault !== undefined) return fault
  }
  return undefined
}

function faultInObject(shape: ObjectDescription, value: unknown, path: ErrorPath): Fault | undefined {
  if (!isObject(value)) return { path, says: 'must be an object' }
  const properties = [...Object.keys(shape.required), ...Object.keys(shape.optional)]
  for (const name of Object.keys(value)) {
    if (!properties.includes(name)) return unknownProperty(name, properties, path)
  }
  for (const [name, of] of Object.entries(shape.required)) {
    if (!Object.hasOwn(value, name)) return { path: [...path, name], says: 'is missing: add it' }
    const fault = faultIn(of, value[name], [...path, name])
    if (fault !== undefined) return fault
  }
  for (const [name, of] of Object.entries(shape.optional)) {
    // A property that is there and undefined is no JSON; in TypeScript it stands for one left out.
    if (!Object.hasOwn(value, name) || value[name] === undefined) continue
    const fault = faultIn(of, value[name], [...path, name])
    if (fault !== undefined) return fault
  }
  return undefined
}

function unknownProperty(name: string, properties: readonly string[], path: ErrorPath): Fault {
  return { path: [...path, name], says: `is no property of the language here${nearby(name, properties)}` }
}

function faultInMarked(shape: Description & { kind: 'marked' }, value: unknown, path: ErrorPath): Fault | undefined {
  if (!isObject(value)) return { path, says: 'must be an object' }
  const marks = Object.keys(shape.marked)
  const mark = marks.find((each) => Object.hasOwn(value, each))
  if (mark !== undefined) return faultIn(shape.marked[mark]!, value, path)
  const misspelt = Object.keys(value).find((name) => nearest(name, marks) !== undefined)
  if (misspelt !== undefined) return unknownProperty(misspelt, marks, path)
  return { path, says: `must have one of ${listed(marks)}: add it` }
}

/** The alternatives differ by JSON type, so the one of the value's own type says what is wrong with it. */
function faultInEither(shape: Description & { kind: 'either' }, value: unknown, path: ErrorPath): Fault | undefined {
  const own = shape.shapes.find((each) => typeOf(each) === typeOfValue(value))
  if (own !== undefined) return faultIn(own, value, path)
  return { path, says: `must be ${shape.shapes.map(typeOf).map(article).join(' or ')}` }
}

function typeOf(shape: Description): string {
  switch (shape.kind) {
    case 'list':
      return 'list'
    case 'record':
    case 'object':
    case 'variants':
    case 'marked':
      return 'object'
    case 'constant':
      return typeOfValue(shape.value)
    case 'oneOf':
    case 'text':
    case 'matching':
      return 'text'
    default:
      throw new Error(`internal: nothing is told apart by being a ${shape.kind}`)
  }
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'string' ? 'text' : isObject(value) ? 'object' : 'other'
}

const article = (type: string) => (type === 'null' ? '`null`' : type === 'object' ? 'an object' : `a ${type}`)

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

function nearby(name: unknown, names: readonly string[]): string {
  const near = typeof name === 'string' ? nearest(name, names) : undefined
  return near === undefined ? '' : `: use \`${near}\``
}

function malformed<T>({ name, code }: DocumentFormat<T>, { path, says }: Fault): AvowError {
  const place = path.length === 0 ? `the ${name}` : `\`${path.join('.')}\``
  return new AvowError(code, `${place} ${says}`.replaceAll(/\s+/g, ' '), { path })
}
