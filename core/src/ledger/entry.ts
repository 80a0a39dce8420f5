/**
 * An entry of the ledger: what of it is public and kept for ever, what belongs to the subject, and the leaf they make.
 * Bytes as in spec/ledger.md §2. The public part holds names that the policy declares, never free text, so that
 * nothing of a person can stand in it; the subject part is bytes, which the server seals under the subject's key.
 * The leaf binds the subject part through a salted commitment: without salt and bytes it tells nothing about them,
 * and the leaf still verifies when both are gone.
 */
import { AvowError } from '../errors.ts'
import { checkRanges, type IndexRange, maximumRanges } from './ranges.ts'
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
  return hash(concat([commitmentTag, salt, subjectPart]))
}

/**
 * The leaf hash of an entry. The length of the public part comes first, so that no other pair has the same bytes.
 * @param publicBytes as `formatPublicPart` gives them
 * @param commitment from `commit`, or `noSubject`
 */
export function leafHashOf(publicBytes: Uint8Array, commitment: Uint8Array, hash: Hash): Uint8Array {
  if (commitment.length !== hashLength) {
    throw new AvowError('INPUT_INVALID', `a commitment of ${commitment.length} bytes: give the 32 of SHA-256`)
  }
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, publicBytes.length)
  return hashLeaf(concat([length, publicBytes, commitment]), hash)
}

/** The one form of a public part: canonical JSON (RFC 8785) in UTF-8. @throws AvowError INPUT_INVALID */
export function formatPublicPart(part: PublicPart): Uint8Array {
  const fault = faultOf(part)
  if (fault !== undefined) throw new AvowError('INPUT_INVALID', `the public part of a ledger entry: ${fault}`)
  // RFC 8785 §3.2.3 sorts properties by code unit; every name and value here is ASCII, so that JSON.stringify agrees.
  return new TextEncoder().encode(JSON.stringify(Object.fromEntries(Object.entries(part).sort(byName))))
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
  const part = publicPartOf(value)
  if (new TextDecoder().decode(formatPublicPart(part)) !== text) {
    throw new AvowError('INPUT_INVALID', 'the public part of a ledger entry is not canonical JSON (RFC 8785)')
  }
  return part
}

/** Takes a value from outside as a public part. @throws AvowError INPUT_INVALID */
export function publicPartOf(value: unknown): PublicPart {
  const fault = faultOf(value)
  if (fault !== undefined) throw new AvowError('INPUT_INVALID', `the public part of a ledger entry: ${fault}`)
  return value as PublicPart // faultOf has looked at every property
}

const nameProperties = ['policyVersion', 'rule', 'action', 'purpose', 'recipient'] as const
const listProperties = ['contexts', 'categories'] as const
const known = new Set<string>(['kind', 'day', 'erased', ...nameProperties, ...listProperties])

/** A name of the policy, an id or a hash: no space and no @, so that no sentence and no address fits. */
const name = /^[A-Za-z0-9][A-Za-z0-9._:/*-]{0,127}$/

function faultOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'give an object'
  const part: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value))
  for (const key of Object.keys(part)) {
    if (!known.has(key))
      return `an unknown property: leave out all but ${[...known].map((each) => `\`${each}\``).join(', ')}`
  }
  if (typeof part.kind !== 'string' || !Object.hasOwn(entryKinds, part.kind)) {
    return `\`kind\` must be one of ${Object.keys(entryKinds).join(', ')}`
  }
  if (!isDay(part.day)) return '`day` must be a day as YYYY-MM-DD'
  if (part.policyVersion === undefined) return '`policyVersion` is missing'
  for (const each of nameProperties) {
    if (Object.hasOwn(part, each) && !isName(part[each])) return `\`${each}\` must be a name the policy declares`
  }
  for (const each of listProperties) {
    if (Object.hasOwn(part, each) && !isNameList(part[each])) {
      return `\`${each}\` must be names the policy declares, sorted, each once`
    }
  }
  if (!Object.hasOwn(part, 'erased')) return undefined
  if (part.kind !== 'erase') return '`erased` belongs to an entry of kind `erase` only'
  return erasedFault(part.erased)
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && name.test(value)
}

function isNameList(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > 256) return false
  return value.every((each, at) => isName(each) && (at === 0 || value[at - 1] < each))
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(value) // 30 February rolls over, or is refused
}

function erasedFault(value: unknown): string | undefined {
  const fault = `\`erased\` must be 1 to ${maximumRanges} ranges [first, last], ascending, that do not touch`
  if (!Array.isArray(value) || value.length === 0 || value.length > maximumRanges) return fault
  if (!value.every((each) => Array.isArray(each) && each.length === 2)) return fault
  try {
    checkRanges(value)
  } catch {
    return fault
  }
  return undefined
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, each) => length + each.length, 0))
  let at = 0
  for (const each of parts) {
    bytes.set(each, at)
    at += each.length
  }
  return bytes
}
