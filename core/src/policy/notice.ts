/**
 * The notice of a policy as plain data, for pages and the command line to render: its promises by chapter, each with
 * an anchor, and what people have a right to be told (GDPR Articles 13-14; 1798.100(a), 1798.130(a)(5)): purposes with
 * their basis, categories, recipients, periods, rights, contact.
 * Purposes, categories and recipients are told by what the policy permits in some world, not by what its author says.
 * Does not: word anything but titles of law; every other title is the policy's own.
 */
import { permittedCells } from '../decision/permitted.ts'
import { passesOn } from '../law/saleAndShare.ts'
import {
  type ControllerDeclaration,
  controller,
  type LawfulBasis,
  type PolicyDocument,
  type Retain,
  type Standing,
} from './document.ts'

/** Something the policy declares, by its id and title. */
export interface Named {
  readonly id: string
  readonly title: string
}

export interface Notice {
  readonly name: string
  readonly controller: ControllerDeclaration
  readonly chapters: readonly {
    readonly title: string
    readonly anchor: string
    readonly promises: readonly (Named & { readonly anchor: string; readonly law: readonly string[] })[]
  }[]
  readonly contexts: readonly (Named & {
    readonly parent: string | null
    /** What may be collected there; what was may reach further by duties and rights, which hold everywhere. */
    readonly categories: readonly Named[]
  })[]
  readonly purposes: readonly (Named & {
    readonly basis: LawfulBasis
    /** The basis and its article, in words. */
    readonly basisTitle: string
    readonly advertising: 'crossContext' | 'own' | null
    readonly contexts: readonly Named[]
    readonly categories: readonly Named[]
    readonly recipients: readonly Named[]
  })[]
  readonly categories: readonly (Named & {
    /** The category of 1798.140(v)(1), by its letter. */
    readonly ccpa: string | null
    readonly fields: readonly (Named & { readonly isSensitive: boolean })[]
    readonly purposes: readonly Named[]
    readonly recipients: readonly Named[]
  })[]
  readonly sources: readonly Named[]
  readonly recipients: readonly (Named & {
    readonly standing: Standing
    readonly categories: readonly Named[]
    readonly purposes: readonly Named[]
  })[]
  readonly retention: readonly {
    readonly id: string
    readonly contexts: readonly Named[]
    /** All of them where the rule names none. */
    readonly categories: readonly Named[]
    readonly purposes: readonly Named[]
    readonly clock: Retain['clock']
    readonly days: number
    readonly atLeastDays: number | null
    readonly then: Retain['then']
    readonly because: string
  }[]
  readonly rights: readonly (Named & { readonly law: readonly string[] })[]
}

/** GDPR Article 6(1). */
const bases: Readonly<Record<LawfulBasis, string>> = {
  consent: 'your consent, Article 6(1)(a)',
  contract: 'a contract with you, Article 6(1)(b)',
  legalObligation: 'a legal obligation, Article 6(1)(c)',
  vitalInterests: 'vital interests, Article 6(1)(d)',
  publicTask: 'a task in the public interest, Article 6(1)(e)',
  legitimateInterests: 'legitimate interests, Article 6(1)(f)',
}

