/**
 * Erases what the vault holds of one subject: identifiers, records and choices are deleted, the keys destroyed, the
 * subject's parts taken out of the ledger, and `erase` entries list which.
 * What stays: the public part of each entry, which names nobody; and the refusals that must outlive an erasure, as keyed
 * hash and closed values, so that someone who said no is not asked again when they come back (GDPR 17(3)(b), 21(3)).
 * Does not: decide whether it may be done, or look at company stores (jobs/erasure.ts).
 */
import { chunkRanges, rangesOf } from '@avow/core/ledger/ranges'
import { deleteChoices } from '../store/choice.ts'
import type { Tx } from '../store/database.ts'
import { deleteIdentifiers, identifiersOf } from '../store/identifier.ts'
import { blankLeaves, countPending } from '../store/ledger.ts'
import { deleteRecords } from '../store/record.ts'
import type { StoredFacts } from '../store/schema.ts'
import { deleteSubject } from '../store/subject.ts'
import { deleteKeys } from '../store/subjectKey.ts'
import { suppress } from '../store/suppression.ts'
import { hashForSuppression } from '../vault/identifier.ts'
import { openJson } from '../vault/seal.ts'
import type { Installation } from './installation.ts'
import { numberWaiting } from './numberEntries.ts'
import { recordEntry } from './recordEntry.ts'
import { type Standing, takeStanding } from './standing.ts'

export interface ErasedSubject {
  readonly records: number
  readonly choices: number
  readonly identifiers: number
  readonly keys: number
  /** Indexes of the ledger entries whose subject part is gone, in order. */
  readonly entries: readonly number[]
  readonly refusalsKept: boolean
}

/**
 * Of a person with several subjects, call it for each.
 * @throws AvowError SUBJECT_UNKNOWN: also for one that is erased already
 */
export async function eraseSubject(tx: Tx, installation: Installation, subjectId: string): Promise<ErasedSubject> {
  const standing = await takeStanding(tx, installation, { subjectId }, { lock: 'update' })
  // No new entries come: each is written under a lock on the subject's row, which this transaction now holds for update.
  // Those that wait get their indexes first, because an erasure is told by index.
  if ((await countPending(tx, subjectId)) > 0) await numberWaiting(tx, installation)

  const refusalsKept = await keepRefusals(tx, installation, standing)
  const records = await deleteRecords(tx, subjectId)
  const choices = await deleteChoices(tx, subjectId)
  const identifiers = await deleteIdentifiers(tx, subjectId)
  const entries = await blankLeaves(tx, subjectId)
  const keys = await deleteKeys(tx, subjectId)
  await deleteSubject(tx, subjectId)
  for (const erased of chunkRanges(rangesOf(entries))) {
    await recordEntry(tx, installation, { standing: { head: standing.head }, kind: 'erase', erased })
  }
  return { records, choices, identifiers, keys, entries, refusalsKept }
}

async function keepRefusals(tx: Tx, { vault, now }: Installation, standing: Standing): Promise<boolean> {
  const { subjectId, keys, person } = standing
  const refusals = refusalsOf(person.facts)
  if (refusals === undefined) return false
  const hashes = (await identifiersOf(tx, subjectId)).map(({ kind, sealed }) => {
    const value = openJson(keys.ordinary, { subjectId, record: 'identifier', field: kind }, sealed)
    return hashForSuppression(vault, { kind, value: String(value) })
  })
  if (hashes.length > 0) await suppress(tx, hashes, refusals, now())
  return hashes.length > 0
}

/** What of the facts is a refusal; undefined where there is none. */
function refusalsOf({ optOut, limitSensitive, consent, objection }: StoredFacts): StoredFacts | undefined {
  const withdrawn = only(consent, 'withdrawn')
  const raised = only(objection, 'raised')
  const refusals: StoredFacts = {
    ...(optOut === 'yes' ? { optOut } : {}),
    ...(limitSensitive === 'yes' ? { limitSensitive } : {}),
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
