/**
 * A data map out of JSON: the shape and nothing more. Whether its names exist and it can stand, check.ts asks.
 */
import { AvowError, type ErrorPath } from '../errors.ts'
import type { DataMap } from './document.ts'

type Shape = (value: unknown, path: ErrorPath) => void

/** @throws AvowError MAP_MALFORMED, naming the place and what belongs there */
export function parseMap(json: unknown): DataMap {
  map(json, [])
  // Checked just above, property by property.
  return json as DataMap
}

function fail(path: ErrorPath, wanted: string): never {
  const place = path.length === 0 ? 'the data map' : `\`${path.join('.')}\` of the data map`
  throw new AvowError('MAP_MALFORMED', `${place} must be ${wanted}`, { path })
}

const text: Shape = (value, path) =>
  typeof value === 'string' && value !== '' ? undefined : fail(path, 'a text, not empty')
const number: Shape = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? undefined : fail(path, 'a number')
const scalar: Shape = (value, path) =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)
    ? undefined
    : fail(path, 'a text, a number, true, false or null')
const only =
  (...values: readonly unknown[]): Shape =>
  (value, path) =>
    values.includes(value) ? undefined : fail(path, values.map((each) => JSON.stringify(each)).join(' or '))
const listOf =
  (item: Shape): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) fail(path, 'a list')
    for (const [index, each] of value.entries()) item(each, [...path, index])
  }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const recordOf =
  (item: Shape): Shape =>
  (value, path) => {
    if (!isRecord(value)) fail(path, 'an object')
    for (const [name, each] of Object.entries(value)) {
      // A name that every object has would be found where nobody wrote it.
      if (name in Object.prototype) fail([...path, name], 'named otherwise')
      item(each, [...path, name])
    }
  }

/** @param optional names that may be left out */
const object =
  (required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape =>
  (value, path) => {
    if (!isRecord(value)) fail(path, 'an object')
    for (const name of Object.keys(value))
      if (!Object.hasOwn(required, name) && !Object.hasOwn(optional, name))
        fail(
          [...path, name],
          `left out: only ${[...Object.keys(required), ...Object.keys(optional)].map((each) => `\`${each}\``).join(', ')} belong there`,
        )
    for (const [name, shape] of Object.entries(required)) {
      if (!Object.hasOwn(value, name)) fail([...path, name], 'given')
      shape(value[name], [...path, name])
    }
    for (const [name, shape] of Object.entries(optional))
      if (Object.hasOwn(value, name)) shape(value[name], [...path, name])
  }

const column: Shape = (value, path) => {
  if (typeof value === 'string') return text(value, path)
  if (!isRecord(value)) return fail(path, 'a field, "notPersonal", "key" or an object')
  if ('proposed' in value)
    return object({ proposed: (each, at) => (each === null ? undefined : text(each, at)) }, { because: text })(
      value,
      path,
    )
  if ('key' in value) return object({ key: only(true) }, { identifier: text, erased: scalar })(value, path)
  const whose: Shape = (each, at) => (Array.isArray(each) ? listOf(text)(each, at) : text(each, at))
  return object(
    { field: text },
    { of: whose, identifier: text, search: only(true), freeText: only(true), erased: scalar },
  )(value, path)
}

const reference = { table: text, on: recordOf(text) }
const conditions = { when: recordOf(scalar), where: recordOf(scalar), required: only(true), proposed: only(true) }
const owner = object(reference, { ...conditions, as: listOf(text) })
const link = object(reference, {
  ...conditions,
  give: listOf(text),
  onErasure: (value, path) =>
    isRecord(value) ? object({ anonymise: recordOf(scalar) })(value, path) : only('unlink', 'keep')(value, path),
})
const erase: Shape = (value, path) =>
  isRecord(value)
    ? object({
        keep: object({ because: text, from: text, days: number }, { law: listOf(text), columns: listOf(text) }),
      })(value, path)
    : only('delete', 'anonymise')(value, path)

const table = object(
  { context: text, key: listOf(text), columns: recordOf(column) },
  {
    unique: listOf(listOf(text)),
    subject: only('person', 'household'),
    owners: recordOf(owner),
    links: recordOf(link),
    softDelete: text,
    erase,
    orphans: only('finding', 'nobody'),
  },
)

const map = object({
  avow: only(1),
  stores: recordOf(
    object(
      {
        kind: only('postgres'),
        level: only('seen', 'answered', 'enforced'),
        country: text,
        tables: recordOf(table),
      },
      { schema: text, caseless: listOf(text) },
    ),
  ),
})
