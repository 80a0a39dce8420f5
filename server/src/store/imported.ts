/** Which rows of imports were kept already, by keyed hash. */
import type { Tx } from './database.ts'

/** @returns false where the row was imported before; then nothing was changed */
export async function markImported(tx: Tx, hash: Uint8Array, at: Date): Promise<boolean> {
  const done = await tx
    .insertInto('avow.imported')
    .values({ hash, imported_at: at })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}
