/**
 * Everything the vault keeps of a person, as the batches of an answer: their values with context, source, purpose and
 * the version of the policy each was collected under, by what they are known, and what they chose. A page a transaction,
 * so that a slow reader holds nothing up.
 */
import { AvowError } from '@avow/core/errors'
import type { AccessBatch, GivenRow } from '../connectors/connector.ts'
import { choicesOf } from '../store/choice.ts'
import type { Database, Tx } from '../store/database.ts'
import { identifiersOf } from '../store/identifier.ts'
import { type RecordPosition, type RecordRow, recordsOf } from '../store/record.ts'
import { openJson } from '../vault/seal.ts'
import type { Withhold } from './accessPackage.ts'
import type { Installation } from './installation.ts'
import { openValue } from './read.ts'
import { type Standing, takeStanding } from './standing.ts'

const pageSize = 500

export async function* vaultBatches(
  database: Database,
  installation: Installation,
  subjectIds: readonly string[],
  withhold: Withhold,
): AsyncIterable<AccessBatch> {
  for (const subjectId of subjectIds) {
    // Erased since the request was opened: there is nothing left to give.
    const known = await database.transaction((tx) => standingOf(tx, installation, subjectId))
    if (known === undefined) continue
    yield* valueBatches(database, installation, subjectId, withhold)
    yield { of: table('identifiers'), rows: await database.transaction((tx) => identifierRows(tx, known)) }
    yield { of: table('choices'), rows: await database.transaction((tx) => choiceRows(tx, known)) }
  }
}

async function* valueBatches(
  database: Database,
  installation: Installation,
  subjectId: string,
  withhold: Withhold,
): AsyncIterable<AccessBatch> {
  for (let after: RecordPosition | undefined; ; ) {
    const page = await database.transaction(async (tx) => {
      const standing = await standingOf(tx, installation, subjectId)
      if (standing === undefined) return []
      const rows = await recordsOf(tx, subjectId, after === undefined ? {} : { after }, pageSize)
      return rows.map((row) => ({ row, given: valueRow(standing, row, withhold) }))
    })
    if (page.length > 0) yield { of: table('values'), rows: page.map(({ given }) => given) }
    if (page.length < pageSize) return
    const { recordId, field } = page.at(-1)!.row
    after = { recordId, field }
  }
}

function valueRow(standing: Standing, row: RecordRow, withhold: Withhold): GivenRow {
  const { recordId, field, context, category, source, purpose, policyVersion, collectedAt } = row
  const about = { context, category, source, purpose, policyVersion, collectedAt: collectedAt.toISOString() }
  const neverSent = withhold(context, field)
  const value = neverSent === undefined ? { value: openValue(standing, row) } : { neverSent }
  return given([recordId, field], { field, ...value, ...about })
}

async function identifierRows(tx: Tx, { subjectId, keys }: Standing): Promise<GivenRow[]> {
  const rows = await identifiersOf(tx, subjectId)
  return rows.map(({ kind, sealed, hash }) => {
    const value = openJson(keys.ordinary, { subjectId, record: 'identifier', field: kind }, sealed)
    return given([Buffer.from(hash).toString('hex')], { kind, value })
  })
}

async function choiceRows(tx: Tx, { subjectId }: Standing): Promise<GivenRow[]> {
  const rows = await choicesOf(tx, subjectId)
  return rows.map(({ choiceId, kind, purpose, value, policyVersion, how, chosenAt }) =>
    given([choiceId], { kind, purpose, value, policyVersion, how, chosenAt: chosenAt.toISOString() }),
  )
}

async function standingOf(tx: Tx, installation: Installation, subjectId: string): Promise<Standing | undefined> {
  try {
    return await takeStanding(tx, installation, { subjectId })
  } catch (error) {
    if (error instanceof AvowError && (error.code === 'SUBJECT_UNKNOWN' || error.code === 'KEY_DESTROYED'))
      return undefined
    throw error
  }
}

const table = (name: string): AccessBatch['of'] => ({ store: 'vault', table: name, context: 'vault', columns: [] })

function given(key: readonly string[], values: Readonly<Record<string, unknown>>): GivenRow {
  return { key, as: ['self'], values, redacted: [] }
}
