/**
 * Reads a subject's values for a stated purpose, a page at a time: only what the policy permits comes back, and nothing
 * tells what was left out. Each look is itself a ledger entry, with what was looked at sealed in it.
 * Does not: answer the person (access.ts), or pass anything to others.
 */

import type { Facts } from '@avow/core/decision/request'
import { AvowError } from '@avow/core/errors'
import type { Tx } from '../store/database.ts'
import { type RecordFilter, type RecordPosition, type RecordRow, recordsOf } from '../store/record.ts'
import { openJson } from '../vault/seal.ts'
import { act, type BoundLabel } from './act.ts'
import type { Value } from './collect.ts'
import type { Installation } from './installation.ts'
import { type Standing, type SubjectRef, takeStanding } from './standing.ts'

export interface Reading {
  readonly subject: SubjectRef
  readonly purpose: string
  readonly contexts?: readonly string[]
  readonly fields?: readonly string[]
  /** `next` of the page before. */
  readonly after?: string
  /** Values, 1 to 500. */
  readonly limit: number
  readonly actFacts?: Facts
  /** Who looks; sealed into the entry. */
  readonly by?: string
}

export interface ReadRecord {
  readonly recordId: string
  readonly context: string
  readonly source: string
  readonly collectedAt: string
  readonly policyVersion: string
  readonly fields: Readonly<Record<string, Value>>
}

export interface Page {
  readonly records: readonly ReadRecord[]
  /** Null on the last page. */
  readonly next: string | null
}

/** @throws AvowError SUBJECT_UNKNOWN, DECISION_UNKNOWN_NAME, INPUT_INVALID, SEAL_INVALID */
export async function read(tx: Tx, installation: Installation, reading: Reading): Promise<Page> {
  const { purpose, limit } = reading
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw new AvowError('INPUT_INVALID', 'a page holds 1 to 500 values: give such a `limit`')
  }
  const { subjectId } = await takeStanding(tx, installation, reading.subject)
  const rows = await recordsOf(tx, subjectId, filterOf(reading), limit + 1)
  const page = rows.slice(0, limit)
  const next = rows.length > limit ? formatPosition(page.at(-1)!) : null
  if (page.length === 0) return { records: [], next }
  const done = await act<readonly ReadRecord[]>(tx, installation, {
    subject: { subjectId },
    kind: 'read',
    action: 'use',
    purpose,
    need: 'some',
    facts: reading.actFacts ?? {},
    labels: () => page.map(labelOf),
    async do({ standing, permitted }) {
      const seen = page.filter((_, i) => permitted[i])
      const looked = seen.map(({ recordId, field }) => [recordId, field])
      return { value: groupRecords(standing, seen), detail: { by: reading.by ?? null, looked } }
    },
  })
  return { records: done.kind === 'permit' ? done.value : [], next }
}

/** What is so of every value in the vault, whatever a caller states: none is kept under an exception, each is a subject's. */
export const ofVault: Facts = { locked: 'no', identifiability: 'identified' }

/** The label that a kept value carries for life. */
export function labelOf({ context, category, field, source, facts, policyVersion }: RecordRow): BoundLabel {
  return { context, category, field, facts: { ...facts, ...ofVault, source }, policyVersion }
}

/** @throws AvowError SEAL_INVALID */
export function openValue({ keys }: Pick<Standing, 'keys'>, row: RecordRow): Value {
  const { subjectId, recordId, field, sensitivity, sealed } = row
  // What collect and correct sealed: they take a Value.
  return openJson(keys[sensitivity], { subjectId, record: recordId, field }, sealed) as Value
}

function groupRecords(standing: Standing, rows: readonly RecordRow[]): readonly ReadRecord[] {
  const groups = Map.groupBy(rows, ({ recordId }) => recordId)
  return [...groups].map(([recordId, values]) => {
    const { context, source, collectedAt, policyVersion } = values[0]!
    const fields = Object.fromEntries(values.map((row) => [row.field, openValue(standing, row)]))
    return { recordId, context, source, collectedAt: collectedAt.toISOString(), policyVersion, fields }
  })
}

function filterOf({ contexts, fields, after }: Reading): RecordFilter {
  return {
    ...(contexts === undefined ? {} : { contexts }),
    ...(fields === undefined ? {} : { fields }),
    ...(after === undefined ? {} : { after: parsePosition(after) }),
  }
}

function formatPosition({ recordId, field }: RecordPosition): string {
  return `${recordId}/${field}`
}

function parsePosition(text: string): RecordPosition {
  const parts = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(.+)$/.exec(text)
  if (parts === null) throw new AvowError('INPUT_INVALID', '`after` is not the `next` of a page: leave it out')
  return { recordId: parts[1]!, field: parts[2]! }
}
