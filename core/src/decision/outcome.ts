/**
 * The possible answers of one policy, each with a number chosen so that the protective join of two answers
 * (`meet` of reference.ts) is a few operations on integers.
 * Denials come first, in the order of their forbids, the denial that no rule names last; then eight numbers for each
 * permit, one for each set of obligations.
 */
import type { Forbid, Obligation, Permit } from '../policy/document.ts'
import type { Decision } from './request.ts'

/** In alphabetical order, as a decision lists them; the bit of each in a set of obligations. */
const obligations: readonly Obligation[] = ['deidentify', 'tell', 'warn']

export interface Outcomes {
  readonly nothingPermits: number
  /** A multiple of eight: numbers below it deny. */
  readonly firstPermit: number
  readonly count: number
}

/** How the answers of these rules are numbered. */
export function numberOutcomes(rules: readonly (Permit | Forbid)[]): Outcomes {
  const forbids = rules.filter(({ kind }) => kind === 'forbid').length
  const firstPermit = Math.ceil((forbids + 1) / 8) * 8
  return { nothingPermits: forbids, firstPermit, count: firstPermit + 8 * (rules.length - forbids) }
}

/** The answer that each rule gives on its own. */
export function outcomeOfRule(rules: readonly (Permit | Forbid)[], { firstPermit }: Outcomes): readonly number[] {
  let forbids = 0
  let permits = 0
  return rules.map((rule) => {
    if (rule.kind === 'forbid') return forbids++
    return firstPermit + 8 * permits++ + setOf(rule.obligations ?? [])
  })
}

/** The protective join: a denial beats a permission, the earlier rule names it, obligations are owed together. */
export function meetOutcomes(firstPermit: number, a: number, b: number): number {
  const first = Math.min(a, b)
  return first < firstPermit ? first : (first & ~7) | ((a | b) & 7)
}

/** Every answer by its number, as the caller gets it; frozen, because callers share them. */
export function decisionsOf(rules: readonly (Permit | Forbid)[], outcomes: Outcomes): readonly Decision[] {
  const nothing = Object.freeze<Decision>({ kind: 'deny', rule: null })
  const decisions: Decision[] = new Array(outcomes.count).fill(nothing)
  outcomeOfRule(rules, outcomes).forEach((outcome, i) => {
    const rule = rules[i]!
    if (rule.kind === 'forbid') decisions[outcome] = Object.freeze<Decision>({ kind: 'deny', rule: rule.id })
    else {
      for (let set = outcome & 7; set < 8; set++) {
        if ((set & outcome & 7) !== (outcome & 7)) continue
        const owed = Object.freeze(obligations.filter((_, bit) => ((set >> bit) & 1) === 1))
        decisions[(outcome & ~7) | set] = Object.freeze<Decision>({ kind: 'permit', rule: rule.id, obligations: owed })
      }
    }
  })
  return Object.freeze(decisions)
}

function setOf(owed: readonly Obligation[]): number {
  return owed.reduce((set, obligation) => set | (1 << obligations.indexOf(obligation)), 0)
}
