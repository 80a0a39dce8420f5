/**
 * Subjects: who they are to us, what is known of them for a decision, and the lock that keeps it so until the commit.
 * INVARIANT: an act holds the rows it reads for share, a choice and an erasure for update. The facts stand on the
 * locked row itself, so PostgreSQL gives them as last committed even where the lock had to be waited for; a statement's
 * snapshot would give other tables as they were before the wait.
 */
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import type { Sensitivity, StoredFacts, SubjectKind } from './schema.ts'

/** What an act stands on: one subject, locked, with the policy head and its wrapped keys. */
export interface StandingRow {
  readonly subjectId: string
  readonly kind: SubjectKind
  readonly facts: StoredFacts
  readonly linked: readonly string[]
  readonly wrapped: Readonly<Record<Sensitivity, Uint8Array | null>>
  readonly head: string | null
}

export type SubjectKey = { readonly hash: Uint8Array } | { readonly subjectId: string }
/** For share: others may act on the subject meanwhile, none may change what is known of it. */
export type Lock = 'share' | 'update'

/** One statement: the subject with its facts, keys and the policy head; undefined where nobody answers to it. */
export async function readStanding(tx: Tx, key: SubjectKey, lock: Lock): Promise<StandingRow | undefined> {
  const which =
    'hash' in key
      ? sql`s.subject_id = (select i.subject_id from avow.identifier i where i.hash = ${key.hash})`
      : sql`s.subject_id = ${key.subjectId}`
  const { rows } = await sql<{
    subject_id: string
    kind: SubjectKind
    facts: StoredFacts
    linked: string[]
    ordinary: Uint8Array | null
    sensitive: Uint8Array | null
    head: string | null
  }>`
    select s.subject_id, s.kind, s.facts, s.linked,
      (select k.wrapped from avow_keys.subject_key k
        where k.subject_id = s.subject_id and k.sensitivity = 'ordinary') as ordinary,
      (select k.wrapped from avow_keys.subject_key k
        where k.subject_id = s.subject_id and k.sensitivity = 'sensitive') as sensitive,
      (select h.id from avow.policy_head h) as head
    from avow.subject s where ${which} for ${lock === 'share' ? sql`share` : sql`update`} of s`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  const { subject_id: subjectId, kind, facts, linked, ordinary, sensitive, head } = row
  return { subjectId, kind, facts, linked, wrapped: { ordinary, sensitive }, head }
}

export interface LinkedFacts {
  readonly subjectId: string
  readonly facts: StoredFacts
}

/** The facts of the other subjects of a person, or of the members of a household; locked in the order of their ids. */
export async function readLinkedFacts(tx: Tx, subjectIds: readonly string[], lock: Lock): Promise<LinkedFacts[]> {
  const query = tx
    .selectFrom('avow.subject')
    .select(['subject_id as subjectId', 'facts'])
    .where('subject_id', 'in', subjectIds)
    .orderBy('subject_id')
  return (lock === 'share' ? query.forShare() : query.forUpdate()).execute()
}

export interface NewSubject {
  readonly subjectId: string
  readonly kind: SubjectKind
  readonly facts: StoredFacts
  readonly createdAt: Date
}

export async function insertSubject(tx: Tx, { subjectId, kind, facts, createdAt }: NewSubject): Promise<void> {
  await tx
    .insertInto('avow.subject')
    .values({ subject_id: subjectId, kind, facts: JSON.stringify(facts), linked: [], created_at: createdAt })
    .execute()
}

export async function updateFacts(tx: Tx, subjectId: string, facts: StoredFacts): Promise<void> {
  await tx
    .updateTable('avow.subject')
    .set({ facts: JSON.stringify(facts) })
    .where('subject_id', '=', subjectId)
    .execute()
}

/** The subjects of these that exist, locked for a change of their links, in the order of their ids. */
export async function lockLinks(
  tx: Tx,
  subjectIds: readonly string[],
): Promise<{ subjectId: string; kind: SubjectKind; linked: string[] }[]> {
  return tx
    .selectFrom('avow.subject')
    .select(['subject_id as subjectId', 'kind', 'linked'])
    .where('subject_id', 'in', subjectIds)
    .orderBy('subject_id')
    .forUpdate()
    .execute()
}

export async function updateLinks(tx: Tx, subjectId: string, linked: readonly string[]): Promise<void> {
  await tx
    .updateTable('avow.subject')
    .set({ linked: [...linked] })
    .where('subject_id', '=', subjectId)
    .execute()
}

/** Takes the subject's row away, and its id out of every household and person that named it. */
export async function deleteSubject(tx: Tx, subjectId: string): Promise<void> {
  await sql`update avow.subject set linked = array_remove(linked, ${subjectId}::uuid)
    where linked @> array[${subjectId}::uuid]`.execute(tx)
  await tx.deleteFrom('avow.subject').where('subject_id', '=', subjectId).execute()
}
