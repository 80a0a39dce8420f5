/**
 * The wiring of an installation: its store, secrets, policy, company stores and jobs, opened in order and closed in the
 * reverse one, and a function for each call of the HTTP contract. Decides nothing.
 */
import { mkdirSync } from 'node:fs'
import type { Calls } from '@avow/core/api/contract'
import { AvowError } from '@avow/core/errors'
import type { PolicyDocument } from '@avow/core/policy/document'
import { policyId } from '@avow/core/policy/policyId'
import type { BoardEntry } from '@avow/core/promise/board'
import { mapFindings } from './commands/checkMaps.ts'
import { choose } from './commands/choose.ts'
import { collect } from './commands/collect.ts'
import { correct } from './commands/correct.ts'
import { decideFor, explainFor } from './commands/decideFor.ts'
import { collectionOf, importRows } from './commands/importRows.ts'
import { createPolicies, type Installation } from './commands/installation.ts'
import { proveEntry, readCheckpoint, reportLedger } from './commands/ledger.ts'
import { type BoardContext, boardContext, evaluateBoard } from './commands/promises.ts'
import { checkVersion, publishPolicy } from './commands/publishPolicy.ts'
import { type Reading, read } from './commands/read.ts'
import { accessPackage, lookUpRequest, openAccess, openErasure, previewRequest } from './commands/request.ts'
import { rightsPurpose } from './commands/withhold.ts'
import type { Config } from './config.ts'
import type { Connector } from './connectors/connector.ts'
import { readPolicy } from './files/policyFile.ts'
import type { Application, Commands, OpenApplication, Published } from './http/application.ts'
import { type Requests, startRequests } from './jobs/requests.ts'
import { sequenceNow, startSequencer } from './jobs/sequencer.ts'
import { type Database, openDatabase } from './store/database.ts'
import { newestCheckpoint } from './store/ledger.ts'
import { migrate } from './store/migrate.ts'
import { policyHead, policyVersions } from './store/policy.ts'
import { openStores } from './stores.ts'
import { sha256 } from './vault/digest.ts'
import { createKeyFiles, environmentKeys, fileKeys, type KeySource } from './vault/keySource.ts'
import { openVault } from './vault/vault.ts'

type Log = Parameters<OpenApplication<Config>>[1]['log']

