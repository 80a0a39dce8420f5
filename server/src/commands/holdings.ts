/**
 * What the vault holds of one subject, erased. It deletes identifiers, records and choices, destroys the keys, and takes the subject's parts out of the
 * ledger. What stays is the subjectless public part of each entry, and the refusals that must outlive it: keyed hash
 * and closed values, so that someone who said no is not asked again when they come back (GDPR 17(3)(b), 21(3)).
 * Does not: decide whether it may be done, look at company stores, or write the `erase` entries (jobs/erasure.ts).
 */
import { deleteChoices } from '../store/choice.ts'
import type { Tx } from '../store/database.ts'
import { deleteIdentifiers, identifiersOf } from '../store/identifier.ts'
import { blankLeaves, countPending } from '../store/ledger.ts'
import { deleteRecords } from '../store/record.ts'
import type { StoredFacts } from '../store/schema.ts'
import { deleteSubject } from '../store/subject.ts'
import { deleteKeys } from '../store/subjectKey.ts'
import { suppress } from '../store/suppression.ts'
import { hashForSuppression, type Identifier } from '../vault/identifier.ts'
import { openJson } from '../vault/seal.ts'
import type { Installation } from './installation.ts'
import { type Standing, takeStanding } from './standing.ts'

/** By what the subject is known, in normal form. */
async function identifiersHeld(tx: Tx, standing: Pick<Standing, 'subjectId' | 'keys'>): Promise<Identifier[]> {
  const { subjectId, keys } = standing
  const rows = await identifiersOf(tx, subjectId)
  return rows.map(({ kind, sealed }) => {
    const value = openJson(keys.ordinary, { subjectId, record: 'identifier', field: kind }, sealed)
    return { kind, value: String(value) }
  })
}

export type Erased =
  | {
      readonly kind: 'erased'
      readonly records: number
      readonly choices: number
      readonly identifiers: number
      readonly keys: number
      /** Indexes of the ledger entries whose subject part is gone, in order: an `erase` entry must list them. */
      readonly entries: readonly number[]
      /** Whether refusals were kept, by keyed hash. */
      readonly refusalsKept: boolean
    }
  /** Entries of the subject wait for their indexes: run `sequenceNow`, then erase. Nothing was done. */
  | { readonly kind: 'waiting'; readonly entries: number }

/**
 * Erases what the vault holds of one subject; of a person with several, call it for each.
 * The caller's transaction must also write the `erase` entries that list `entries`.
 * @throws AvowError SUBJECT_UNKNOWN: also for one that is erased already
 */
export async function eraseSubject(tx: Tx, installation: Installation, subjectId: string): Promise<Erased> {
  const standing = await takeStanding(tx, installation, { subjectId }, { lock: 'update' })
  // No new ones come: each is written under a lock on the subject's row, which this transaction now holds for update.
  const waiting = await countPending(tx, subjectId)
  if (waiting > 0) return { kind: 'waiting', entries: waiting }

  const refusals = refusalsOf(standing.person.facts)
  if (refusals !== undefined) {
    const known = await identifiersHeld(tx, standing)
    const hashes = known.map((each) => hashForSuppression(installation.vault, each))
    if (hashes.length > 0) await suppress(tx, hashes, refusals, installation.now())
  }
  const records = await deleteRecords(tx, subjectId)
  const choices = await deleteChoices(tx, subjectId)
  const identifiers = await deleteIdentifiers(tx, subjectId)
  const entries = await blankLeaves(tx, subjectId)
  const keys = await deleteKeys(tx, subjectId)
  await deleteSubject(tx, subjectId)
  return { kind: 'erased', records, choices, identifiers, keys, entries, refusalsKept: refusals !== undefined }
}

/** What of the facts is a refusal; undefined where there is none. */
export function refusalsOf(facts: StoredFacts): StoredFacts | undefined {
  const withdrawn = only(facts.consent, 'withdrawn')
  const raised = only(facts.objection, 'raised')
  const refusals: StoredFacts = {
    ...(facts.optOut === 'yes' ? { optOut: 'yes' } : {}),
    ...(facts.limitSensitive === 'yes' ? { limitSensitive: 'yes' } : {}),
    ...(withdrawn === undefined ? {} : { consent: withdrawn }),
    ...(raised === undefined ? {} : { objection: raised }),
  }
  return Object.keys(refusals).length === 0 ? undefined : refusals
}

function only(
  values: Readonly<Record<string, string>> | undefined,
  wanted: string,
): Record<string, string> | undefined {
  const kept = Object.entries(values ?? {}).filter(([, value]) => value === wanted)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
