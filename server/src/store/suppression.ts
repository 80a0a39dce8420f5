/**
 * Refusals that outlive an erasure: hash and closed values, nothing else. Should the person come back under the same
 * identifier, they still hold. A blind index of another key than `identifier`'s: the two cannot be joined.
 */
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import type { StoredFacts } from './schema.ts'

/** What an unknown identifier starts with, and the policy head: one statement. */
export async function suppressedFacts(tx: Tx, hash: Uint8Array): Promise<{ facts: StoredFacts; head: string | null }> {
  const { rows } = await sql<{ facts: StoredFacts | null; head: string | null }>`
    select (select s.facts from avow.suppression s where s.hash = ${hash}) as facts,
      (select h.id from avow.policy_head h) as head`.execute(tx)
  return { facts: rows[0]?.facts ?? {}, head: rows[0]?.head ?? null }
}

export async function suppress(tx: Tx, hashes: readonly Uint8Array[], facts: StoredFacts, since: Date): Promise<void> {
  const rows = hashes.map((hash) => ({ hash, facts: JSON.stringify(facts), since }))
  await tx
    .insertInto('avow.suppression')
    .values(rows)
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ facts: JSON.stringify(facts), since }))
    .execute()
}
