/**
 * The log as its readers see it: the newest checkpoint, the proof that it holds an entry, the check of all of it.
 * Does not: write (recordEntry.ts, numberEntries.ts).
 */
import type { CheckpointAnswer, EntryProofAnswer, LedgerCheckAnswer } from '@avow/core/api/ledger'
import { AvowError } from '@avow/core/errors'
import { encodeBase64 } from '@avow/core/ledger/base64'
import { LedgerCheck } from '@avow/core/ledger/check'
import { openCheckpoint } from '@avow/core/ledger/checkpoint'
import { parsePublicPart } from '@avow/core/ledger/entry'
import { formatFinding } from '@avow/core/ledger/finding'
import { formatNoteKey } from '@avow/core/ledger/note'
import { inclusionNodes, proveInclusion } from '@avow/core/ledger/proof'
import { nodeCount } from '@avow/core/ledger/tree'
import type { Tx } from '../store/database.ts'
import { leafAt, newestCheckpoint, nodesAt } from '../store/ledger.ts'
import { type LedgerRun, scanLedger, waitingParts } from '../store/ledgerScan.ts'
import { sha256, verifyEd25519 } from '../vault/digest.ts'
import { logSigner } from '../vault/vault.ts'
import type { Installation } from './installation.ts'

/** @throws AvowError NOT_FOUND before the first entry has its index */
export async function readCheckpoint(tx: Tx, { vault, origin }: Installation): Promise<CheckpointAnswer> {
  const { note, size } = await requireCheckpoint(tx)
  return { note, size, key: formatNoteKey(logSigner(vault, origin).key) }
}

async function requireCheckpoint(tx: Tx): Promise<{ readonly size: number; readonly note: string }> {
  const newest = await newestCheckpoint(tx)
  if (newest === undefined) throw new AvowError('NOT_FOUND', 'the log has no entry yet: publish a policy first')
  return newest
}

/** @throws AvowError NOT_FOUND for an index that the log does not reach */
export async function proveEntry(tx: Tx, index: number): Promise<EntryProofAnswer> {
  const { note, size } = await requireCheckpoint(tx)
  const leaf = await leafAt(tx, index)
  if (leaf === undefined || index >= size) {
    throw new AvowError('NOT_FOUND', `the log has no entry ${index}: it ends at ${size - 1}`)
  }
  const proof = proveInclusion(index, size, await nodesAt(tx, inclusionNodes(index, size)), sha256)
  return {
    index,
    publicPart: new TextDecoder().decode(leaf.publicBytes),
    commitment: encodeBase64(leaf.commitment),
    proof: proof.map(encodeBase64),
    checkpoint: note,
  }
}

/** Goes through the whole log, from one snapshot: it must be the first thing that its transaction does. */
export async function checkLedger(tx: Tx, { vault, origin }: Installation): Promise<LedgerCheckAnswer> {
  const check = new LedgerCheck(sha256)
  const log = { origin, keys: [logSigner(vault, origin).key] }
  const forged: string[] = []
  for await (const run of scanLedger(tx)) feed(check, run, (note) => openNote(note, log, forged))
  const report = check.end((await waitingParts(tx)).flatMap((part) => parsePublicPart(part).erased ?? []))
  const signed = (await newestCheckpoint(tx))?.size ?? 0
  const findings = [
    ...forged,
    ...report.findings.map(formatFinding),
    ...(report.more === 0 ? [] : [`${report.more} more`]),
    // Leaves and their checkpoint are written in one transaction: what no checkpoint covers was not written by us.
    ...(report.size > signed ? [`the entries from ${signed} on are signed by no checkpoint`] : []),
  ]
  return {
    holds: findings.length === 0,
    size: report.size,
    rootHex: report.root === undefined ? '' : Buffer.from(report.root).toString('hex'),
    erased: report.erased,
    findings,
  }
}

type Opened = ReturnType<typeof openCheckpoint>

function openNote(
  { size, note }: { readonly size: number; readonly note: string },
  log: Parameters<typeof openCheckpoint>[1],
  forged: string[],
): Opened | undefined {
  try {
    const opened = openCheckpoint(note, log, verifyEd25519)
    if (opened.size === size) return opened
    forged.push(`the checkpoint kept for ${size} entries is one of ${opened.size}`)
  } catch (error) {
    if (!(error instanceof AvowError)) throw error
    forged.push(`the checkpoint of ${size} entries is not signed by this log`)
  }
  return undefined
}

/** Each leaf, and each checkpoint right after the last entry it covers. */
function feed(
  check: LedgerCheck,
  { leaves, nodes, checkpoints }: LedgerRun,
  open: (checkpoint: LedgerRun['checkpoints'][number]) => Opened | undefined,
): void {
  const waiting = [...checkpoints]
  const feedCheckpoints = (size: number) => {
    while (waiting[0] !== undefined && waiting[0].size <= size) {
      const opened = open(waiting.shift()!)
      if (opened !== undefined) check.checkpoint(opened)
    }
  }
  for (const { index, publicBytes, commitment, sealed } of leaves) {
    // A gap before this leaf: what was signed for a size within it is fed before, and found short or wrong.
    feedCheckpoints(index)
    const kept: Uint8Array[] = []
    for (let number = nodeCount(index); number < nodeCount(index + 1); number++) {
      kept.push(nodes.get(number) ?? new Uint8Array(0))
    }
    check.leaf({ index, publicBytes, commitment, subject: sealed === null ? 'gone' : 'kept', nodes: kept })
    feedCheckpoints(index + 1)
  }
  feedCheckpoints(Number.POSITIVE_INFINITY)
}
