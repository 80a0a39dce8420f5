/** SHA-256 and Ed25519 verification, as the ledger's mathematics takes them: synchronous parameters. */
import { createPublicKey, hash, verify } from 'node:crypto'
import type { Verify } from '@avow/core/ledger/note'
import type { Hash } from '@avow/core/ledger/tree'

export const sha256: Hash = (bytes) => hash('sha256', bytes, 'buffer')

/** RFC 8032; false for whatever is no valid signature. */
export const verifyEd25519: Verify = (publicKey, message, signature) => {
  try {
    const x = Buffer.from(publicKey).toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, message, key, signature)
  } catch {
    return false
  }
}
