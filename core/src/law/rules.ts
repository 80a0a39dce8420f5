/**
 * The rules of law and protocol that promises answer to, as data: what each asks in one sentence, its source, and how
 * well we know it. A rule is not legal advice; one graded S or G says so wherever its source is shown.
 * K California (CCPA, CPRA, 11 CCR 7000-7304), G GDPR, UK GDPR and PECR, S other US states, D Data Rights Protocol,
 * V W3C DPV, W well-known resources, N de-identification, E lessons of enforcement.
 */
import { california } from './rules/california.ts'
import { dataRightsProtocol } from './rules/dataRightsProtocol.ts'
import { deidentification } from './rules/deidentification.ts'
import { enforcement } from './rules/enforcement.ts'
import { gdpr } from './rules/gdpr.ts'
import { states } from './rules/states.ts'
import { vocabulary } from './rules/vocabulary.ts'
import { wellKnown } from './rules/wellKnown.ts'

/** R: the rule's own text was read; X: found by running code; S: a secondary source only; G: general knowledge. */
export type Grade = 'R' | 'X' | 'S' | 'G'

export const gradeWords: Readonly<Record<Grade, string>> = {
  R: 'its own text was read',
  X: 'found by running code',
  S: 'read in a secondary source only',
  G: 'general knowledge, to be confirmed by counsel',
}

export interface LawRule {
  readonly id: string
  readonly says: string
  readonly source: string
  /** The weakest of its sources. */
  readonly grade: Grade
}

export type RuleRow = readonly [id: string, says: string, source: string, grade: Grade]

const rows: readonly RuleRow[] = [
  ...california,
  ...gdpr,
  ...states,
  ...dataRightsProtocol,
  ...vocabulary,
  ...wellKnown,
  ...deidentification,
  ...enforcement,
]

/** By id. */
export const lawRules: Readonly<Record<string, LawRule>> = Object.fromEntries(
  rows.map(([id, says, source, grade]) => [id, { id, says, source, grade }]),
)