/** @throws AvowError, one line, for whatever cannot be opened or cannot stand */
export const openApplication: OpenApplication<Config> = async (config, { log }) => {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer()
  }
  try {
    return await open(config, log, closers, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function open(
  config: Config,
  log: Log,
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Application> {
  // Read before the store is opened: a policy that cannot stand leaves everything as it was.
  const policy = await readPolicy(config.policy)
  mkdirSync(config.folder, { recursive: true, mode: 0o700 })
  const database = await openDatabase(
    config.database === undefined ? { folder: config.folder } : { url: config.database },
    { say: (line) => log.info(line) },
  )
  closers.push(() => database.close())
  await migrate(database)
  const vault = await openVault(await keysOf(config, database))
  const installation: Installation = {
    vault,
    policies: createPolicies(),
    now: () => new Date(),
    origin: config.origin,
  }
  await publish(database, installation, policy)
  const stores = await openStores(config.stores, policy)
  closers.push(() => stores.close())
  const desk = { database, installation, connectors: stores.connectors }
  const failed = (error: unknown) => log.error(error, 'a job failed; it is tried again')
  const sequencer = startSequencer(database, installation, failed)
  closers.push(() => sequencer.stop())
  const requests = startRequests(desk, failed)
  closers.push(() => requests.stop())
  const context = boardContext({ desk, policy, maps: stores.maps, demonstration: config.demonstration })
  return {
    commands: commandsOf(context, requests),
    package: async (requestId) => ({
      mediaType: 'application/json',
      fileName: `access-${requestId}.json`,
      chunks: await accessPackage(desk, requestId),
    }),
    published: await publishedOf(context),
    close,
  }
}

/** Keys are made at the first start of an empty store, and never again: one that is missing later is an error. */
async function keysOf(config: Config, database: Database): Promise<KeySource> {
  if (process.env.AVOW_WRAPPING_KEY !== undefined) return environmentKeys(process.env)
  const isNew = (await database.transaction(policyHead)) === undefined
  if (isNew) createKeyFiles(config.key)
  return fileKeys(config.key)
}

/** Makes the configured policy the one that holds, where it is not already. @throws AvowError where it cannot stand */
async function publish(database: Database, installation: Installation, policy: PolicyDocument): Promise<void> {
  if ((await database.transaction(policyHead)) !== policyId(policy, sha256)) {
    const version = checkVersion(policy)
    await database.transaction((tx) => publishPolicy(tx, installation, version))
  }
  // So that there is a checkpoint to show from the first moment on.
  if ((await database.transaction(newestCheckpoint)) === undefined) await sequenceNow(database, installation)
}

function commandsOf(context: BoardContext, requests: Requests): Commands {
  const { desk, policy, maps } = context
  const { database, installation, connectors } = desk
  return {
    decide: (body) => database.transaction((tx) => decideFor(tx, installation, body)),
    explain: (body) => database.transaction((tx) => explainFor(tx, installation, body)),
    collect: (body) =>
      database.transaction(async (tx) => {
        const done = await collect(tx, installation, collectionOf(body))
        if (done.kind === 'refused') return done
        const { kind, recordId, rule, obligations, policyVersion } = done
        return { kind, recordId, rule, obligations: [...obligations], policyVersion }
      }),
    choose: (body) =>
      database.transaction(async (tx) => {
        const { kind, policyVersion } = await choose(tx, installation, { ...body, how: 'staff' })
        return { kind, policyVersion }
      }),
    async read(body) {
      const { records, next } = await database.transaction((tx) => read(tx, installation, readingOf(body)))
      return { records: [...records], next }
    },
    correct: (body) =>
      database.transaction(async (tx) => {
        const done = await correct(tx, installation, { ...body, purpose: rightsPurpose(policy) })
        if (done.kind === 'refused') return done
        const { kind, recordId, rule, policyVersion } = done
        return { kind, recordId, rule, policyVersion }
      }),
    importRows: (body) => importRows(database, installation, body),
    async openRequest({ kind, subject, dryRun }) {
      if (dryRun) return previewRequest(desk, kind, subject)
      if (kind === 'access') return openAccess(desk, subject)
      const request = await openErasure(desk, subject)
      requests.wake()
      return request
    },
    request: ({ id }) => lookUpRequest(desk, id),
    promises: () => evaluateBoard(context),
    checkpoint: () => database.transaction((tx) => readCheckpoint(tx, installation)),
    proveEntry: ({ index }) => database.transaction((tx) => proveEntry(tx, index)),
    checkLedger: () => reportLedger(database, installation),
    map: async () => ({ avow: 1, stores: maps }),
    async checkMap() {
      const found = await mapFindings(connectors, maps, policy)
      return { holds: found.every(({ findings }) => findings.every(({ code }) => code === 'advice')), stores: found }
    },
    async describeStore({ store }) {
      return requireStore(connectors, store).describe()
    },
  }
}

/** Optional properties that were left out are not there at all. */
function readingOf({ contexts, fields, after, ...rest }: Calls['read']['input']): Reading {
  return {
    ...rest,
    ...(contexts === undefined ? {} : { contexts }),
    ...(fields === undefined ? {} : { fields }),
    ...(after === undefined ? {} : { after }),
  }
}

/** @throws AvowError NOT_FOUND */
function requireStore(connectors: readonly Connector[], store: string): Connector {
  const found = connectors.find((each) => each.store === store)
  if (found !== undefined) return found
  const known = connectors.map((each) => each.store).join(', ')
  throw new AvowError('NOT_FOUND', `no store \`${store}\` is connected: use one of ${known || 'those in avow.json'}`)
}

/** A board older than this is evaluated anew by the next who looks, in the background; never more often. */
const boardLastsMs = 60_000

async function publishedOf(context: BoardContext): Promise<Published> {
  const { desk, policy, demonstration } = context
  const { database, installation } = desk
  const versions = await database.transaction(policyVersions)
  const policyVersion = policyId(policy, sha256)
  const effective = versions.find(({ id }) => id === policyVersion)?.publishedAt ?? installation.now()
  let board: Promise<readonly BoardEntry[]> | undefined
  let asked = 0
  return {
    ...{ policy, policyVersion, demonstration },
    effectiveDay: effective.toISOString().slice(0, 10),
    logKey: (await database.transaction((tx) => readCheckpoint(tx, installation))).key,
    async board() {
      const now = installation.now().getTime()
      if (board === undefined) {
        asked = now
        board = evaluateBoard(context)
        board.catch(() => {
          board = undefined
        })
      } else if (now - asked > boardLastsMs) {
        asked = now
        const shown = board
        const next = evaluateBoard(context)
        // What was last found is shown until there is something newer; a failure leaves it, with its own time on it.
        next.then(
          () => {
            board = next
          },
          () => {},
        )
        return shown
      }
      return board
    },
    checkpoint: async () => (await database.transaction((tx) => readCheckpoint(tx, installation))).note,
    async ready() {
      try {
        await database.transaction(policyHead)
        return { ready: true }
      } catch (error) {
        const reason = error instanceof AvowError ? error.message : 'the store does not answer'
        return { ready: false, reason }
      }
    },
  }
}
