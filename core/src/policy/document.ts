/**
 * The policy language: the shape of a policy document, as types only.
 * A document is plain data: the same in TypeScript (`definePolicy`) and in JSON (spec/policy.schema.json).
 * What it means is written in ../decision/reference.ts and spec/policy.md; whether it can stand, in check.ts.
 */
import type { FactDeclaration } from './facts.ts'

/** The six things a decision can be asked for (policy, first paragraph). */
export const actions = ['collect', 'use', 'process', 'store', 'transfer', 'disclose'] as const
export type Action = (typeof actions)[number]

/** The recipient of an act that passes nothing on: the company itself. Reserved; never declared. */
export const controller = 'controller'

/** Regimes under which a field may be sensitive. */
export type Regime = 'gdpr' | 'uk-gdpr' | 'ccpa'

export interface ControllerDeclaration {
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly subsidiaries: readonly { readonly name: string; readonly country: string }[]
  readonly contact: { readonly email: string; readonly phone: string; readonly postal?: string }
  /** ISO 3166-1 alpha-2 codes of the countries where the company operates. */
  readonly countries: readonly string[]
}

export interface ContextDeclaration {
  readonly title: string
  /** A child context: a forbid that names the parent covers it; a permit must name it itself. */
  readonly parent?: string
}

export interface CategoryDeclaration {
  readonly title: string
  /** The name in Cal. Civ. Code 1798.140(v)(1), e.g. `A`; absent where it is outside the statute. */
  readonly ccpa?: string
  /** Terms of W3C DPV 2.3, without prefix; at least one. */
  readonly dpv: readonly string[]
}

export interface FieldDeclaration {
  readonly title: string
  readonly category: string
  readonly sensitiveUnder?: readonly Regime[]
}

/** GDPR Article 6(1)(a)-(f). */
export type LawfulBasis =
  | 'consent'
  | 'contract'
  | 'legalObligation'
  | 'vitalInterests'
  | 'publicTask'
  | 'legitimateInterests'

export interface PurposeDeclaration {
  readonly title: string
  readonly basis: LawfulBasis
  /** Terms of W3C DPV 2.3, without prefix. */
  readonly dpv: readonly string[]
  /** `crossContext`: behavioural advertising across contexts (1798.140(k)); `own`: the company's own marketing. */
  readonly advertising?: 'crossContext' | 'own'
}

/**
 * What kind of recipient this is, from which sale and sharing are derived.
 * `processor`: a service provider as long as its contract is complete (1798.140(ag)); `thirdParty`: not;
 * `sameBusiness`: a subsidiary under common branding (1798.140(d)(2)); `authority`; `successor`: in a merger
 * (1798.140(ad)(2)(C)); `public`: other users, at the person's own direction.
 */
export type Standing = 'processor' | 'thirdParty' | 'sameBusiness' | 'authority' | 'successor' | 'public'

export interface RecipientDeclaration {
  readonly title: string
  readonly standing: Standing
}

/** One value, one of several, or any but these. */
export type Test<V extends string = string> = V | readonly V[] | { readonly not: V | readonly V[] }
/** Every named fact passes its test. */
export type Conjunction = { readonly [fact: string]: Test }
/** One conjunction, or several of which at least one holds. */
export type Condition = Conjunction | readonly Conjunction[]

/** `warn` the person before; `tell` the person after; `deidentify` before the value moves. */
export type Obligation = 'warn' | 'tell' | 'deidentify'

export interface Scope<C = string, K = string, F = string, P = string, R = string> {
  readonly actions?: readonly Action[]
  readonly contexts?: readonly C[]
  readonly categories?: readonly K[]
  readonly fields?: readonly F[]
  readonly purposes?: readonly P[]
  readonly recipients?: readonly (R | typeof controller)[]
}

/**
 * Permits what it names. `actions`, `contexts` and `purposes` are required; categories and fields left out mean all;
 * recipients left out mean the controller itself, and nobody else. A context means that one alone, not its children.
 */
export interface Permit<C = string, K = string, F = string, P = string, R = string, M = string>
  extends Scope<C, K, F, P, R> {
  readonly kind: 'permit'
  readonly id: string
  readonly promises: readonly M[]
  readonly actions: readonly Action[]
  readonly contexts: readonly C[]
  readonly purposes: readonly P[]
  readonly when?: Condition
  readonly obligations?: readonly Obligation[]
}

