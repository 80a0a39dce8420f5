/**
 * The policy language as written in TypeScript: an unknown context, category, field, purpose, recipient, promise, fact
 * or fact value in a rule is a compile error in the author's editor.
 * A policy is one object, or chapters: a vocabulary (`defineVocabulary`), rules in as many files as you like
 * (`rulesOver(vocabulary)`), and all of it together (`definePolicy({ ...vocabulary, rules, … })`).
 * Does not: check what types cannot say (see check.ts); change anything: what comes out is the document as written.
 */
import type {
  CategoryDeclaration,
  ContextDeclaration,
  FieldDeclaration,
  Forbid,
  Permit,
  PolicyDocument,
  PromiseDeclaration,
  Property,
  PurposeDeclaration,
  RecipientDeclaration,
  Resolution,
  Retain,
  Scope,
  Test,
} from './document.ts'
import type { DerivedFact, FactDeclaration, standardFacts } from './facts.ts'

type Names<T> = Extract<keyof T, string>

/** A vocabulary whose names are known to the compiler. `D` holds the policy's own facts with their values. */
export interface VocabularyOf<
  C extends string,
  K extends string,
  F extends string,
  S extends string,
  P extends string,
  R extends string,
  M extends string,
  D extends Readonly<Record<string, FactDeclaration>>,
> {
  readonly contexts: Readonly<Record<C, ContextDeclaration & { readonly parent?: NoInfer<C> }>>
  readonly categories: Readonly<Record<K, CategoryDeclaration>>
  readonly fields: Readonly<Record<F, FieldDeclaration & { readonly category: NoInfer<K> }>>
  readonly sources: Readonly<Record<S, { readonly title: string }>>
  readonly purposes: Readonly<Record<P, PurposeDeclaration>>
  readonly recipients: Readonly<Record<R, RecipientDeclaration>>
  readonly facts?: D
  readonly promises: Readonly<Record<M, PromiseDeclaration>>
}

/** What each fact may be tested against: standard, derived, `source`, and the policy's own. */
type FactValues<S extends string, D extends Readonly<Record<string, FactDeclaration>>> = {
  readonly [N in keyof typeof standardFacts]: (typeof standardFacts)[N]['values'][number]
} & { readonly [N in DerivedFact]: 'yes' | 'no' } & { readonly source: S } & {
  readonly [N in Names<D>]: D[N]['values'][number]
}

export type ConjunctionOver<S extends string, D extends Readonly<Record<string, FactDeclaration>>> = {
  readonly [N in keyof FactValues<S, D>]?: Test<FactValues<S, D>[N]>
}
export type ConditionOver<S extends string, D extends Readonly<Record<string, FactDeclaration>>> =
  | ConjunctionOver<S, D>
  | readonly ConjunctionOver<S, D>[]

/** The same type with `when` (and `except`) held to the declared facts and their values. */
type With<T, W> = { readonly [N in keyof T]: N extends 'when' | 'except' ? W : T[N] }

export type PermitOver<C, K, F, P, R, M, W> = With<Permit<C, K, F, P, R, M>, W>
export type ForbidOver<C, K, F, P, R, M, W> = With<Forbid<C, K, F, P, R, M>, W>

/** The functions that write rules over one vocabulary, each checked as it is typed. */
export interface RuleWriters<C, K, F, P, R, M, W> {
  readonly permit: (rule: Omit<PermitOver<C, K, F, P, R, M, W>, 'kind'>) => PermitOver<C, K, F, P, R, M, W>
  readonly forbid: (rule: Omit<ForbidOver<C, K, F, P, R, M, W>, 'kind'>) => ForbidOver<C, K, F, P, R, M, W>
  readonly retain: (rule: Omit<Retain<C, K, P, M>, 'kind'>) => Retain<C, K, P, M>
}

/** The words of a policy: everything that its rules may name. */
export function defineVocabulary<
  const C extends string,
  const K extends string,
  const F extends string,
  const S extends string,
  const P extends string,
  const R extends string,
  const M extends string,
  const D extends Readonly<Record<string, FactDeclaration>> = Readonly<Record<never, FactDeclaration>>,
>(vocabulary: VocabularyOf<C, K, F, S, P, R, M, D>): VocabularyOf<C, K, F, S, P, R, M, D> {
  return vocabulary
}

/** `permit`, `forbid` and `retain` for the chapters of one policy. */
export function rulesOver<
  C extends string,
  K extends string,
  F extends string,
  S extends string,
  P extends string,
  R extends string,
  M extends string,
  D extends Readonly<Record<string, FactDeclaration>>,
>(_vocabulary: VocabularyOf<C, K, F, S, P, R, M, D>): RuleWriters<C, K, F, P, R, M, ConditionOver<S, D>> {
  return {
    permit: (rule) => ({ kind: 'permit', ...rule }),
    forbid: (rule) => ({ kind: 'forbid', ...rule }),
    retain: (rule) => ({ kind: 'retain', ...rule }),
  }
}

type ScopeOver<T, X> = { readonly [N in keyof T]: N extends 'scope' ? X : T[N] }
type PropertyOver<X, W> = Property extends infer Each
  ? Each extends Property
    ? With<ScopeOver<Each, X>, W>
    : never
  : never

/** A whole policy. The version of the language is added; nothing else is changed. */
export function definePolicy<
  const C extends string,
  const K extends string,
  const F extends string,
  const S extends string,
  const P extends string,
  const R extends string,
  const M extends string,
  const D extends Readonly<Record<string, FactDeclaration>> = Readonly<Record<never, FactDeclaration>>,
>(
  policy: VocabularyOf<C, K, F, S, P, R, M, D> & {
    readonly name: string
    readonly controller: PolicyDocument['controller']
    readonly rules: readonly (
      | PermitOver<NoInfer<C>, NoInfer<K>, NoInfer<F>, NoInfer<P>, NoInfer<R>, NoInfer<M>, ConditionOver<S, D>>
      | ForbidOver<NoInfer<C>, NoInfer<K>, NoInfer<F>, NoInfer<P>, NoInfer<R>, NoInfer<M>, ConditionOver<S, D>>
      | Retain<NoInfer<C>, NoInfer<K>, NoInfer<P>, NoInfer<M>>
    )[]
    readonly resolutions: readonly Resolution[]
    readonly properties: Readonly<
      Record<
        string,
        PropertyOver<Scope<NoInfer<C>, NoInfer<K>, NoInfer<F>, NoInfer<P>, NoInfer<R>>, ConditionOver<S, D>>
      >
    >
    readonly rights: PolicyDocument['rights']
  },
): PolicyDocument {
  // `as`: the typed document is narrower than the plain one, which has an index signature for facts.
  return { avow: 1, ...policy } as unknown as PolicyDocument
}
