/**
 * A person's request for access or erasure: previewed, opened, looked up, and for access handed over.
 * What a request must remember of the person is sealed under a key of its own, which is destroyed when it is done
 * (access: a day after it was opened). Opening an erasure does no more than seal; jobs/erasure.ts carries it out.
 * Does not: verify who asks (not built yet), or decide whose a row is (the map).
 */
import type { RequestAnswer } from '@avow/core/api/requests'
import { AvowError } from '@avow/core/errors'
import type { Connector } from '../connectors/connector.ts'
import { ciphertextsOf } from '../store/person.ts'
import {
  expireAccessRequests,
  insertRequest,
  type RequestRow,
  readRequest,
  type StoreProgress,
} from '../store/request.ts'
import type { Identifier } from '../vault/identifier.ts'
import { openJson, sealJson } from '../vault/seal.ts'
import { createSubjectKey, unwrapKey, wrapKey } from '../vault/vault.ts'
import { type Given, type PackagePart, writePackage } from './accessPackage.ts'
import { type Desk, vaultStore } from './desk.ts'
import { type FoundPerson, findPerson, hashOf } from './findPerson.ts'
import { createId, type Installation } from './installation.ts'
import { previewAccess, previewErasure } from './previewRequest.ts'
import { recordAccess } from './recordAccess.ts'
import { vaultBatches } from './vaultBatches.ts'
import { withholdBy } from './withhold.ts'

/** What an erasure must remember until it is done. */
export interface Remembered {
  readonly person: FoundPerson
  /** Blind hashes of the identifiers and ciphertexts of the values, in hex: to look for afterwards. */
  readonly traces: readonly string[]
  /** Identifiers and particular values, to look for afterwards in the stores of the company. */
  readonly values: readonly string[]
}

/** Values and ciphertexts looked for after an erasure, at most: a search has an end, and the receipt says how many. */
const maximumTraces = 10_000
const accessLastsMs = 24 * 60 * 60 * 1000

export async function previewRequest(
  desk: Desk,
  kind: 'access' | 'erase',
  subject: Identifier,
): Promise<RequestAnswer> {
  const person = await find(desk, subject)
  const stores = kind === 'erase' ? await previewErasure(desk, person) : await previewAccess(desk, person)
  return {
    ...{ id: null, kind, state: 'previewed', stage: null, receipt: null, failure: null },
    stores: storesOf(stores),
  }
}

/** Destroys the keys of access requests that were opened more than a day ago. */
export async function endAccess({ database, installation }: Desk): Promise<void> {
  const before = new Date(installation.now().getTime() - accessLastsMs)
  await database.transaction((tx) => expireAccessRequests(tx, before))
}

export async function openAccess(desk: Desk, subject: Identifier): Promise<RequestAnswer> {
  const person = await find(desk, subject)
  return open(desk, { kind: 'access', state: 'done', stage: null, remembered: { person, traces: [], values: [] } })
}

/** Seals whom to erase and what to look for afterwards. Nothing is erased yet. */
export async function openErasure(desk: Desk, subject: Identifier): Promise<RequestAnswer> {
  const person = await find(desk, subject)
  const { database, installation, connectors } = desk
  const ciphertexts = await database.transaction((tx) => ciphertextsOf(tx, person.subjectIds, maximumTraces))
  const hashes = person.identifiers.flatMap((each) => hashOf(installation, each) ?? [])
  const traces = [...hashes, ...ciphertexts].map((each) => Buffer.from(each).toString('hex'))
  const values = await particularValues(connectors, person)
  return open(desk, { kind: 'erase', state: 'running', stage: 'erase', remembered: { person, traces, values } })
}

/** @throws AvowError REQUEST_UNKNOWN */
export async function lookUpRequest({ database }: Desk, requestId: string): Promise<RequestAnswer> {
  return answerOf(await database.transaction((tx) => readRequest(tx, requestId)))
}

/**
 * What an access request found, to hand over: read from the stores as it is written. May be asked for again until the
 * request's key is destroyed. @throws AvowError REQUEST_UNKNOWN, REQUEST_STATE
 */
export async function accessPackage(desk: Desk, requestId: string): Promise<AsyncIterable<Uint8Array>> {
  const request = await desk.database.transaction((tx) => readRequest(tx, requestId))
  if (request.kind !== 'access' || request.sealed === null) {
    throw new AvowError(
      'REQUEST_STATE',
      'the request has nothing to hand over: it is an erasure, or older than a day; open a new request for access',
    )
  }
  const { person } = openRemembered(desk.installation, request)
  return handOver(desk, requestId, person)
}

