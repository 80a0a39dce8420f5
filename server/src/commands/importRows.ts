/**
 * Takes a batch of rows in, each by `collect` and in a transaction of its own: a bad row costs no other. A row that was
 * kept before under the same key is not kept again, so a batch whose answer was lost can be sent once more.
 */
import { type ImportAnswer, type ImportBody, importRow } from '@avow/core/api/imports'
import { parseInput } from '@avow/core/api/input'
import type { CollectBody } from '@avow/core/api/records'
import { AvowError } from '@avow/core/errors'
import type { Database } from '../store/database.ts'
import { markImported } from '../store/imported.ts'
import { hashIdentifier } from '../vault/identifier.ts'
import { type Collected, type Collection, collect } from './collect.ts'
import type { Installation } from './installation.ts'

type Outcome = 'kept' | 'repeated' | ImportAnswer['refused'][number]

export async function importRows(
  database: Database,
  installation: Installation,
  { rows }: ImportBody,
): Promise<ImportAnswer> {
  const outcomes: Outcome[] = []
  for (const [at, row] of rows.entries()) outcomes.push(await importOne(database, installation, row, at))
  return {
    kept: outcomes.filter((outcome) => outcome === 'kept').length,
    repeated: outcomes.filter((outcome) => outcome === 'repeated').length,
    refused: outcomes.filter((outcome) => typeof outcome === 'object'),
  }
}

/** Undoes the transaction: a row that is refused is not marked as imported, and may be sent again once mended. */
class RowRefused extends Error {
  readonly refusal: Extract<Collected, { kind: 'refused' }>
  constructor(refusal: Extract<Collected, { kind: 'refused' }>) {
    super('refused')
    this.refusal = refusal
  }
}

async function importOne(database: Database, installation: Installation, row: unknown, at: number): Promise<Outcome> {
  try {
    const { key, ...body } = parseInput(importRow, row)
    // The key is the caller's own name of the row and may hold anything: kept as a keyed hash alone.
    const hash = hashIdentifier(installation.vault, { kind: 'importedRow', value: key })
    return await database.transaction(async (tx) => {
      if (!(await markImported(tx, hash, installation.now()))) return 'repeated'
      const done = await collect(tx, installation, collectionOf(body))
      if (done.kind === 'refused') throw new RowRefused(done)
      return 'kept'
    })
  } catch (error) {
    if (error instanceof RowRefused) {
      const { reason, rule, field } = error.refusal
      return { at, reason, rule, ...(field === undefined ? {} : { field }) }
    }
    if (error instanceof AvowError && rowFaults.has(error.code)) return { at, reason: error.message, rule: null }
    throw error
  }
}

/** Faults of the row itself; any other is one of the store, and fails the batch. */
const rowFaults: ReadonlySet<string> = new Set(['INPUT_INVALID', 'DECISION_UNKNOWN_NAME', 'DECISION_MALFORMED'])

/** A collection as the contract has it, as the command takes it. */
export function collectionOf(body: CollectBody): Collection {
  const { collectedAt, valueFacts, actFacts, ...rest } = body
  return {
    ...rest,
    ...(valueFacts === undefined ? {} : { valueFacts }),
    ...(actFacts === undefined ? {} : { actFacts }),
    ...(collectedAt === undefined ? {} : { collectedAt: new Date(collectedAt) }),
  }
}
