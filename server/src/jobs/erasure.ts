/**
 * Carries an erasure out, a stage at a time; each may be cut short by the death of the process and is then done again:
 *   erase    the rows in each company store, by the map: one transaction a store; run again it finds nothing to do
 *   destroy  in the vault: values, identifiers and keys of the person, with the ledger entry, in one transaction
 *   search   for what was sealed at the opening, in every store; what still stands fails the request, by name
 *   receipt  the statement enters the ledger, gets its index, and becomes a receipt; the request's key is destroyed
 * A stage ends by moving the request on under its row's lock, so two that carry it on at once move it once.
 * Nothing is reported done before the last. spec/erasure.md.
 */

import type { RequestAnswer } from '@avow/core/api/requests'
import { AvowError } from '@avow/core/errors'
import { commit, formatPublicPart, parsePublicPart, saltLength } from '@avow/core/ledger/entry'
import { inclusionNodes, proveInclusion } from '@avow/core/ledger/proof'
import { formatReceipt, makeReceipt, statementBytes } from '@avow/core/ledger/receipt'
import type { ErasedTable, ErasureStatement } from '@avow/core/ledger/statement'
import { type Desk, vaultStore } from '../commands/desk.ts'
import { eraseSubject } from '../commands/eraseSubject.ts'
import { createId } from '../commands/installation.ts'
import { countOwned, progressOf, vaultProgress } from '../commands/previewRequest.ts'
import { answerOf, openRemembered, type Remembered } from '../commands/request.ts'
import type { Tx } from '../store/database.ts'
import { appendEntry, leafOfEntry, newestCheckpoint, nodesAt } from '../store/ledger.ts'
import { searchOwnTables } from '../store/ownSearch.ts'
import type { Held } from '../store/person.ts'
import { policyHead } from '../store/policy.ts'
import {
  changeRequest,
  destroyRequestKey,
  lockRequest,
  type RequestChange,
  type RequestRow,
  readRequest,
  type StoreProgress,
} from '../store/request.ts'
import { sha256 } from '../vault/digest.ts'
import { takeRandom } from '../vault/random.ts'
import { sequenceNow } from './sequencer.ts'

const stages = {
  erase: eraseInStores,
  destroy: destroyInVault,
  search: searchEverywhere,
  receipt: writeReceipt,
} as const satisfies Record<string, (desk: Desk, request: RequestRow) => Promise<void>>

export type Stage = keyof typeof stages

export interface Carrying {
  /** Told of each stage before it is begun. */
  readonly told?: (stage: Stage) => void
  /** Stops between two stages. */
  readonly signal?: AbortSignal
}

/**
 * Goes on from wherever the request stands until it is done or failed; does nothing to one that is.
 * @throws AvowError REQUEST_UNKNOWN; or what a store failed with: then the request stands where it stood
 */
export async function carryOnErasure(
  desk: Desk,
  requestId: string,
  { told = () => {}, signal }: Carrying = {},
): Promise<RequestAnswer> {
  for (;;) {
    const request = await desk.database.transaction((tx) => readRequest(tx, requestId))
    if (request.kind !== 'erase' || request.state !== 'running' || signal?.aborted) return answerOf(request)
    const stage = stageOf(request)
    told(stage)
    await stages[stage](desk, request)
  }
}

/** Begins again with an erasure that failed: what was found may have been mended since. */
export async function retryErasure(desk: Desk, requestId: string, signal?: AbortSignal): Promise<RequestAnswer> {
  await desk.database.transaction(async (tx) => {
    const { kind, state } = await lockRequest(tx, requestId)
    if (kind !== 'erase' || state !== 'failed') return
    // From the erasure on: rows that were added or left since go with it, and what is gone stays gone.
    const change: RequestChange = { state: 'running', stage: 'erase' satisfies Stage, failure: null }
    await changeRequest(tx, requestId, change, desk.installation.now())
  })
  return carryOnErasure(desk, requestId, signal === undefined ? {} : { signal })
}

function stageOf({ stage }: RequestRow): Stage {
  if (stage !== null && Object.hasOwn(stages, stage)) return stage as Stage // one of its keys
  throw new Error(`internal: a running erasure has no stage \`${stage}\``)
}