async function* handOver(desk: Desk, requestId: string, person: FoundPerson): AsyncIterable<Uint8Array> {
  const { database, installation, connectors } = desk
  const given: Given = { stores: [] }
  const { policyVersion, table } = await database.transaction(async (tx) => {
    const head = await recordAccess(tx, installation, person.subjectIds, { requestId })
    return { policyVersion: head, table: await installation.policies.get(tx, head) }
  })
  const withhold = withholdBy(table)
  const head = {
    requestId,
    controller: table.policy.controller.name,
    policyVersion,
    givenAt: installation.now().toISOString(),
  }
  async function* parts(): AsyncIterable<PackagePart> {
    for (const connector of connectors) {
      const subject = person.stores[connector.store]
      if (subject !== undefined) yield { store: connector.store, batches: connector.access(subject) }
    }
    yield { store: vaultStore, batches: vaultBatches(database, installation, person.subjectIds, withhold) }
  }
  yield* writePackage(table.policy, head, parts(), given, withhold)
}

async function find({ database, installation, connectors }: Desk, subject: Identifier): Promise<FoundPerson> {
  return findPerson((use) => database.transaction(use), installation, connectors, subject)
}

interface Opening {
  readonly kind: 'access' | 'erase'
  readonly state: 'running' | 'done'
  readonly stage: string | null
  readonly remembered: Remembered
}

async function open(desk: Desk, { kind, state, stage, remembered }: Opening): Promise<RequestAnswer> {
  const { installation, database } = desk
  const openedAt = installation.now()
  const requestId = createId(openedAt)
  const key = createSubjectKey()
  const preview = kind === 'erase' ? previewErasure : previewAccess
  const stores = await preview(desk, remembered.person)
  const row = await database.transaction(async (tx) => {
    await insertRequest(tx, {
      ...{ requestId, kind, state, stage, stores, openedAt },
      sealed: sealJson(key, placeOf(requestId), remembered),
      wrappedKey: wrapKey(installation.vault, requestId, 'ordinary', key),
    })
    return readRequest(tx, requestId)
  })
  return answerOf(row)
}

const placeOf = (requestId: string) => ({ subjectId: requestId, record: 'request', field: 'remembered' })

/** @throws AvowError KEY_DESTROYED, SEAL_INVALID */
export function openRemembered({ vault }: Installation, request: RequestRow): Remembered {
  if (request.sealed === null || request.wrappedKey === null) {
    throw new AvowError('KEY_DESTROYED', 'the key of the request is destroyed: it is done and remembers counts alone')
  }
  const key = unwrapKey(vault, request.requestId, 'ordinary', request.wrappedKey)
  return openJson(key, placeOf(request.requestId), request.sealed) as Remembered // sealed by `open` above
}

/** What the map calls particular, as the person's own rows hold it, and their identifiers. */
async function particularValues(connectors: readonly Connector[], person: FoundPerson): Promise<string[]> {
  const values = new Set(person.identifiers.map(({ value }) => value))
  for (const connector of connectors) {
    const subject = person.stores[connector.store]
    if (subject === undefined) continue
    for await (const { of, rows } of connector.access(subject)) {
      const searched = of.columns.filter((column) => column.search)
      for (const row of rows) {
        for (const { column } of searched) {
          const value = row.values[column]
          if (typeof value === 'string' && values.size < maximumTraces) values.add(value)
        }
      }
    }
  }
  return [...values]
}

export function answerOf(row: RequestRow): RequestAnswer {
  const { requestId, kind, state, stage, failure, receipt } = row
  return {
    ...{ id: requestId, kind, state, stage, failure },
    stores: storesOf(row.stores),
    // Until the request is done there stands what the receipt will be made of, which proves nothing yet.
    receipt: receipt === null || state !== 'done' ? null : (JSON.parse(receipt) as Record<string, unknown>),
  }
}

function storesOf(stores: readonly StoreProgress[]): RequestAnswer['stores'] {
  return stores.map(({ store, steps, kept }) => ({
    store,
    steps: steps.map(({ step, rows }) => ({ step, rows })),
    kept: [...kept],
  }))
}
