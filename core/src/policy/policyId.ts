/**
 * The id of a version of a policy: the hash of its canonical JSON (RFC 8785), so that whoever has the document can
 * tell which version it is, and no two versions share one.
 */
import { canonicalJson } from '../canonicalJson.ts'
import type { PolicyDocument } from './document.ts'

/**
 * @param hash SHA-256
 * @returns 64 hexadecimal digits
 */
export function policyId(policy: PolicyDocument, hash: (bytes: Uint8Array) => Uint8Array): string {
  const digest = hash(new TextEncoder().encode(canonicalJson(policy)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
