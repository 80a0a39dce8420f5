/**
 * Who gives indexes. A holder has a number (a fence) that grows with each taking; each batch looks in its own
 * transaction whether the number still holds, and keeps the row locked until it commits: so two never number at once,
 * however late one of them wakes up. `until` only spares the other the trying.
 * A holder that freezes, or is cut off from the network, in the middle of a batch holds the row too, and PostgreSQL
 * would wait for it for hours: so it is told to give up such a transaction after seconds.
 */
import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Far longer than a batch ever leaves its transaction idle, to hash what it has read. */
const frozenAfterMs = 5000

/** Takes the lease where it has run out, or whoever holds it with `force`. @returns the fence, or undefined */
export async function takeLease(tx: Tx, now: Date, until: Date, force = false): Promise<number | undefined> {
  const { rows } = await sql<{ fence: number }>`update avow.sequencer_lease set fence = fence + 1, until = ${until}
    where one and (${force} or until <= ${now}) returning fence`.execute(tx)
  return rows[0]?.fence
}

/** Locks the lease for this transaction and extends it. @returns false where somebody else has taken it since */
export async function holdLease(tx: Tx, fence: number, until: Date): Promise<boolean> {
  const { rows } = await sql`update avow.sequencer_lease set until = ${until} where one and fence = ${fence}
    returning set_config('idle_in_transaction_session_timeout', ${`${frozenAfterMs}`}, true)`.execute(tx)
  return rows.length === 1
}

export async function endLease(tx: Tx, fence: number): Promise<void> {
  await sql`update avow.sequencer_lease set until = '-infinity' where one and fence = ${fence}`.execute(tx)
}
