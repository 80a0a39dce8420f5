/**
 * A small language for the shapes of JSON documents: one description gives the type (checked by the compiler), the
 * parser (parse.ts) and the JSON Schema (schema.ts), so that the three cannot part.
 */
import { faultOfName } from './name.ts'

/** The function is never there: it makes the compiler refuse a shape that allows less, or more, than the type. */
export type Shape<T> = Description & { readonly type?: (value: T) => T }

/** Under this name the JSON Schema holds a shape that is used in several places. */
export interface Named {
  readonly name?: string
}

export type Description = Named &
  (
    | { readonly kind: 'constant'; readonly value: string | number }
    | { readonly kind: 'oneOf'; readonly values: readonly string[] }
    | { readonly kind: 'text' }
    | { readonly kind: 'matching'; readonly pattern: string; readonly what: string }
    | { readonly kind: 'days' }
    | { readonly kind: 'list'; readonly of: Description; readonly least: number }
    | { readonly kind: 'record'; readonly of: Description; readonly least: number; readonly names: 'declared' | 'used' }
    | { readonly kind: 'object'; readonly required: Properties; readonly optional: Properties }
    /** Told apart by the property `kind`. */
    | {
        readonly kind: 'variants'
        readonly variants: Readonly<Record<string, Description & { readonly kind: 'object' }>>
      }
    /** Told apart by their JSON type. */
    | { readonly kind: 'either'; readonly shapes: readonly Description[] }
  )

export type Properties = Readonly<Record<string, Description>>

/** The description of each property of T, as the compiler demands it. */
type Required<T> = { readonly [N in keyof T as T extends Record<N, T[N]> ? N : never]: Shape<T[N]> }
type Optional<T> = { readonly [N in keyof T as T extends Record<N, T[N]> ? never : N]-?: Shape<NonNullable<T[N]>> }
type ObjectShape<T> = Shape<T> & { readonly kind: 'object' }

export const constant = <const V extends string | number>(value: V): Shape<V> => ({ kind: 'constant', value })
export const oneOf = <const V extends string>(values: readonly V[]): Shape<V> => ({ kind: 'oneOf', values })
export const text: Shape<string> = { kind: 'text' }
export const days: Shape<number> = { kind: 'days' }
export const matching = (pattern: string, what: string): Shape<string> => ({ kind: 'matching', pattern, what })

export const list = <T>(of: Shape<T>, least = 0): Shape<readonly T[]> => ({ kind: 'list', of, least })

/** Names to values: names that this record declares, or ones declared elsewhere. */
export const record = <T>(
  of: Shape<T>,
  least = 0,
  names: 'declared' | 'used' = 'declared',
): Shape<Readonly<Record<string, T>>> => ({
  kind: 'record',
  of,
  least,
  names,
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

export const either = <A, B, C = never>(...shapes: readonly [Shape<A>, Shape<B>, Shape<C>?]): Shape<A | B | C> => ({
  kind: 'either',
  shapes: shapes.filter((shape) => shape !== undefined),
})

export const named = <T>(name: string, shape: Shape<T>): Shape<T> => ({ ...shape, name })

/** Why this cannot stand as a name in a record, or undefined where it can. */
export function faultOfKey(names: 'declared' | 'used', key: string): string | undefined {
  // Names used, such as facts in a condition, are looked up later; only what could harm an object is refused here.
  return names === 'declared' || key === '__proto__' ? faultOfName(key) : undefined
}
