/**
 * Writes the ledger entry of an act, in the act's own transaction; the sequencer gives it its index afterwards.
 * Its subject part says who, what exactly and at what time, sealed with its salt under the subject's key.
 * INVARIANT: an entry that names a subject is written while that subject's row is locked, so an erasure, which takes it
 * for update, meets every entry there is.
 */

import { commit, type EntryKind, formatPublicPart, noSubject, saltLength } from '@avow/core/ledger/entry'
import type { IndexRange } from '@avow/core/ledger/ranges'
import type { Tx } from '../store/database.ts'
import { appendEntry } from '../store/ledger.ts'
import { sha256 } from '../vault/digest.ts'
import { takeRandom } from '../vault/random.ts'
import { open, seal } from '../vault/seal.ts'
import { createId, type Installation } from './installation.ts'

export interface Entry {
  /** Whose it is, and under which policy; a subject-less entry has the version alone. */
  readonly standing: {
    readonly head: string
    readonly subjectId?: string
    readonly keys?: { readonly ordinary: Uint8Array }
  }
  readonly kind: EntryKind
  readonly rule?: string
  readonly action?: string
  readonly purpose?: string | undefined
  readonly recipient?: string | undefined
  readonly labels?: readonly { readonly context: string; readonly category: string }[]
  readonly erased?: readonly IndexRange[]
  /** JSON. Sealed; never seen without the subject's key. */
  readonly detail?: unknown
}

/** @returns the id of the entry */
export async function recordEntry(tx: Tx, { now }: Installation, entry: Entry): Promise<string> {
  const { standing, kind, labels = [], detail } = entry
  const addedAt = now()
  const entryId = createId(addedAt)
  const publicBytes = formatPublicPart({
    kind,
    day: addedAt.toISOString().slice(0, 10),
    policyVersion: standing.head,
    ...(entry.rule === undefined ? {} : { rule: entry.rule }),
    ...(entry.action === undefined ? {} : { action: entry.action }),
    ...(labels.length === 0
      ? {}
      : {
          contexts: sorted(labels.map(({ context }) => context)),
          categories: sorted(labels.map(({ category }) => category)),
        }),
    ...(entry.purpose === undefined ? {} : { purpose: entry.purpose }),
    ...(entry.recipient === undefined ? {} : { recipient: entry.recipient }),
    ...(entry.erased === undefined || entry.erased.length === 0 ? {} : { erased: entry.erased }),
  })
  const { subjectId, keys } = standing
  if (subjectId === undefined || keys === undefined) {
    await appendEntry(tx, { entryId, subjectId: null, publicBytes, commitment: noSubject, sealed: null, addedAt })
    return entryId
  }
  const subjectPart = Buffer.from(JSON.stringify({ subjectId, at: addedAt.toISOString(), detail: detail ?? null }))
  const salt = takeRandom(saltLength)
  const sealed = seal(keys.ordinary, placeOf(subjectId, entryId), Buffer.concat([salt, subjectPart]))
  const commitment = commit(salt, subjectPart, sha256)
  await appendEntry(tx, { entryId, subjectId, publicBytes, commitment, sealed, addedAt })
  return entryId
}

/** The salt and the subject part of an entry. @throws AvowError SEAL_INVALID */
export function openEntry(
  key: Uint8Array,
  { subjectId, entryId, sealed }: { readonly subjectId: string; readonly entryId: string; readonly sealed: Uint8Array },
): { readonly salt: Uint8Array; readonly subjectPart: Uint8Array } {
  const plain = open(key, placeOf(subjectId, entryId), sealed)
  return { salt: plain.subarray(0, saltLength), subjectPart: plain.subarray(saltLength) }
}

const placeOf = (subjectId: string, entryId: string) => ({ subjectId, record: 'ledger', field: entryId })

const sorted = (names: readonly string[]) => [...new Set(names)].sort()
