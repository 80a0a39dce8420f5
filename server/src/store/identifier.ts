/** By what a subject is found: keyed hashes, each beside its sealed value, so that an answer can say what we know. */
import type { Tx } from './database.ts'

export interface IdentifierRow {
  readonly hash: Uint8Array
  readonly subjectId: string
  readonly kind: string
  readonly sealed: Uint8Array
}

/** @returns false where the identifier is another subject's already; then nothing was changed */
export async function insertIdentifier(tx: Tx, { hash, subjectId, kind, sealed }: IdentifierRow): Promise<boolean> {
  const done = await tx
    .insertInto('avow.identifier')
    .values({ hash, subject_id: subjectId, kind, sealed })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function identifiersOf(tx: Tx, subjectId: string): Promise<IdentifierRow[]> {
  return tx
    .selectFrom('avow.identifier')
    .select(['hash', 'subject_id as subjectId', 'kind', 'sealed'])
    .where('subject_id', '=', subjectId)
    .orderBy('hash')
    .execute()
}

export async function deleteIdentifiers(tx: Tx, subjectId: string): Promise<number> {
  const done = await tx.deleteFrom('avow.identifier').where('subject_id', '=', subjectId).executeTakeFirst()
  return Number(done.numDeletedRows)
}
