/** Records in the ledger that a person was given their data: once for each of their subjects, or once for none. */
import { AvowError } from '@avow/core/errors'
import type { Tx } from '../store/database.ts'
import { policyHead } from '../store/policy.ts'
import type { Installation } from './installation.ts'
import { recordEntry } from './recordEntry.ts'
import { takeStanding } from './standing.ts'

/** @returns the version of the policy that holds. @throws AvowError NOT_FOUND where none does */
export async function recordAccess(
  tx: Tx,
  installation: Installation,
  subjectIds: readonly string[],
  detail: { readonly requestId: string },
): Promise<string> {
  const head = await policyHead(tx)
  if (head === undefined) throw new AvowError('NOT_FOUND', 'no policy holds yet: publish one first')
  for (const subjectId of subjectIds) {
    const standing = await takeStanding(tx, installation, { subjectId })
    await recordEntry(tx, installation, { standing, kind: 'access', detail })
  }
  // Nobody in the vault: what a company store holds was given all the same, and the log tells that something was.
  if (subjectIds.length === 0) await recordEntry(tx, installation, { standing: { head }, kind: 'access' })
  return head
}
