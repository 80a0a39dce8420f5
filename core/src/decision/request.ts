/**
 * What a decision is asked with, and what it answers. Types only.
 */
import type { Action, Obligation } from '../policy/document.ts'

/** Facts by name. A fact that is absent is unknown, and permits only if each of its values would. */
export type Facts = Readonly<Record<string, string>>

/** Where a value comes from; it stays with the value for life. A value that joins several sources has several labels. */
export interface Label {
  readonly context: string
  readonly category: string
  /** Absent: some field of the category, not known which; so each of them must be permitted. */
  readonly field?: string
  /** Value facts (`about: 'value'`), `source` included. */
  readonly facts?: Facts
}

export interface DecisionRequest {
  readonly action: Action
  readonly purpose: string
  /** A kind of recipient, or absent for the controller itself. */
  readonly recipient?: string
  /** At least one; every label must permit. */
  readonly labels: readonly Label[]
  /** Facts about the person, the recipient and the act. */
  readonly facts: Facts
}

export type Decision =
  | {
      readonly kind: 'permit'
      /** The deciding rule: of the permits that stand, the first declared. */
      readonly rule: string
      /** Owed by the caller; sorted, without repeats. */
      readonly obligations: readonly Obligation[]
    }
  | {
      readonly kind: 'deny'
      /** The first declared forbid that matches; null where nothing permits. */
      readonly rule: string | null
    }
