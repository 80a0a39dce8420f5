/**
 * The secrets of an installation, ready for use: keys derived from the wrapping key, one for each thing (HKDF, RFC 5869),
 * so that none serves two ends, and the signer of the log. Held in memory only.
 * A subject has a key for ordinary and one for sensitive values; both are random and kept wrapped. Where they are gone,
 * all they sealed is gone, in every copy of it. Does not: store anything.
 */
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { type NoteSigner, noteKey } from '@avow/core/ledger/note'
import { sha256 } from './digest.ts'
import { type KeySource, keyLength } from './keySource.ts'
import { open, seal } from './seal.ts'

export interface Vault {
  readonly wrappingKey: Uint8Array
  /** Keys the hashes by which identifiers are found. */
  readonly identifierKey: Uint8Array
  /** Keys the hashes of refusals that outlive an erasure: another key, so that no blind index outlives it. */
  readonly suppressionKey: Uint8Array
  readonly logKey: KeyObject
}

/** @throws AvowError KEY_MISSING */
export async function openVault(source: KeySource): Promise<Vault> {
  const secret = await source.wrapping()
  const derive = (info: string) => new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), info, keyLength))
  return {
    wrappingKey: derive('avow subject keys v1'),
    identifierKey: derive('avow identifiers v1'),
    suppressionKey: derive('avow suppression v1'),
    logKey: ed25519(await source.log()),
  }
}

export type Sensitivity = 'ordinary' | 'sensitive'

/** A new key of a subject. */
export function createSubjectKey(): Uint8Array {
  return randomBytes(keyLength)
}

export function wrapKey(vault: Vault, subjectId: string, sensitivity: Sensitivity, key: Uint8Array): Uint8Array {
  return seal(vault.wrappingKey, { subjectId, record: 'key', field: sensitivity }, key)
}

/** @throws AvowError SEAL_INVALID: it is another subject's, altered, or wrapped under another wrapping key */
export function unwrapKey(vault: Vault, subjectId: string, sensitivity: Sensitivity, wrapped: Uint8Array): Uint8Array {
  return open(vault.wrappingKey, { subjectId, record: 'key', field: sensitivity }, wrapped)
}

/** Signs the checkpoints of the log `origin`. */
export function logSigner(vault: Vault, origin: string): NoteSigner {
  const { x } = createPublicKey(vault.logKey).export({ format: 'jwk' })
  if (x === undefined) throw new Error('internal: an Ed25519 key has a public part')
  return {
    key: noteKey(origin, Buffer.from(x, 'base64url'), sha256),
    sign: (message) => sign(null, message, vault.logKey),
  }
}

/** A private key from its 32-byte seed (RFC 8410 §7: a PKCS #8 header, then the seed). */
function ed25519(seed: Uint8Array): KeyObject {
  const header = Buffer.from('302e020100300506032b657004220420', 'hex')
  return createPrivateKey({ key: Buffer.concat([header, seed]), format: 'der', type: 'pkcs8' })
}
