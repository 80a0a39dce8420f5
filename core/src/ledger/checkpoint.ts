/**
 * Checkpoints: what a log says of itself at one size, as the text of a signed note. As C2SP tlog-checkpoint has them
 * (c2sp.org/tlog-checkpoint); spec/ledger.md §6.
 * Whoever signs must keep to one history: two signed checkpoints that no consistency proof joins show a log that lies.
 * Does not: check that a checkpoint continues another (proof.ts).
 */
import { AvowError } from '../errors.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { type NoteKey, type NoteSigner, openNote, signNote, type Verify } from './note.ts'
import { hashLength } from './tree.ts'

export interface Checkpoint {
  /** The name of the log, for ever. Should be a URL without scheme, and the name of its key. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** Further lines, opaque; C2SP advises against them. */
  readonly extensions: readonly string[]
}

/** A log and the keys by which it is known: one, or two while it changes its key. */
export interface TrustedLog {
  readonly origin: string
  readonly keys: readonly NoteKey[]
}

/** @throws AvowError INPUT_INVALID for what `parseCheckpoint` would not give back */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const lines = [origin, String(size), encodeBase64(root), ...extensions]
  if (
    lines.some((each) => each === '' || each.includes('\n')) ||
    !Number.isSafeInteger(size) ||
    size < 0 ||
    root.length !== hashLength
  ) {
    throw new AvowError('INPUT_INVALID', 'a checkpoint is an origin, a size and a root of 32 bytes, a line each')
  }
  return lines.map((each) => `${each}\n`).join('')
}

/** @param text the text of a note that has been opened. @throws AvowError LEDGER_NOTE_INVALID */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw invalid('the last line of the checkpoint is not ended')
  const [origin, sizeText, rootText, ...extensions] = text.slice(0, -1).split('\n')
  if (!origin || !sizeText || !rootText || extensions.includes('')) {
    throw invalid('the checkpoint is not three or more lines that are not empty')
  }
  // "The ASCII decimal representation … with no leading zeroes (unless the tree is empty)."
  const size = /^(0|[1-9][0-9]{0,15})$/.test(sizeText) ? Number(sizeText) : Number.NaN
  if (!Number.isSafeInteger(size)) throw invalid('the size of the checkpoint is not a number below 2^53')
  const root = decodeBase64(rootText)
  if (root?.length !== hashLength) throw invalid('the root of the checkpoint is not 32 bytes in base64')
  return { origin, size, root, extensions }
}

export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  return signNote(formatCheckpoint(checkpoint), signers)
}

/** The checkpoint in a signed note. @throws AvowError LEDGER_NOTE_INVALID unless it is one of this log, and signed */
export function openCheckpoint(note: string, log: TrustedLog, verify: Verify): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(note, log.keys, verify).text)
  // One key may sign for several logs: without this, the checkpoint of one would pass for the other's.
  if (checkpoint.origin !== log.origin) throw invalid(`the checkpoint is not of the log \`${log.origin}\``)
  return checkpoint
}

function invalid(message: string): AvowError {
  return new AvowError('LEDGER_NOTE_INVALID', message)
}
