/**
 * A receipt: what a person keeps to show that something was done with their data, long after we have forgotten it.
 * It carries the statement, the entry of the log that commits to it, the proof that the log holds the entry, and a
 * signed checkpoint of the log; so it is verified offline, with nothing of ours but the log's public key.
 * Format as in spec/ledger.md §7. Parsing is strict: what a reader sees is what was verified.
 * Does not: show that the log has one history; for that, compare its checkpoint with another's (proof.ts).
 */
import { canonicalJson } from '../canonicalJson.ts'
import { AvowError } from '../errors.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { type Checkpoint, openCheckpoint, type TrustedLog } from './checkpoint.ts'
import { commit, formatPublicPart, leafHashOf, type PublicPart, publicShape } from './entry.ts'
import type { Verify } from './note.ts'
import { checkInclusion } from './proof.ts'
import { count, listShape, objectShape, requireShape, type Shape, shapeOf } from './shape.ts'
import { type Statement, statementKinds, statementShape } from './statement.ts'
import type { Hash } from './tree.ts'

export interface Receipt {
  readonly avow: 'receipt'
  readonly version: 1
  /** The number of the entry in the log, from 0. */
  readonly index: number
  readonly entry: PublicPart
  /** The statement and its salt, in base64; or only what commits to them, where the receipt shall tell nothing. */
  readonly subject: ShownStatement | { readonly commitment: string }
  /** Inclusion proof, in base64, leaf to root. */
  readonly proof: readonly string[]
  /** A signed note. */
  readonly checkpoint: string
}

export interface ShownStatement {
  readonly salt: string
  readonly statement: Statement
}

/** A bound on what is read at all, in characters. */
export const maximumReceiptLength = 16_777_216

/** The subject part of the entry of a statement: the bytes to commit to. */
export function statementBytes(statement: Statement): Uint8Array {
  return new TextEncoder().encode(canonicalJson(statement))
}

/** @param proof from `proveInclusion`, for the size of the checkpoint */
export function makeReceipt(
  index: number,
  entry: PublicPart,
  subject: { readonly salt: Uint8Array; readonly statement: Statement } | { readonly commitment: Uint8Array },
  proof: readonly Uint8Array[],
  checkpoint: string,
): Receipt {
  return {
    avow: 'receipt',
    version: 1,
    index,
    entry,
    subject:
      'salt' in subject
        ? { salt: encodeBase64(subject.salt), statement: subject.statement }
        : { commitment: encodeBase64(subject.commitment) },
    proof: proof.map(encodeBase64),
    checkpoint,
  }
}

export function formatReceipt(receipt: Receipt): string {
  return `${JSON.stringify(receipt, null, 2)}\n`
}

/** @throws AvowError LEDGER_RECEIPT_INVALID, with the path of the fault, for whatever is no receipt */
export function parseReceipt(text: string): Receipt {
  if (text.length > maximumReceiptLength) throw invalid([], 'it is longer than a receipt may be')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw invalid([], 'it is not JSON: give the file as it was handed out', cause)
  }
  try {
    checkReceipt(value)
  } catch (cause) {
    if (!(cause instanceof AvowError)) throw cause
    throw invalid(cause.path ?? [], cause.message, cause)
  }
  // JSON.parse takes the last of two properties with one name, where a person reads the first.
  const plain = text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, quoted?: string) => quoted ?? '')
  if (plain !== JSON.stringify(value)) throw invalid([], 'a property stands twice, or a value has an odd spelling')
  return value
}

/**
 * Verifies a receipt: that the log has signed the checkpoint, that the statement is the one the entry commits to, and
 * that the entry stands in the log under that checkpoint.
 * @throws AvowError LEDGER_RECEIPT_INVALID; its path begins with the step that failed: checkpoint, statement or proof
 */
export function verifyReceipt(receipt: Receipt, log: TrustedLog, hash: Hash, verify: Verify): Checkpoint {
  const checkpoint = step('checkpoint', () => openCheckpoint(receipt.checkpoint, log, verify))
  const leafHash = step('statement', () => {
    const kind = 'statement' in receipt.subject ? statementKinds[receipt.subject.statement.kind] : receipt.entry.kind
    if (receipt.entry.kind !== kind) {
      throw new AvowError('INPUT_INVALID', 'the statement is of another kind than the entry that commits to it')
    }
    const commitment =
      'statement' in receipt.subject
        ? commit(bytesOf(receipt.subject.salt), statementBytes(receipt.subject.statement), hash)
        : bytesOf(receipt.subject.commitment)
    return leafHashOf(formatPublicPart(receipt.entry), commitment, hash)
  })
  // A false statement, salt or entry shows here: it leads to another leaf.
  step('proof', () =>
    checkInclusion(receipt.proof.map(bytesOf), receipt.index, checkpoint.size, leafHash, checkpoint.root, hash),
  )
  return checkpoint
}

const base64Of32: Shape = shapeOf('32 bytes in base64', (value) => {
  return typeof value === 'string' && value.length === 44 && decodeBase64(value)?.length === 32
})
const shown = objectShape({ salt: base64Of32, statement: statementShape })
const withheld = objectShape({ commitment: base64Of32 })
const receiptShape = objectShape({
  avow: shapeOf('`receipt`', (value) => value === 'receipt'),
  version: shapeOf('1, the version this program reads', (value) => value === 1),
  index: count,
  entry: publicShape,
  subject: (value) => {
    const told = typeof value === 'object' && value !== null && Object.hasOwn(value, 'statement')
    return told ? shown(value) : withheld(value)
  },
  proof: listShape(base64Of32, 0, 53),
  checkpoint: shapeOf('a text', (value) => typeof value === 'string'),
})

function checkReceipt(value: unknown): asserts value is Receipt {
  requireShape(receiptShape, value)
}

function bytesOf(base64: string): Uint8Array {
  const bytes = decodeBase64(base64)
  if (bytes === undefined) throw new AvowError('INPUT_INVALID', 'a hash or salt is not base64')
  return bytes
}

function step<T>(name: string, run: () => T): T {
  try {
    return run()
  } catch (cause) {
    if (!(cause instanceof AvowError)) throw cause
    throw invalid([name], `its ${name} fails: ${cause.message}`, cause)
  }
}

function invalid(path: readonly (string | number)[], message: string, cause?: unknown): AvowError {
  return new AvowError('LEDGER_RECEIPT_INVALID', `the receipt does not verify: ${message}`, { path, cause })
}
