/**
 * The promise board: of each promise of a policy, whether it is true today, and what shows it. Pure.
 * Takes results that others found (proofs: proofs.ts; live queries: the server's registry) and decides the status.
 * Does not: run a query, read a clock, or believe a sentence. A promise is green only by evidence that looked at
 * something, all of it, in stores governed as far as the promise needs.
 */
import type { Evidence, PolicyDocument, PromiseDeclaration } from '../policy/document.ts'

/** How far a store is governed, each level including the one before; `unmapped` is none of them. */
export const levels = ['unmapped', 'seen', 'answered', 'enforced'] as const
export type Level = (typeof levels)[number]

export interface GovernedStore {
  readonly name: string
  readonly level: Level
}

/** What a piece of evidence looked at. */
export interface EvidenceScope {
  /** In words: `the whole policy`, `every record in the vault`. */
  readonly title: string
  readonly stores: readonly GovernedStore[]
  /** Whether the people examined are made up. */
  readonly demonstration: boolean
}

export interface EvidenceResult {
  readonly kind: 'proof' | 'query'
  /** The property that was proven, or the query that was run. */
  readonly name: string
  readonly holds: boolean
  /** How many things were looked at: cells of the policy, people, records. Zero shows nothing. */
  readonly examined: number
  readonly scope: EvidenceScope
  /** What was found wrong, a line each, without personal data. */
  readonly findings: readonly string[]
  readonly atMs: number
}

export type PromiseStatus = 'evidenced' | 'failing' | 'not-exercised' | 'not-yet'

/** One promise as the board shows it, and as `avow promises --json` prints it. */
export interface BoardEntry {
  readonly id: string
  readonly title: string
  readonly chapter: string
  readonly status: PromiseStatus
  /** Ids of the rules that implement it. */
  readonly rules: readonly string[]
  readonly evidence: readonly EvidenceResult[]
  /** Why it is not evidenced yet: what is not built, not run, or not governed far enough. */
  readonly missing: readonly string[]
  readonly law: readonly string[]
  /** What the evidence looked at, in words; empty without evidence. */
  readonly scope: string
  /** Whether any of the evidence looked at people who are made up. */
  readonly demonstration: boolean
  /** When the oldest of its evidence was found; null without evidence. */
  readonly atMs: number | null
}

/**
 * The board of a policy, a promise an entry, in the order of declaration.
 * @param stores every store of the installation: a promise reaches them all, whatever its evidence looked at
 * @param results of any run; those that no promise names are left aside, and of two with one name the latest counts
 */
export function promiseBoard(
  document: PolicyDocument,
  results: readonly EvidenceResult[],
  stores: readonly GovernedStore[],
): readonly BoardEntry[] {
  return Object.entries(document.promises).map(([id, promise]) => entryOf(document, id, promise, results, stores))
}

function entryOf(
  document: PolicyDocument,
  id: string,
  promise: PromiseDeclaration,
  results: readonly EvidenceResult[],
  stores: readonly GovernedStore[],
): BoardEntry {
  const declared = promise.evidence ?? []
  const found = declared.map((evidence) => latest(results, evidence))
  const evidence = found.filter((result) => result !== undefined)
  const missing = [
    ...(promise.missing ?? []),
    ...(declared.length === 0 && (promise.missing ?? []).length === 0 ? ['no evidence is declared'] : []),
    ...declared.filter((_, index) => found[index] === undefined).map((each) => `\`${nameOf(each)}\` has not run`),
    ...(evidence.length === 0 ? [] : belowLevel(promise, stores)),
  ]
  return {
    id,
    title: promise.title,
    chapter: promise.chapter,
    status: statusOf(evidence, missing),
    rules: document.rules.filter((rule) => rule.promises.includes(id)).map((rule) => rule.id),
    evidence,
    missing,
    law: promise.law ?? [],
    scope: [...new Set(evidence.map((result) => result.scope.title))].join('; '),
    demonstration: evidence.some((result) => result.scope.demonstration),
    atMs: evidence.length === 0 ? null : Math.min(...evidence.map((result) => result.atMs)),
  }
}

/** A failure shows whatever else is missing; what is missing outweighs what was not exercised. */
function statusOf(evidence: readonly EvidenceResult[], missing: readonly string[]): PromiseStatus {
  if (evidence.some((result) => !result.holds)) return 'failing'
  if (missing.length > 0) return 'not-yet'
  if (evidence.some((result) => result.examined === 0)) return 'not-exercised'
  return 'evidenced'
}

const nameOf = (evidence: Evidence) => (evidence.kind === 'proof' ? evidence.property : evidence.query)

function latest(results: readonly EvidenceResult[], evidence: Evidence): EvidenceResult | undefined {
  return results
    .filter((result) => result.kind === evidence.kind && result.name === nameOf(evidence))
    .reduce<EvidenceResult | undefined>((a, b) => (a === undefined || b.atMs >= a.atMs ? b : a), undefined)
}

/** A line for each store that is governed less than the promise needs. */
function belowLevel({ needs = 'enforced' }: PromiseDeclaration, stores: readonly GovernedStore[]): readonly string[] {
  return stores
    .filter(({ level }) => levels.indexOf(level) < levels.indexOf(needs))
    .map(({ name, level }) => `store \`${name}\` must be ${needs}, and it is ${level}`)
}
