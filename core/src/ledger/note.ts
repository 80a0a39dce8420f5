/**
 * Signed notes: a text, a blank line, and a line for each signature. As C2SP signed-note v1.0.0 has them
 * (c2sp.org/signed-note), Ed25519 (signature type 0x01) alone; spec/ledger.md §6.
 * Signing and verifying are parameters. Does not: say what the text means (checkpoint.ts), or hold a private key.
 */
import { AvowError } from '../errors.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import type { Hash } from './tree.ts'

/** A public key and the name it goes by. Name and id together tell one key from another; they prove nothing. */
export interface NoteKey {
  readonly name: string
  /** A 32-bit number from name and key, in `noteKey`. */
  readonly id: number
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array
}

export interface NoteSigner {
  readonly key: NoteKey
  /** Ed25519 over the message: 64 bytes. */
  readonly sign: (message: Uint8Array) => Uint8Array
}

/** Ed25519 (RFC 8032). Returns false, and does not throw, for whatever is no valid signature. */
export type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

export interface Note {
  /** What was signed: lines, the last of them ended too. */
  readonly text: string
  /** The known keys whose signatures verified; at least one. */
  readonly signedBy: readonly NoteKey[]
}

/** A bound on what is read at all, in characters: room for the 16 signatures of 5 kB that C2SP asks to accept. */
export const maximumNoteLength = 262_144
const maximumSignatures = 100
const ed25519 = 0x01
const signatureLength = 64
const keyLength = 32

/** Makes a key from its parts; its id is the first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
export function noteKey(name: string, publicKey: Uint8Array, hash: Hash): NoteKey {
  if (!isName(name))
    throw new AvowError('INPUT_INVALID', `the key name \`${name}\` has a space, a plus or nothing in it`)
  if (publicKey.length !== keyLength) throw new AvowError('INPUT_INVALID', 'an Ed25519 public key has 32 bytes')
  const digest = hash(Uint8Array.of(...new TextEncoder().encode(`${name}\n`), ed25519, ...publicKey))
  return { name, id: readUint32(digest), publicKey }
}

/** `name+id+key`, the text in which a log's key is handed out. */
export function formatNoteKey(key: NoteKey): string {
  return `${key.name}+${hexOf(key.id)}+${encodeBase64(Uint8Array.of(ed25519, ...key.publicKey))}`
}

/** @throws AvowError LEDGER_NOTE_INVALID unless the text is a key whose id fits its name and bytes */
export function parseNoteKey(text: string, hash: Hash): NoteKey {
  // The base64 may hold a plus; the name and the id cannot.
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(text)
  const bytes = parts === null ? undefined : decodeBase64(parts[3]!)
  if (parts === null || !isName(parts[1]!) || bytes?.length !== 1 + keyLength || bytes[0] !== ed25519) {
    throw invalid('a key is written `name+id+base64`, for Ed25519: copy it whole')
  }
  const key = noteKey(parts[1]!, bytes.subarray(1), hash)
  if (hexOf(key.id) !== parts[2]) throw invalid(`the id of the key \`${key.name}\` does not fit it: copy the key again`)
  return key
}

/** @param text lines, each ended. @throws AvowError INPUT_INVALID for a text that no note can hold */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!isNoteText(text) || !text.endsWith('\n')) {
    throw new AvowError(
      'INPUT_INVALID',
      'the text of a note is lines without control characters, the last of them ended',
    )
  }
  checkDistinct(signers.map((each) => each.key))
  const message = new TextEncoder().encode(text)
  const lines = signers.map(({ key, sign }) => {
    const signature = sign(message)
    if (signature.length !== signatureLength) throw new Error('internal: an Ed25519 signature has 64 bytes')
    return `— ${key.name} ${encodeBase64(Uint8Array.of(...uint32(key.id), ...signature))}\n`
  })
  const note = `${text}\n${lines.join('')}`
  if (lines.length === 0 || lines.length > maximumSignatures || note.length > maximumNoteLength) {
    throw new AvowError('INPUT_INVALID', `a note has 1 to ${maximumSignatures} signatures and a bounded length`)
  }
  return note
}

/**
 * Opens a note that at least one of `keys` has signed. Signatures of other keys are ignored, as C2SP demands, so that a
 * log can change its key and witnesses can add theirs; a false signature of a known key refuses the whole note.
 * Stricter than C2SP in one thing: a known key that signs twice refuses it too.
 * @throws AvowError LEDGER_NOTE_INVALID
 */
export function openNote(note: string, keys: readonly NoteKey[], verify: Verify): Note {
  checkDistinct(keys)
  if (note.length > maximumNoteLength) throw invalid('the note is longer than a note may be')
  if (!isNoteText(note)) throw invalid('the note has a control character, or is not Unicode')
  // "The text is separated from the signatures by the last empty line in the note."
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n'))
    throw invalid('the note is not a text, a blank line and signatures, each line ended')
  const text = note.slice(0, end + 1)
  const lines = note
    .slice(end + 2)
    .split('\n')
    .slice(0, -1)
  if (lines.length === 0 || lines.length > maximumSignatures) {
    throw invalid(`the note does not carry 1 to ${maximumSignatures} signatures`)
  }
  const message = new TextEncoder().encode(text)
  const signedBy = new Set<NoteKey>()
  for (const { name, id, signature } of lines.map(parseSignature)) {
    const key = keys.find((each) => each.name === name && each.id === id)
    if (key === undefined) continue
    if (signedBy.has(key)) throw invalid(`the key \`${name}\` has signed the note twice`)
    if (signature.length !== signatureLength || !verify(key.publicKey, message, signature)) {
      throw invalid(`the signature of the key \`${name}\` is false: the note was altered`)
    }
    signedBy.add(key)
  }
  if (signedBy.size === 0) throw invalid('no known key has signed the note: check which log it comes from')
  return { text, signedBy: [...signedBy] }
}

function parseSignature(line: string): { name: string; id: number; signature: Uint8Array } {
  const [dash, name, encoded, ...rest] = line.split(' ')
  const bytes = decodeBase64(encoded ?? '')
  if (
    dash !== '—' ||
    rest.length > 0 ||
    name === undefined ||
    !isName(name) ||
    bytes === undefined ||
    bytes.length < 5
  ) {
    throw invalid('a signature line is not `— name base64`')
  }
  return { name, id: readUint32(bytes), signature: bytes.subarray(4) }
}

/** "MUST be non-empty and MUST NOT contain any Unicode spaces or plus"; nor what a note may not hold. */
function isName(name: string): boolean {
  return name !== '' && isNoteText(name) && !/[\p{White_Space}+]/u.test(name)
}

/** "MUST be valid UTF-8 and MUST NOT contain any ASCII control characters (those below U+0020) other than newline." */
function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  return text.isWellFormed() && !/[\x00-\x09\x0b-\x1f]/.test(text)
}

function checkDistinct(keys: readonly NoteKey[]): void {
  const seen = new Set(keys.map((each) => `${each.name}+${each.id}`))
  if (seen.size < keys.length) {
    throw new AvowError('INPUT_INVALID', 'two keys share a name and an id: leave one out')
  }
}

function hexOf(id: number): string {
  return id.toString(16).padStart(8, '0')
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

function readUint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)
}

function invalid(message: string): AvowError {
  return new AvowError('LEDGER_NOTE_INVALID', message)
}
