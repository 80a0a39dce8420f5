/**
 * An entry of the ledger: what of it is public and kept for ever, what belongs to the subject, and the leaf they make.
 * Bytes as in spec/ledger.md §2. The public part holds names that the policy declares, never free text, so that
 * nothing of a person can stand in it; the subject part is bytes, which the server seals under the subject's key.
 * The leaf binds the subject part through a salted commitment: without salt and bytes it tells nothing about them,
 * and the leaf still verifies when both are gone.
 */
import { AvowError } from '../errors.ts'
import { type IndexRange, rangesShape } from './ranges.ts'
import {
  allShapes,
  day,
  kindShape,
  listShape,
  objectShape,
  requireShape,
  type Shape,
  shapeOf,
  textShape,
} from './shape.ts'
import { type Hash, hashLeaf, hashLength } from './tree.ts'

/** What an entry may record. A new kind is added here and in spec/ledger.md §2. */
export const entryKinds = {
  collect: 'values about a subject were taken in',
  choose: 'a subject consented, objected, restricted, opted out or gave an age',
  read: 'values were read for a stated purpose',
  access: 'a subject was given their data',
  disclose: 'values were passed to a recipient',
  correct: 'values were corrected',
  erase: 'values, and the subject parts of earlier entries, were destroyed',
  publish: 'a version of the policy took effect',
} as const

export type EntryKind = keyof typeof entryKinds

export interface PublicPart {
  readonly kind: EntryKind
  /** YYYY-MM-DD in UTC. No finer: a time of day would help to single a person out. */
  readonly day: string
  /** The version of the policy under which it was decided. */
  readonly policyVersion: string
  /** The rule that permitted it. */
  readonly rule?: string
  readonly action?: string
  /** Sorted by code unit, without repeats, at least one; so are the categories. */
  readonly contexts?: readonly string[]
  readonly categories?: readonly string[]
  readonly purpose?: string
  readonly recipient?: string
  /** Of an `erase` only: the earlier entries whose subject part is now gone. */
  readonly erased?: readonly IndexRange[]
}

/** In the place of the commitment of an entry that never had a subject part, such as `publish`. */
export const noSubject: Uint8Array = new Uint8Array(hashLength)

export const saltLength = 32
const commitmentTag = new TextEncoder().encode('avow ledger commitment v1\n')

/** Binds a subject part without showing it. @param salt 32 random bytes, used once, as secret as the part itself */
export function commit(salt: Uint8Array, subjectPart: Uint8Array, hash: Hash): Uint8Array {
  if (salt.length !== saltLength) {
    throw new AvowError('INPUT_INVALID', `a salt of ${salt.length} bytes: give 32 random bytes`)
  }
  const bytes = new Uint8Array(commitmentTag.length + saltLength + subjectPart.length)
  bytes.set(commitmentTag)
  bytes.set(salt, commitmentTag.length)
  bytes.set(subjectPart, commitmentTag.length + saltLength)
  return hash(bytes)
}

const lengthBytes = new Uint8Array(4)

/**
 * The leaf hash of an entry. The length of the public part comes first, so that no other pair has the same bytes.
 * @param publicBytes as `formatPublicPart` gives them
 * @param commitment from `commit`, or `noSubject`
 */
export function leafHashOf(publicBytes: Uint8Array, commitment: Uint8Array, hash: Hash): Uint8Array {
  if (commitment.length !== hashLength) {
    throw new AvowError('INPUT_INVALID', `a commitment of ${commitment.length} bytes: give the 32 of SHA-256`)
  }
  const length = publicBytes.length
  lengthBytes.set([length >>> 24, length >>> 16, length >>> 8, length])
  return hashLeaf([lengthBytes, publicBytes, commitment], hash)
}

/** The one form of a public part: canonical JSON (RFC 8785) in UTF-8. @throws AvowError INPUT_INVALID */
export function formatPublicPart(part: PublicPart): Uint8Array {
  checkPublicPart(part)
  return new TextEncoder().encode(canonicalText(part))
}

/** @throws AvowError INPUT_INVALID unless the bytes are the one form of a public part */
export function parsePublicPart(bytes: Uint8Array): PublicPart {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    value = JSON.parse(text)
  } catch (cause) {
    throw new AvowError('INPUT_INVALID', 'the public part of a ledger entry is not JSON', { cause })
  }
  checkPublicPart(value)
  if (canonicalText(value) !== text) {
    throw new AvowError('INPUT_INVALID', 'the public part of a ledger entry is not canonical JSON (RFC 8785)')
  }
  return value
}

/** RFC 8785 in one call: its properties in order, and nothing in it but ASCII names, days and integers. */
function canonicalText(part: PublicPart): string {
  return JSON.stringify(part, propertyOrder)
}

/** A name of the policy, an id or a hash: no space and no @, so that no sentence and no address fits. */
const name = textShape('a name: letters, digits and . _ : / -', /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/)
const names: Shape = allShapes(
  listShape(name, 1, 256),
  shapeOf('sorted, each name once', (value) => {
    return Array.isArray(value) && value.every((each, at) => at === 0 || value[at - 1] < each)
  }),
)

const common = { day, policyVersion: name }
const optional = { rule: name, action: name, contexts: names, categories: names, purpose: name, recipient: name }
export const publicShape: Shape = kindShape(
  Object.fromEntries(
    Object.keys(entryKinds).map((kind) => [
      kind,
      // Only an erasure explains why earlier subject parts are gone.
      objectShape({ kind: name, ...common }, kind === 'erase' ? { ...optional, erased: rangesShape } : optional),
    ]),
  ),
)

const propertyOrder = ['kind', 'erased', ...Object.keys(common), ...Object.keys(optional)].sort()

/** @throws AvowError INPUT_INVALID with the path of the fault */
export function checkPublicPart(value: unknown): asserts value is PublicPart {
  requireShape(publicShape, value)
}
