/**
 * Makes a version of the policy the one that holds. Only a sound policy all of whose properties are proven gets there:
 * a version that breaks a promise is refused, with the smallest case that breaks it.
 * A version's id is the SHA-256 of its canonical JSON (RFC 8785), in hexadecimal.
 */
import { canonicalJson } from '@avow/core/canonicalJson'
import { prove } from '@avow/core/decision/prove'
import { AvowError } from '@avow/core/errors'
import { assertSound } from '@avow/core/policy/check'
import type { PolicyDocument } from '@avow/core/policy/document'
import { policyId } from '@avow/core/policy/policyId'
import type { Tx } from '../store/database.ts'
import { insertPolicy, policyHead, setPolicyHead } from '../store/policy.ts'
import { sha256 } from '../vault/digest.ts'
import type { Installation } from './installation.ts'
import { recordEntry } from './recordEntry.ts'

export interface PolicyVersion {
  readonly id: string
  readonly text: string
}

/**
 * The version a document makes. Takes a second or so on a large policy: call it outside a transaction.
 * @throws AvowError POLICY_UNKNOWN_NAME, POLICY_UNSOUND, POLICY_TOO_WIDE, POLICY_BREAKS_PROOF
 */
export function checkVersion(policy: PolicyDocument): PolicyVersion {
  assertSound(policy)
  for (const [name, property] of Object.entries(policy.properties)) {
    const result = prove(policy, property)
    if (result.holds) continue
    throw new AvowError(
      'POLICY_BREAKS_PROOF',
      `the property \`${name}\` does not hold: run \`avow prove\` for the smallest case against it`,
      { path: ['properties', name] },
    )
  }
  return { id: policyId(policy, sha256), text: canonicalJson(policy) }
}

/** @param version from `checkVersion`. @returns whether it was not the one that held already */
export async function publishPolicy(tx: Tx, installation: Installation, version: PolicyVersion): Promise<boolean> {
  if ((await policyHead(tx)) === version.id) return false
  await insertPolicy(tx, version.id, version.text, installation.now())
  await setPolicyHead(tx, version.id)
  await recordEntry(tx, installation, { standing: { head: version.id }, kind: 'publish' })
  return true
}