/** Moves on, unless another has meanwhile. @returns whether it was this call that did */
async function move(tx: Tx, { installation }: Desk, request: RequestRow, change: RequestChange): Promise<boolean> {
  const now = await lockRequest(tx, request.requestId)
  if (now.state !== 'running' || now.stage !== request.stage) return false
  await changeRequest(tx, request.requestId, change, installation.now())
  return true
}

async function eraseInStores(desk: Desk, request: RequestRow): Promise<void> {
  const { person } = openRemembered(desk.installation, request)
  const stores = [...request.stores]
  for (const connector of desk.connectors) {
    const subject = person.stores[connector.store]
    if (subject === undefined) continue
    const done = progressOf(connector.store, await connector.erase(subject, desk.installation.now()))
    const at = stores.findIndex(({ store }) => store === connector.store)
    // Nothing left to do, where there was at the opening: it was done before this process began.
    if (at < 0) stores.push(done)
    else if (rowsOf(done) > 0 || rowsOf(stores[at]!) === 0) stores[at] = done
  }
  await desk.database.transaction((tx) => move(tx, desk, request, { stage: 'destroy' satisfies Stage, stores }))
}

const rowsOf = ({ steps }: StoreProgress) => steps.reduce((sum, { rows }) => sum + rows, 0)

async function destroyInVault(desk: Desk, request: RequestRow): Promise<void> {
  const { person } = openRemembered(desk.installation, request)
  await desk.database.transaction(async (tx) => {
    let held: Held = { values: 0, identifiers: 0, choices: 0 }
    for (const subjectId of person.subjectIds) {
      const erased = await eraseSubject(tx, desk.installation, subjectId).catch(ifGone)
      if (erased === undefined) continue
      held = {
        values: held.values + erased.records,
        identifiers: held.identifiers + erased.identifiers,
        choices: held.choices + erased.choices,
      }
    }
    const erased = vaultProgress(held)
    const others = request.stores.filter(({ store }) => store !== vaultStore)
    const stores = erased.length === 0 ? request.stores : [...others, ...erased]
    // Where another has moved the request on meanwhile, no subject was left to be erased here.
    await move(tx, desk, request, { stage: 'search' satisfies Stage, stores })
  })
}

/** Erased already, by another request of the same person. */
function ifGone(error: unknown): undefined {
  if (error instanceof AvowError && error.code === 'SUBJECT_UNKNOWN') return undefined
  throw error
}

async function requireHead(tx: Tx): Promise<string> {
  const head = await policyHead(tx)
  if (head === undefined) throw new Error('internal: an erasure without a policy')
  return head
}

async function searchEverywhere(desk: Desk, request: RequestRow): Promise<void> {
  const remembered = openRemembered(desk.installation, request)
  const survivors = [
    ...(await survivorsInStores(desk, request, remembered)),
    ...(await survivorsInVault(desk, remembered)),
  ]
  if (survivors.length > 0) {
    const detail = `still found after the erasure: ${survivors.slice(0, 20).join('; ')}`
    const change: RequestChange = { state: 'failed', failure: { code: 'ERASURE_INCOMPLETE', detail } }
    await desk.database.transaction((tx) => move(tx, desk, request, change))
    return
  }
  await desk.database.transaction((tx) => state(tx, desk, request, remembered))
}

/** What is still the person's own by the map, and where one of their values still stands. Kept rows are kept. */
async function survivorsInStores(desk: Desk, request: RequestRow, { person, values }: Remembered): Promise<string[]> {
  const survivors: string[] = []
  for (const connector of desk.connectors) {
    const subject = person.stores[connector.store]
    if (subject === undefined) continue
    const kept = request.stores.find(({ store }) => store === connector.store)?.kept ?? []
    for (const [table, rows] of await countOwned(connector, subject)) {
      const allowed = kept.filter((each) => each.table === table).reduce((sum, each) => sum + each.rows, 0)
      if (rows > allowed) survivors.push(`${rows - allowed} rows of \`${table}\` in \`${connector.store}\``)
    }
    const { hits } = await connector.search(values)
    for (const hit of hits) {
      if (hit.kept !== undefined && kept.some((each) => each.table === hit.table && hit.rows <= each.rows)) continue
      survivors.push(`${hit.rows} rows of \`${hit.table}\` in \`${connector.store}\`, column \`${hit.column}\``)
    }
  }
  return survivors
}

