/**
 * The log as its readers see it: the newest checkpoint, the proof that it holds an entry, the check of all of it.
 * Does not: write (recordEntry.ts, numberEntries.ts).
 */
import type { CheckpointAnswer, EntryProofAnswer, LedgerCheckAnswer } from '@avow/core/api/ledger'
import { AvowError } from '@avow/core/errors'
import { encodeBase64 } from '@avow/core/ledger/base64'
import { formatFinding } from '@avow/core/ledger/finding'
import { formatNoteKey } from '@avow/core/ledger/note'
import { inclusionNodes, proveInclusion } from '@avow/core/ledger/proof'
import type { Database, Tx } from '../store/database.ts'
import { leafAt, newestCheckpoint, nodesAt } from '../store/ledger.ts'
import { sha256 } from '../vault/digest.ts'
import { logSigner } from '../vault/vault.ts'
import { checkLedger } from './checkLedger.ts'
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

/** Goes through the whole log; what it finds are lines of the answer, a checkpoint that is not ours included. */
export async function reportLedger(database: Database, installation: Installation): Promise<LedgerCheckAnswer> {
  const report = await checkLedger(database, installation).catch(ifForged)
  if (typeof report === 'string') return { holds: false, size: 0, rootHex: '', erased: 0, findings: [report] }
  const signed = (await database.transaction(newestCheckpoint))?.size ?? 0
  const findings = [
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

function ifForged(error: unknown): string {
  if (error instanceof AvowError && error.code.startsWith('LEDGER_')) return error.message
  throw error
}
