/**
 * A subject as a store knows it: found once, before anything is done, and carried in the request from then on, so that
 * deleting one row loses no key to another. Types only.
 */

/** The values of a table's key columns, as the store prints them. */
export type Key = readonly string[]

export interface Subject {
  readonly kind: 'person' | 'household'
  /** Table of subjects → the keys of this subject's rows in it. */
  readonly rows: Readonly<Record<string, readonly Key[]>>
  /** Kind of identifier → values, all that were found on the way. */
  readonly identifiers: Readonly<Record<string, readonly string[]>>
}
