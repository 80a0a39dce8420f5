/**
 * All that the vault holds of one subject: given out for an answer, or erased.
 * An erasure deletes identifiers, records and choices, destroys the keys, and takes the subject's parts out of the
 * ledger; what stays is the subjectless public part of each entry, and the refusals that must outlive it: keyed hash
 * and closed values, so that someone who said no is not asked again when they come back (GDPR 17(3)(b), 21(3)).
 * Does not: decide whether it may be done, look at company stores, or write the entry of kind `erase` (erase.ts).
 */
import type { PublicPart } from '@avow/core/ledger/entry'
import { parsePublicPart } from '@avow/core/ledger/entry'
import { type ChoiceRow, choicesOf, deleteChoices } from '../store/choice.ts'
import type { Tx } from '../store/database.ts'
import { deleteIdentifiers, identifiersOf } from '../store/identifier.ts'
import { blankLeaves, countPending, streamLeaves } from '../store/ledger.ts'
import { deleteRecords, type RecordRow, streamRecords } from '../store/record.ts'
import type { StoredFacts } from '../store/schema.ts'
import { deleteSubject } from '../store/subject.ts'
import { deleteKeys } from '../store/subjectKey.ts'
import { suppress } from '../store/suppression.ts'
import { hashForSuppression, type Identifier } from '../vault/identifier.ts'
import { openJson } from '../vault/seal.ts'
import type { Value } from './collect.ts'
import type { Installation } from './installation.ts'
import { openValue } from './read.ts'
import { openEntry } from './recordEntry.ts'
import { type Standing, takeStanding } from './standing.ts'

export type Holding =
  | { readonly kind: 'identifier'; readonly identifier: Identifier }
  | { readonly kind: 'value'; readonly label: Omit<RecordRow, 'sealed' | 'subjectId'>; readonly value: Value }
  | { readonly kind: 'choice'; readonly choice: Omit<ChoiceRow, 'sealedNote' | 'subjectId'>; readonly note?: string }
  | { readonly kind: 'entry'; readonly index: number; readonly publicPart: PublicPart; readonly subjectPart: unknown }

/**
 * Everything, opened; a page at a time, so memory stays flat however much there is.
 * @throws AvowError SUBJECT_UNKNOWN, KEY_DESTROYED, SEAL_INVALID
 */
export async function* openAll(tx: Tx, installation: Installation, subjectId: string): AsyncGenerator<Holding> {
  const standing = await takeStanding(tx, installation, { subjectId })
  for (const identifier of await identifiersHeld(tx, standing)) yield { kind: 'identifier', identifier }
  for await (const row of streamRecords(tx, subjectId)) {
    const { sealed: _, subjectId: __, ...label } = row
    yield { kind: 'value', label, value: openValue(standing, row) }
  }
  for (const { sealedNote, subjectId: _, ...choice } of await choicesOf(tx, subjectId)) {
    if (sealedNote === null) yield { kind: 'choice', choice }
    else {
      const place = { subjectId, record: choice.choiceId, field: 'note' }
      yield { kind: 'choice', choice, note: String(openJson(standing.keys.ordinary, place, sealedNote)) }
    }
  }
  for await (const { index, entryId, publicBytes, sealed } of streamLeaves(tx, subjectId)) {
    if (sealed === null) continue
    const { subjectPart } = openEntry(standing.keys.ordinary, { subjectId, entryId, sealed })
    const part: unknown = JSON.parse(Buffer.from(subjectPart).toString())
    yield { kind: 'entry', index, publicPart: parsePublicPart(publicBytes), subjectPart: part }
  }
}

/** By what the subject is known, in normal form. */
export async function identifiersHeld(tx: Tx, standing: Pick<Standing, 'subjectId' | 'keys'>): Promise<Identifier[]> {
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