export function notice(policy: PolicyDocument): Notice {
  const reach = reachOf(policy)
  const named = (of: Titled, ids: Iterable<string>): readonly Named[] => {
    const wanted = new Set(ids)
    return Object.entries(of).flatMap(([id, { title }]) => (wanted.has(id) ? [{ id, title }] : []))
  }
  const all = (of: Titled, ids: readonly string[] | undefined) => named(of, ids ?? Object.keys(of))
  const { contexts, categories, purposes, recipients } = policy
  return {
    name: policy.name,
    controller: policy.controller,
    chapters: chaptersOf(policy),
    contexts: Object.entries(contexts).map(([id, { title, parent }]) => ({
      id,
      title,
      parent: parent ?? null,
      categories: named(categories, reach.of('context', id, 'category')),
    })),
    purposes: Object.entries(purposes).map(([id, { title, basis, advertising }]) => ({
      id,
      title,
      basis,
      basisTitle: bases[basis],
      advertising: advertising ?? null,
      contexts: named(contexts, reach.of('purpose', id, 'context')),
      categories: named(categories, reach.of('purpose', id, 'category')),
      recipients: named(recipients, reach.of('purpose', id, 'recipient')),
    })),
    categories: Object.entries(categories).map(([id, { title, ccpa }]) => ({
      id,
      title,
      ccpa: ccpa ?? null,
      fields: Object.entries(policy.fields)
        .filter(([, field]) => field.category === id)
        .map(([field, declared]) => ({
          id: field,
          title: declared.title,
          isSensitive: (declared.sensitiveUnder ?? []).length > 0,
        })),
      purposes: named(purposes, reach.of('category', id, 'purpose')),
      recipients: named(recipients, reach.of('category', id, 'recipient')),
    })),
    sources: all(policy.sources, undefined),
    recipients: Object.entries(recipients).map(([id, { title, standing }]) => ({
      id,
      title,
      standing,
      categories: named(categories, reach.of('recipient', id, 'category')),
      purposes: named(purposes, reach.of('recipient', id, 'purpose')),
    })),
    retention: policy.rules
      .filter((rule) => rule.kind === 'retain')
      .map((rule) => ({
        id: rule.id,
        contexts: all(contexts, rule.contexts),
        categories: all(categories, rule.categories),
        purposes: all(purposes, rule.purposes),
        clock: rule.clock,
        days: rule.days,
        atLeastDays: rule.atLeastDays ?? null,
        then: rule.then,
        because: rule.because,
      })),
    rights: Object.entries(policy.rights).map(([id, { title, law = [] }]) => ({ id, title, law })),
  }
}

type Titled = Readonly<Record<string, { readonly title: string }>>

/** Chapters in the order in which their first promise is declared. */
function chaptersOf({ promises }: PolicyDocument): Notice['chapters'] {
  const byChapter = Map.groupBy(Object.entries(promises), ([, promise]) => promise.chapter)
  return [...byChapter].map(([title, all]) => ({
    title,
    anchor: anchorOf(title),
    promises: all.map(([id, promise]) => ({ id, title: promise.title, anchor: anchorOf(id), law: promise.law ?? [] })),
  }))
}

/** The fragment that leads to a promise or chapter: letters and digits stay, all else becomes one hyphen. */
export function anchorOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

type Dimension = 'context' | 'category' | 'purpose' | 'recipient'

/** Which of two dimensions meet in something that is permitted; recipients where something is passed on to them. */
function reachOf(policy: PolicyDocument) {
  const met = new Map<string, Set<string>>()
  const meet = (a: Dimension, one: string, b: Dimension, others: Iterable<string>) => {
    const key = `${a} ${b} ${one}`
    const found = met.get(key) ?? new Set()
    for (const other of others) found.add(other)
    met.set(key, found)
  }
  for (const { places, deeds } of permittedCells(policy)) {
    const contexts = new Set(places.map((place) => place.context))
    const categories = new Set(places.map((place) => place.category))
    if (deeds.some(({ action }) => action === 'collect')) {
      for (const context of contexts) meet('context', context, 'category', categories)
    }
    for (const { action, purpose, recipient } of deeds) {
      meet('purpose', purpose, 'context', contexts)
      meet('purpose', purpose, 'category', categories)
      for (const category of categories) meet('category', category, 'purpose', [purpose])
      if (recipient === controller || !passesOn(action)) continue
      meet('purpose', purpose, 'recipient', [recipient])
      meet('recipient', recipient, 'purpose', [purpose])
      meet('recipient', recipient, 'category', categories)
      for (const category of categories) meet('category', category, 'recipient', [recipient])
    }
  }
  return {
    of: (a: Dimension, one: string, b: Dimension): ReadonlySet<string> => met.get(`${a} ${b} ${one}`) ?? new Set(),
  }
}
