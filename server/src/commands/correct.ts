/**
 * Corrects values of one record: all that are given, or none. The label stays; both values, the old and the new, stand
 * sealed in the ledger entry.
 * Refused: a field that the record does not hold, and what the policy denies for the stated purpose.
 */
import type { Facts } from '@avow/core/decision/request'
import { AvowError } from '@avow/core/errors'
import type { Tx } from '../store/database.ts'
import { recordsOf, updateValues } from '../store/record.ts'
import { sealJson } from '../vault/seal.ts'
import { act, type Refused } from './act.ts'
import type { Value } from './collect.ts'
import type { Installation } from './installation.ts'
import { labelOf, openValue } from './read.ts'
import { type SubjectRef, takeStanding } from './standing.ts'

export interface Correction {
  readonly subject: SubjectRef
  readonly recordId: string
  readonly fields: Readonly<Record<string, Value>>
  /** The purpose under which the policy answers requests. */
  readonly purpose: string
  /** `verified`, … */
  readonly actFacts?: Facts
}

export type Corrected =
  | {
      readonly kind: 'corrected'
      readonly recordId: string
      readonly rule: string
      readonly policyVersion: string
      readonly entryId: string
    }
  | Refused

/** @throws AvowError SUBJECT_UNKNOWN, NOT_FOUND for a record of nobody or of somebody else, INPUT_INVALID */
export async function correct(tx: Tx, installation: Installation, correction: Correction): Promise<Corrected> {
  const { recordId, purpose } = correction
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(recordId)) {
    throw new AvowError('INPUT_INVALID', 'a record id is a UUID in lower case')
  }
  const given = Object.keys(correction.fields)
  if (given.length === 0) throw new AvowError('INPUT_INVALID', 'nothing to correct: give at least one field')
  // For update: two corrections at once come one after the other, and each entry tells the value that really was there.
  const { subjectId } = await takeStanding(tx, installation, correction.subject, { lock: 'update' })
  const rows = await recordsOf(tx, subjectId, { recordId, fields: given }, given.length)
  if (rows.length === 0) throw new AvowError('NOT_FOUND', 'the subject has no such record with such a field')
  const strange = given.find((field) => !rows.some((row) => row.field === field))
  if (strange !== undefined) {
    return { kind: 'refused', rule: null, field: strange, reason: 'the record does not hold this field' }
  }
  const done = await act(tx, installation, {
    subject: { subjectId },
    kind: 'correct',
    action: 'process',
    purpose,
    need: 'all',
    facts: correction.actFacts ?? {},
    labels: () => rows.map(labelOf),
    async do({ standing }) {
      const changes = rows.map((row) => {
        const value = correction.fields[row.field]
        const place = { subjectId, record: recordId, field: row.field }
        const sealed = sealJson(standing.keys[row.sensitivity], place, value)
        return { field: row.field, sealed, from: openValue(standing, row), to: value }
      })
      await updateValues(tx, subjectId, recordId, changes)
      const detail = { recordId, changes: changes.map(({ field, from, to }) => ({ field, from, to })) }
      return { value: undefined, detail }
    },
  })
  if (done.kind === 'refused') return done
  return { kind: 'corrected', recordId, rule: done.rule, policyVersion: done.policyVersion, entryId: done.entryId }
}