/** Forbids all it does not exclude: a dimension left out means everything; a context covers its children. */
export interface Forbid<C = string, K = string, F = string, P = string, R = string, M = string>
  extends Scope<C, K, F, P, R> {
  readonly kind: 'forbid'
  readonly id: string
  readonly promises: readonly M[]
  readonly when?: Condition
}

/** When the clock of a retention rule starts. */
export type RetentionClock = 'collection' | 'lastActivity' | 'endOfRelationship' | 'transaction'

/** Keeps what it names for `days` from its clock, then erases or anonymises. Where several match, the shortest holds,
 * but never less than a matching `atLeastDays` (a statutory minimum, with its source in `because`). */
export interface Retain<C = string, K = string, P = string, M = string> {
  readonly kind: 'retain'
  readonly id: string
  readonly promises: readonly M[]
  readonly contexts: readonly C[]
  readonly categories?: readonly K[]
  readonly purposes?: readonly P[]
  readonly clock: RetentionClock
  readonly days: number
  readonly atLeastDays?: number
  readonly then: 'erase' | 'anonymise'
  readonly because: string
}

export type Rule = Permit | Forbid | Retain

/**
 * Where two promises pull apart, which one holds: law first, then what favours the person.
 * `keep` and `over` are rule ids or promise ids (then all rules of that promise). `over: '*'` states that the forbids
 * of `keep` beat every permit, which they do anyway; only a named permit kept over a named forbid changes a decision.
 */
export interface Resolution {
  readonly keep: string
  readonly over: '*' | readonly string[]
  readonly ground: 'law' | 'person'
  readonly because: string
}

/**
 * A property of the whole policy, proven by going through all of it (../decision/prove.ts).
 * `never`: nothing in the scope is permitted when the condition holds.
 * `independent`: whatever is decided in the scope is decided alike whichever value these facts have, except where
 * `except` holds.
 */
export type Property =
  | { readonly kind: 'never'; readonly title: string; readonly scope: Scope; readonly when?: Condition }
  | {
      readonly kind: 'independent'
      readonly title: string
      readonly scope: Scope
      readonly of: readonly string[]
      readonly except?: Condition
    }

/** A violation to plant: the policy with these rules added or taken away must fail the proof. */
export interface PolicyBreach {
  readonly add?: readonly Rule[]
  readonly remove?: readonly string[]
}

/** What shows that a promise is kept. A query is named here and written in the server's promise registry. */
export type Evidence =
  | { readonly kind: 'proof'; readonly property: string; readonly breach: PolicyBreach }
  | { readonly kind: 'query'; readonly query: string }

export interface PromiseDeclaration {
  /** The promise in our own words. */
  readonly title: string
  /** The chapter of the notice it stands in. */
  readonly chapter: string
  /** Ids of rules of law behind it, with their grade in spec/law.md: `K26`, `G33`. */
  readonly law?: readonly string[]
  /** Why no rule implements it, where none does: it is kept by something other than a decision. */
  readonly withoutRule?: string
  readonly evidence?: readonly Evidence[]
  /**
   * How far every store of an installation must be governed for this promise to be kept there; `enforced` where nothing
   * is said, because what an application does without asking is not known. `answered` is enough for what is said of
   * fields, of a person's answer, and of an erasure.
   */
  readonly needs?: 'seen' | 'answered' | 'enforced'
  /** What is not built yet. While anything stands here the promise is never shown as evidenced. */
  readonly missing?: readonly string[]
}

export interface Vocabulary {
  readonly contexts: Readonly<Record<string, ContextDeclaration>>
  readonly categories: Readonly<Record<string, CategoryDeclaration>>
  readonly fields: Readonly<Record<string, FieldDeclaration>>
  readonly sources: Readonly<Record<string, { readonly title: string }>>
  readonly purposes: Readonly<Record<string, PurposeDeclaration>>
  readonly recipients: Readonly<Record<string, RecipientDeclaration>>
  /** Facts beside the standard ones. */
  readonly facts?: Readonly<Record<string, FactDeclaration>>
  readonly promises: Readonly<Record<string, PromiseDeclaration>>
}

export interface PolicyDocument extends Vocabulary {
  /** The version of the language. */
  readonly avow: 1
  readonly name: string
  readonly controller: ControllerDeclaration
  readonly rules: readonly Rule[]
  readonly resolutions: readonly Resolution[]
  readonly properties: Readonly<Record<string, Property>>
  /** Choices that a person can make in their own privacy centre, by right. */
  readonly rights: Readonly<Record<string, { readonly title: string; readonly law?: readonly string[] }>>
}
