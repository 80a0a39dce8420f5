/**
 * A small language for the shapes of JSON documents: one description gives the type (checked by the compiler), the
 * parser (parse.ts) and the JSON Schema (jsonSchema.ts), so that the three cannot part.
 */
import type { ErrorCode } from '../errors.ts'

/** A kind of document: what it is called, the code of its faults, and its shape. */
export interface DocumentFormat<T> {
  /** As faults call the whole of it: `policy`. */
  readonly name: string
  readonly code: ErrorCode
  readonly title: string
  readonly description: string
  readonly shape: Shape<T>
}

/** The function is never there: it makes the compiler refuse a shape that allows less, or more, than the type. */
export type Shape<T> = Description & { readonly type?: (value: T) => T }

/** Under this name the JSON Schema holds a shape that is used in several places. */
export interface Named {
  readonly name?: string
}

/** What the names in a record may look like. */
export interface Names extends Named {
  /** Why this cannot stand as a name, and the cure; undefined where it can. */
  readonly faultOf: (name: string) => string | undefined
  /** The same for the JSON Schema, as far as that can say it. */
  readonly schema?: JsonSchema
}

export type JsonSchema = { readonly [keyword: string]: unknown }

export type Description = Named &
  (
    | { readonly kind: 'constant'; readonly value: string | number | null }
    | { readonly kind: 'oneOf'; readonly values: readonly string[] }
    | { readonly kind: 'text' }
    | { readonly kind: 'matching'; readonly pattern: string; readonly what: string }
    | { readonly kind: 'days' }
    /** `true`, or left out. */
    | { readonly kind: 'flag' }
    | { readonly kind: 'scalar' }
    | { readonly kind: 'list'; readonly of: Description; readonly least: number }
    | { readonly kind: 'record'; readonly names: Names; readonly of: Description; readonly least: number }
    | ObjectDescription
    /** Told apart by the property `kind`. */
    | { readonly kind: 'variants'; readonly variants: Readonly<Record<string, ObjectDescription>> }
    /** Told apart by a property that one of them must have, and no other may. */
    | { readonly kind: 'marked'; readonly marked: Readonly<Record<string, ObjectDescription>> }
    /** Told apart by their JSON type. */
    | { readonly kind: 'either'; readonly shapes: readonly Description[] }
  )

export type ObjectDescription = Named & {
  readonly kind: 'object'
  readonly required: Properties
  readonly optional: Properties
}

export type Properties = Readonly<Record<string, Description>>

/** The description of each property of T, as the compiler demands it. */
type Required<T> = { readonly [N in keyof T as T extends Record<N, T[N]> ? N : never]: Shape<T[N]> }
type Optional<T> = { readonly [N in keyof T as T extends Record<N, T[N]> ? never : N]-?: Shape<Given<T[N]>> }
type Given<T> = Exclude<T, undefined>
type ObjectShape<T> = Shape<T> & ObjectDescription

export const constant = <const V extends string | number | null>(value: V): Shape<V> => ({ kind: 'constant', value })
export const oneOf = <const V extends string>(values: readonly V[]): Shape<V> => ({ kind: 'oneOf', values })
export const text: Shape<string> = { kind: 'text' }
export const days: Shape<number> = { kind: 'days' }
export const flag: Shape<true> = { kind: 'flag' }
export const scalar: Shape<string | number | boolean | null> = { kind: 'scalar', name: 'scalar' }
export const matching = (pattern: string, what: string): Shape<string> => ({ kind: 'matching', pattern, what })
export const country = matching('^[A-Z]{2}$', 'a country code of ISO 3166-1 alpha-2, such as `GB`')

export const list = <T>(of: Shape<T>, least = 0): Shape<readonly T[]> => ({ kind: 'list', of, least })

/** Names to values. */
export const record = <T>(names: Names, of: Shape<T>, least = 0): Shape<Readonly<Record<string, T>>> => ({
  kind: 'record',
  names,
  of,
  least,
})

export const object = <T>(required: Required<T>, optional: Optional<T>): ObjectShape<T> => ({
  kind: 'object',
  // `as`: mapped types over T are records of shapes, which the compiler cannot see while T is open.
  required: required as Properties,
  optional: optional as Properties,
})

export const variants = <T extends { readonly kind: string }>(
  each: {
    readonly [K in T['kind']]: ObjectShape<Extract<T, { readonly kind: K }>>
  },
): Shape<T> => ({
  kind: 'variants',
  // `as`: likewise.
  variants: each as Readonly<Record<string, ObjectShape<unknown>>>,
})

/** @param each by the property that marks it */
export const marked = <T extends { readonly [N in keyof T]: Readonly<Record<N, unknown>> }>(
  each: {
    readonly [N in keyof T]: ObjectShape<T[N]>
  },
): Shape<T[keyof T]> => ({
  kind: 'marked',
  // `as`: likewise.
  marked: each as Readonly<Record<string, ObjectShape<unknown>>>,
})

export const either = <A, B, C = never>(...shapes: readonly [Shape<A>, Shape<B>, Shape<C>?]): Shape<A | B | C> => ({
  kind: 'either',
  shapes: shapes.filter((shape) => shape !== undefined),
})

export const named = <T>(name: string, shape: Shape<T>): Shape<T> => ({ ...shape, name })
