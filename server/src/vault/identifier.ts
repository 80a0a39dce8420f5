/**
 * Finding a person by what they call themselves, without keeping it readable: a keyed hash (HMAC-SHA-256, RFC 2104) of
 * the identifier's normal form. Two ways of writing one address give one hash.
 * An e-mail address: Unicode NFC, lower case throughout. RFC 5321 §2.4 lets a host tell local parts by case; none that
 * matters does, and a person who types it otherwise must be found. Dots and plus tags are kept: they may be two people.
 * A phone number: digits with a leading +; a national number needs its country code, which is not guessed.
 */
import { createHmac } from 'node:crypto'
import { AvowError } from '@avow/core/errors'
import type { Vault } from './vault.ts'

export interface Identifier {
  /** `email`, `phone`, or a kind of the company's own: `account`, `cookie`. */
  readonly kind: string
  readonly value: string
}

const normalForms: Readonly<Record<string, (value: string) => string | undefined>> = {
  email: (value) => (/^[^\s@]+@[^\s@]+$/.test(value) ? value.toLowerCase() : undefined),
  phone: (value) => {
    const digits = value.replace(/^00/, '+').replace(/[\s().\-/]/g, '')
    // E.164: at most fifteen digits, the country code first.
    return /^\+[1-9][0-9]{5,14}$/.test(digits) ? digits : undefined
  },
}

/** @throws AvowError INPUT_INVALID, without quoting it */
export function normalise({ kind, value }: Identifier): string {
  const trimmed = value.normalize('NFC').trim()
  const form = Object.hasOwn(normalForms, kind) ? normalForms[kind] : undefined
  const normal = form === undefined ? trimmed : form(trimmed)
  if (normal) return normal
  const cure: Readonly<Record<string, string>> = {
    email: 'give an address as `name@host`',
    phone: 'give it with its country code, as `+44…`',
  }
  throw new AvowError(
    'INPUT_INVALID',
    `the identifier of kind \`${kind}\` is malformed: ${cure[kind] ?? 'give its value'}`,
  )
}

/** The hash by which the subject is found. @throws AvowError INPUT_INVALID */
export function hashIdentifier(vault: Vault, identifier: Identifier): Uint8Array {
  return keyedHash(vault.identifierKey, identifier)
}

/** The hash of the same identifier on the list of refusals; it cannot be told to belong to the other. */
export function hashForSuppression(vault: Vault, identifier: Identifier): Uint8Array {
  return keyedHash(vault.suppressionKey, identifier)
}

function keyedHash(key: Uint8Array, identifier: Identifier): Uint8Array {
  return createHmac('sha256', key)
    .update(JSON.stringify([identifier.kind, normalise(identifier)]))
    .digest()
}
