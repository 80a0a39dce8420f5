/**
 * Looks over a value from outside, property by property, before it is taken for a typed one.
 * A shape tells the first fault, with the path to it; it never quotes the value, which may be personal.
 */
import { AvowError, type ErrorPath } from '../errors.ts'

/** What is wrong with a value, and where in it; undefined where nothing is. */
export type Shape = (value: unknown) => ShapeFault | undefined

export interface ShapeFault {
  readonly path: ErrorPath
  readonly says: string
}

/** @throws AvowError INPUT_INVALID with the path of the fault, under `path` */
export function requireShape(shape: Shape, value: unknown, path: ErrorPath = []): void {
  const fault = shape(value)
  if (fault === undefined) return
  const whole = [...path, ...fault.path]
  const place = whole.length === 0 ? 'the value' : `\`${whole.join('.')}\``
  throw new AvowError('INPUT_INVALID', `${place} ${fault.says}`, { path: whole })
}

/** A value that passes `test`, which `says` describes: `a day as YYYY-MM-DD`. */
export function shapeOf(says: string, test: (value: unknown) => boolean): Shape {
  const fault: ShapeFault = { path: [], says: `is not ${says}` }
  return (value) => (test(value) ? undefined : fault)
}

export function textShape(says: string, pattern: RegExp): Shape {
  return shapeOf(says, (value) => typeof value === 'string' && pattern.test(value))
}

/** A value of all these shapes. */
export function allShapes(...shapes: readonly Shape[]): Shape {
  return (value) => {
    for (const shape of shapes) {
      const fault = shape(value)
      if (fault !== undefined) return fault
    }
    return undefined
  }
}

export function listShape(of: Shape, least: number, most: number): Shape {
  return (value) => {
    if (!Array.isArray(value)) return { path: [], says: 'is not a list' }
    if (value.length < least || value.length > most)
      return { path: [], says: `does not hold ${least} to ${most} items` }
    for (let at = 0; at < value.length; at++) {
      const fault = of(value[at])
      if (fault !== undefined) return within(at, fault)
    }
    return undefined
  }
}

/** An object with all of `required`, any of `optional`, and nothing else. */
export function objectShape(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  const shapes = new Map([...Object.entries(required), ...Object.entries(optional)])
  const names = Object.keys(required)
  return (value) => {
    if (!isObject(value)) return { path: [], says: 'is not an object' }
    for (const name of Object.keys(value)) {
      const shape = shapes.get(name)
      if (shape === undefined) return { path: [], says: `has a property other than ${[...shapes.keys()].join(', ')}` }
      const fault = shape(value[name])
      if (fault !== undefined) return within(name, fault)
    }
    const missing = names.find((name) => !Object.hasOwn(value, name))
    return missing === undefined ? undefined : { path: [missing], says: 'is missing' }
  }
}

/** One of several objects, told apart by their property `kind`. */
export function kindShape(shapes: Readonly<Record<string, Shape>>): Shape {
  const byKind = new Map(Object.entries(shapes))
  return (value) => {
    const shape = isObject(value) && typeof value.kind === 'string' ? byKind.get(value.kind) : undefined
    return shape === undefined
      ? { path: ['kind'], says: `is not one of ${[...byKind.keys()].join(', ')}` }
      : shape(value)
  }
}

function within(step: string | number, { path, says }: ShapeFault): ShapeFault {
  return { path: [step, ...path], says }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
