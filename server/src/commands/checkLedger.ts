/**
 * Checks the whole stored log, in one snapshot: entries against the hashes kept for proofs and the signed checkpoints,
 * and each subject part that can be opened against its commitment (core: ledger/check.ts). Memory stays flat.
 * Does not: mend anything.
 */
import { AvowError } from '@avow/core/errors'
import { LedgerCheck, type LedgerReport } from '@avow/core/ledger/check'
import { openCheckpoint, type TrustedLog } from '@avow/core/ledger/checkpoint'
import { parsePublicPart, saltLength } from '@avow/core/ledger/entry'
import { nodeCount } from '@avow/core/ledger/tree'
import type { Database, Tx } from '../store/database.ts'
import {
  type CheckedLeaf,
  checkpointsAfter,
  holdSnapshot,
  leavesFrom,
  nodesBetween,
  pendingPublic,
} from '../store/ledgerScan.ts'
import { sha256, verifyEd25519 } from '../vault/digest.ts'
import { logSigner, unwrapKey } from '../vault/vault.ts'
import type { Installation } from './installation.ts'
import { openEntry } from './recordEntry.ts'

const pageSize = 1000

/** @throws AvowError LEDGER_NOTE_INVALID for a stored checkpoint that the log's key did not sign */
export async function checkLedger(database: Database, installation: Installation): Promise<LedgerReport> {
  return database.transaction(async (tx) => {
    await holdSnapshot(tx)
    const check = new LedgerCheck(sha256)
    const checkpoints = readCheckpoints(tx, trustedLog(installation))
    let next = (await checkpoints.next()).value
    let fed = 0
    for (let first = 0; ; ) {
      const leaves = await leavesFrom(tx, first, pageSize)
      const nodes = await nodesOf(tx, leaves)
      for (const leaf of leaves) {
        while (next && next.size <= leaf.index) {
          if (next.size === fed) check.checkpoint(next)
          next = (await checkpoints.next()).value
        }
        check.leaf(storedLeaf(installation, leaf, nodes))
        fed = leaf.index + 1
      }
      if (leaves.length < pageSize) break
      first = fed
    }
    for (; next; next = (await checkpoints.next()).value) check.checkpoint(next)
    const pending = (await pendingPublic(tx)).flatMap((bytes) => parsePublicPart(bytes).erased ?? [])
    return check.end(pending)
  })
}

/** The log by which its receipts and checkpoints are verified. */
export function trustedLog({ vault, origin }: Installation): TrustedLog {
  return { origin, keys: [logSigner(vault, origin).key] }
}

async function* readCheckpoints(tx: Tx, log: TrustedLog) {
  for (let after = -1; ; ) {
    const page = await checkpointsAfter(tx, after, pageSize)
    for (const { note } of page) yield openCheckpoint(note, log, verifyEd25519)
    if (page.length < pageSize) return
    after = page.at(-1)!.size
  }
}

async function nodesOf(tx: Tx, leaves: readonly CheckedLeaf[]): Promise<ReadonlyMap<number, Uint8Array>> {
  const [first, last] = [leaves[0], leaves.at(-1)]
  if (first === undefined || last === undefined) return new Map()
  const rows = await nodesBetween(tx, nodeCount(first.index), nodeCount(last.index + 1))
  return new Map(rows.map(({ number, hash }) => [number, hash]))
}

function storedLeaf(installation: Installation, leaf: CheckedLeaf, kept: ReadonlyMap<number, Uint8Array>) {
  const { index, publicBytes, commitment } = leaf
  const opened = openLeaf(installation, leaf)
  const nodes: Uint8Array[] = []
  for (let number = nodeCount(index); number < nodeCount(index + 1); number++) {
    // A hash that is missing differs from every hash there is.
    nodes.push(kept.get(number) ?? new Uint8Array(0))
  }
  const subject = opened === undefined ? ('gone' as const) : ('kept' as const)
  return { index, publicBytes, commitment, nodes, subject, ...(opened === undefined ? {} : { opened }) }
}

/** Undefined where the part or its key is gone. What does not open is given as a part that fits no commitment. */
function openLeaf({ vault }: Installation, { subjectId, entryId, sealed, wrapped }: CheckedLeaf) {
  if (subjectId === null || sealed === null || wrapped === null) return undefined
  try {
    const key = unwrapKey(vault, subjectId, 'ordinary', wrapped)
    return openEntry(key, { subjectId, entryId, sealed })
  } catch (error) {
    if (error instanceof AvowError && error.code === 'SEAL_INVALID') {
      return { salt: new Uint8Array(saltLength), subjectPart: new Uint8Array(0) }
    }
    throw error
  }
}
