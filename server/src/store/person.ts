/**
 * A person as the vault knows them, across their linked subjects: what finding and erasing one needs. One statement each.
 * Does not: cross from a household to its members, or back.
 */
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { byteaArray } from './ledger.ts'

export interface PersonSubject {
  readonly subjectId: string
  /** Null once the key is destroyed. */
  readonly wrappedOrdinary: Uint8Array | null
  readonly identifiers: readonly { readonly kind: string; readonly hash: Uint8Array; readonly sealed: Uint8Array }[]
}

/** The subjects that answer to any of the hashes, and the persons they are linked to, in the order of their ids. */
export async function personSubjects(tx: Tx, hashes: readonly Uint8Array[]): Promise<readonly PersonSubject[]> {
  const { rows } = await sql<{
    subject_id: string
    wrapped: Uint8Array | null
    kind: string | null
    hash: Uint8Array | null
    sealed: Uint8Array | null
  }>`
    with found as (
      select s.subject_id, s.linked from avow.identifier i join avow.subject s using (subject_id)
       where i.hash = any(${byteaArray(hashes)}::bytea[]) and s.kind = 'person'
    ), whole as (
      select subject_id from found union
      select s.subject_id from avow.subject s where s.kind = 'person'
         and s.subject_id in (select unnest(linked) from found)
    )
    select w.subject_id, k.wrapped, i.kind, i.hash, i.sealed from whole w
      left join avow_keys.subject_key k on k.subject_id = w.subject_id and k.sensitivity = 'ordinary'
      left join avow.identifier i on i.subject_id = w.subject_id
     order by w.subject_id, i.hash`.execute(tx)
  const bySubject = new Map<
    string,
    { wrapped: Uint8Array | null; identifiers: PersonSubject['identifiers'][number][] }
  >()
  for (const { subject_id, wrapped, kind, hash, sealed } of rows) {
    const subject = bySubject.get(subject_id) ?? { wrapped, identifiers: [] }
    bySubject.set(subject_id, subject)
    if (kind !== null && hash !== null && sealed !== null) subject.identifiers.push({ kind, hash, sealed })
  }
  return [...bySubject].map(([subjectId, { wrapped, identifiers }]) => ({
    subjectId,
    wrappedOrdinary: wrapped,
    identifiers,
  }))
}

/** How much the vault keeps of these subjects. */
export interface Held {
  readonly values: number
  readonly identifiers: number
  readonly choices: number
}

export async function countHeld(tx: Tx, subjectIds: readonly string[]): Promise<Held> {
  const mine = sql`subject_id = any(${subjectIds}::uuid[])`
  const { rows } = await sql<Held>`
    select (select count(*) from avow.record where ${mine}) as values,
      (select count(*) from avow.identifier where ${mine}) as identifiers,
      (select count(*) from avow.choice where ${mine}) as choices`.execute(tx)
  return rows[0] ?? { values: 0, identifiers: 0, choices: 0 }
}

/** Ciphertexts of these subjects, to look for after an erasure; at most `limit`, which is said in the receipt. */
export async function ciphertextsOf(
  tx: Tx,
  subjectIds: readonly string[],
  limit: number,
): Promise<readonly Uint8Array[]> {
  const { rows } = await sql<{ sealed: Uint8Array }>`
    select sealed from avow.record where subject_id = any(${subjectIds}::uuid[]) limit ${limit}`.execute(tx)
  return rows.map((row) => row.sealed)
}
