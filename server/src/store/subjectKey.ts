/** The wrapped keys of subjects: in a schema of their own, outside data backups. */
import type { Tx } from './database.ts'
import type { Sensitivity } from './schema.ts'

export async function insertKeys(
  tx: Tx,
  subjectId: string,
  wrapped: Readonly<Record<Sensitivity, Uint8Array>>,
): Promise<void> {
  const rows = (['ordinary', 'sensitive'] as const).map((sensitivity) => ({
    subject_id: subjectId,
    sensitivity,
    wrapped: wrapped[sensitivity],
  }))
  await tx.insertInto('avow_keys.subject_key').values(rows).execute()
}

/** From here on nothing sealed for the subject opens. @returns how many keys there were */
export async function deleteKeys(tx: Tx, subjectId: string): Promise<number> {
  const done = await tx.deleteFrom('avow_keys.subject_key').where('subject_id', '=', subjectId).executeTakeFirst()
  return Number(done.numDeletedRows)
}