async function survivorsInVault(desk: Desk, { person, traces }: Remembered): Promise<string[]> {
  const bytes = traces.map((hex) => Buffer.from(hex, 'hex'))
  const { hits } = await desk.database.transaction((tx) =>
    searchOwnTables(tx, { subjectIds: person.subjectIds, bytes }),
  )
  return hits.map(({ table, column, rows }) => `${rows} rows of \`${table}\`, column \`${column}\``)
}

/** The statement of what was done enters the ledger; its salt waits with it until it has an index. */
async function state(tx: Tx, desk: Desk, request: RequestRow, remembered: Remembered): Promise<void> {
  const { installation } = desk
  const addedAt = installation.now()
  const entryId = createId(addedAt)
  const statement = statementOf(request, remembered)
  const salt = takeRandom(saltLength)
  const draft = JSON.stringify({ salt: salt.toString('base64'), statement })
  if (!(await move(tx, desk, request, { stage: 'receipt' satisfies Stage, entryId, receipt: draft }))) return
  const head = await requireHead(tx)
  await appendEntry(tx, {
    ...{ entryId, subjectId: null, sealed: null, addedAt },
    publicBytes: formatPublicPart({ kind: 'erase', day: addedAt.toISOString().slice(0, 10), policyVersion: head }),
    commitment: commit(salt, statementBytes(statement), sha256),
  })
}

function statementOf(request: RequestRow, { person, values, traces }: Remembered): ErasureStatement {
  return {
    kind: 'erasure',
    requestId: request.requestId,
    stores: request.stores.map(({ store, steps }) => ({
      store,
      // Only the vault's values are sealed under a key of the person that is now gone.
      level: store === vaultStore ? 'keyGone' : 'deleted',
      tables: tablesOf(steps),
    })),
    kept: request.stores.flatMap(({ store, kept }) => kept.map((each) => ({ store, ...each }))),
    search: {
      stores: [...Object.keys(person.stores), vaultStore],
      values: values.length + traces.length + person.subjectIds.length,
      found: 0,
    },
  }
}

const actions = {
  delete: 'deleted',
  anonymise: 'anonymised',
  redact: 'redacted',
  unlink: 'redacted',
} as const satisfies Record<string, ErasedTable['action']>

/** Table by table; steps that found no row are left out. */
function tablesOf(steps: StoreProgress['steps']): readonly ErasedTable[] {
  const byTable = new Map<string, ErasedTable>()
  for (const { kind, table, rows } of steps) {
    if (rows === 0 || kind === 'give') continue
    const action = actions[kind]
    const key = `${action} ${table}`
    byTable.set(key, { table, action, rows: (byTable.get(key)?.rows ?? 0) + rows })
  }
  return [...byTable.values()]
}

async function writeReceipt(desk: Desk, request: RequestRow): Promise<void> {
  await sequenceNow(desk.database, desk.installation)
  await desk.database.transaction(async (tx) => {
    const receipt = await receiptOf(tx, request)
    if (!(await move(tx, desk, request, { state: 'done', stage: null, receipt }))) return
    await destroyRequestKey(tx, request.requestId)
  })
}

async function receiptOf(tx: Tx, { entryId, receipt }: RequestRow): Promise<string> {
  const leaf = entryId === null ? undefined : await leafOfEntry(tx, entryId)
  const checkpoint = await newestCheckpoint(tx)
  if (leaf === undefined || checkpoint === undefined || receipt === null) {
    throw new Error('internal: the statement of an erasure has no index')
  }
  const draft = JSON.parse(receipt) as { salt: string; statement: ErasureStatement } // written by `state` above
  const nodes = await nodesAt(tx, inclusionNodes(leaf.index, checkpoint.size))
  return formatReceipt(
    makeReceipt(
      leaf.index,
      parsePublicPart(leaf.publicBytes),
      { salt: Buffer.from(draft.salt, 'base64'), statement: draft.statement },
      proveInclusion(leaf.index, checkpoint.size, nodes, sha256),
      checkpoint.note,
    ),
  )
}
