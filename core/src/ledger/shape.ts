/**
 * Looks over a value from outside, property by property, before it is taken for a typed one.
 * A shape throws on the first fault, with the path to it; it never quotes the value, which may be personal.
 */
import { AvowError, type ErrorPath } from '../errors.ts'

export type Shape = (value: unknown, path: ErrorPath) => void

/** A value that passes `test`, which `says` describes: `a day as YYYY-MM-DD`. */
export function shapeOf(says: string, test: (value: unknown) => boolean): Shape {
  return (value, path) => {
    if (!test(value)) throw fault(path, `is not ${says}`)
  }
}

export function textShape(says: string, pattern: RegExp): Shape {
  return shapeOf(says, (value) => typeof value === 'string' && pattern.test(value))
}

export function listShape(of: Shape, least: number, most: number): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) throw fault(path, 'is not a list')
    if (value.length < least || value.length > most) throw fault(path, `does not hold ${least} to ${most} items`)
    for (let at = 0; at < value.length; at++) of(value[at], [...path, at])
  }
}

/** An object with all of `required`, any of `optional`, and nothing else. */
export function objectShape(required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}) {
  const shapes = new Map([...Object.entries(required), ...Object.entries(optional)])
  return (value: unknown, path: ErrorPath): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault(path, 'is not an object')
    const properties = new Map<string, unknown>(Object.entries(value))
    for (const name of properties.keys()) {
      if (!shapes.has(name)) throw fault(path, `has a property other than ${[...shapes.keys()].join(', ')}`)
    }
    for (const [name, shape] of shapes) {
      if (properties.has(name)) shape(properties.get(name), [...path, name])
      else if (Object.hasOwn(required, name)) throw fault([...path, name], 'is missing')
    }
  }
}

/** One of several objects, told apart by their property `kind`. */
export function kindShape(shapes: Readonly<Record<string, Shape>>): Shape {
  return (value, path) => {
    const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
    if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) {
      throw fault([...path, 'kind'], `is not one of ${Object.keys(shapes).join(', ')}`)
    }
    shapes[kind]!(value, path)
  }
}

function fault(path: ErrorPath, says: string): AvowError {
  return new AvowError('INPUT_INVALID', `${path.length === 0 ? 'the value' : `\`${path.join('.')}\``} ${says}`, {
    path,
  })
}

export const day: Shape = shapeOf('a day as YYYY-MM-DD', (value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(value) // 30 February is refused or rolls over
})

export const count: Shape = shapeOf(
  'an integer from 0 to 2^53 - 1',
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
)
