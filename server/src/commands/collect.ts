/**
 * Takes values of one subject in, under one context, purpose and source: all of them, or none.
 * Refused, naming the rule and the field: what the policy denies (a category that is not of that context, a sensitive
 * field without a requirement on file); a field it does not map; a source that is missing or not one of its sources.
 * Does not: read files (the importer does), or look into free text.
 */

import { parseRequest } from '@avow/core/decision/parseRequest'
import type { Facts } from '@avow/core/decision/request'
import { AvowError } from '@avow/core/errors'
import type { Obligation, PolicyDocument } from '@avow/core/policy/document'
import type { Tx } from '../store/database.ts'
import { insertRecords, type RecordRow } from '../store/record.ts'
import type { SubjectKind } from '../store/schema.ts'
import { sealJson } from '../vault/seal.ts'
import type { Sensitivity } from '../vault/vault.ts'
import { type ActRequest, act, type Refused } from './act.ts'
import { createId, type Installation } from './installation.ts'
import { ofVault } from './read.ts'
import type { SubjectRef } from './standing.ts'

/** What may be kept: JSON, sealed as it is. */
export type Value = string | number | boolean

export interface Collection {
  readonly subject: SubjectRef
  /** What an identifier that nobody answers to becomes; a person unless told. */
  readonly subjectKind?: SubjectKind
  readonly context: string
  readonly purpose: string
  readonly source: string
  readonly fields: Readonly<Record<string, Value>>
  /** `inferred`, `public`, … of every value. */
  readonly valueFacts?: Facts
  /** `requirement`, `warned`, … */
  readonly actFacts?: Facts
  /** When it was collected, if not now. */
  readonly collectedAt?: Date
}

export type Collected =
  | {
      readonly kind: 'kept'
      readonly subjectId: string
      readonly recordId: string
      readonly rule: string
      readonly obligations: readonly Obligation[]
      readonly policyVersion: string
      readonly entryId: string
    }
  | Refused

/** @throws AvowError DECISION_UNKNOWN_NAME, INPUT_INVALID, SUBJECT_UNKNOWN, NOT_FOUND */
export async function collect(tx: Tx, installation: Installation, collection: Collection): Promise<Collected> {
  const fields = Object.keys(collection.fields)
  if (fields.length === 0) throw new AvowError('INPUT_INVALID', 'nothing to collect: give at least one field')
  const { context, purpose, source } = collection
  const { valueFacts = {}, actFacts = {} } = collection
  const labelFacts = { ...valueFacts, ...ofVault, source }
  const request: ActRequest<{ subjectId: string; recordId: string }> = {
    subject: collection.subject,
    create: collection.subjectKind ?? 'person',
    kind: 'collect',
    action: 'collect',
    purpose,
    need: 'all',
    facts: actFacts,
    labels(table) {
      const refusal = refuseNames(table.policy, source, fields)
      if (refusal !== undefined) return refusal
      const categoryOf = (field: string) => table.policy.fields[field]!.category
      const labels = fields.map((field) => ({ context, category: categoryOf(field), field, facts: labelFacts }))
      // The value facts are kept beside the value in plain: held to the policy's closed values, no text passes.
      return parseRequest(table, { action: 'collect', purpose, labels, facts: actFacts }).labels
    },
    async do({ standing, policy, policyVersion, labels }) {
      const { subjectId, keys } = standing
      const collectedAt = collection.collectedAt ?? installation.now()
      const recordId = createId(collectedAt)
      const rows = labels.map(({ category }, i): RecordRow => {
        const field = fields[i]!
        const sensitivity = sensitivityOf(policy, field, valueFacts)
        const sealed = sealJson(keys[sensitivity], { subjectId, record: recordId, field }, collection.fields[field])
        const label = { context, category, field, source, purpose, policyVersion, facts: valueFacts }
        return { subjectId, recordId, ...label, collectedAt, sensitivity, sealed }
      })
      await insertRecords(tx, rows)
      return { value: { subjectId, recordId }, detail: { recordId, fields } }
    },
  }
  const done = await act(tx, installation, request)
  if (done.kind === 'refused') return done
  const { rule, obligations, policyVersion, entryId } = done
  return { kind: 'kept', ...done.value, rule, obligations, policyVersion, entryId }
}

/** Sensitive under any regime, or by what was found in it: under a key of its own. */
export function sensitivityOf(policy: PolicyDocument, field: string, facts: Facts): Sensitivity {
  const isSensitive = (policy.fields[field]?.sensitiveUnder ?? []).length > 0 || facts.sensitiveContent === 'yes'
  return isSensitive ? 'sensitive' : 'ordinary'
}

/** A field in no category and a source nobody declared are refused, never guessed. */
function refuseNames(policy: PolicyDocument, source: string, fields: readonly string[]): Refused | undefined {
  if (!Object.hasOwn(policy.sources, source)) {
    const known = Object.keys(policy.sources).join(', ')
    return { kind: 'refused', rule: null, reason: `the source must be one that the policy declares: ${known}` }
  }
  const unmapped = fields.find((field) => !Object.hasOwn(policy.fields, field))
  if (unmapped === undefined) return undefined
  return { kind: 'refused', rule: null, field: unmapped, reason: 'the policy puts this field in no category' }
}
