import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { LedgerCheck } from '@avow/core/ledger/check'
import { openCheckpoint } from '@avow/core/ledger/checkpoint'
import { commit, formatPublicPart } from '@avow/core/ledger/entry'
import { formatFinding } from '@avow/core/ledger/finding'
import { nodeCount } from '@avow/core/ledger/tree'
import { createId } from '@avow/server/commands/installation'
import { sequenceNow, startSequencer } from '@avow/server/jobs/sequencer'
import { type Database, openDatabase } from '@avow/server/store/database'
import { appendEntry, countPending } from '@avow/server/store/ledger'
import { migrate } from '@avow/server/store/migrate'
import { sha256, verifyEd25519 } from '@avow/server/vault/digest'
import { logSigner } from '@avow/server/vault/vault'
import { type Cluster, createDatabase, postgresMissing, startPostgres, withClient } from '../postgres.ts'
import { testInstallation } from '../stores.ts'

const skip = postgresMissing()
let cluster: Cluster
before(async () => {
  if (!skip) cluster = await startPostgres()
})
after(async () => await cluster?.stop())

const publicBytes = formatPublicPart({ kind: 'collect', day: '2026-11-23', policyVersion: 'v1', rule: 'shop.orders' })

/** Commits one entry. @returns its id: from here on it must never be lost */
async function write(database: Database): Promise<string> {
  const addedAt = new Date()
  const entryId = createId(addedAt)
  const commitment = commit(randomBytes(32), randomBytes(8), sha256)
  await database.transaction((tx) =>
    appendEntry(tx, { entryId, subjectId: null, publicBytes, commitment, sealed: randomBytes(60), addedAt }),
  )
  return entryId
}

/** Writes until told to stop, from several connections at once. */
function writing(database: Database, writers: number): { stop(): Promise<string[]> } {
  let stopping = false
  const written: string[] = []
  const all = Array.from({ length: writers }, async () => {
    while (!stopping) written.push(await write(database))
  })
  return {
    async stop() {
      stopping = true
      await Promise.all(all)
      return written
    },
  }
}

/** Holds the log, as it lies in the tables, against what was acknowledged, itself, and every checkpoint ever signed. */
async function assertWhole(url: string, written: readonly string[]): Promise<void> {
  const { origin, vault } = await testInstallation()
  const log = { origin, keys: [logSigner(vault, origin).key] }
  const [pending, leaves, nodes, notes] = await withClient(url, async (client) => [
    (await client.query('select entry_id from avow.ledger_pending')).rows,
    (await client.query('select index::int, entry_id, public, commitment from avow.ledger_leaf order by index')).rows,
    (await client.query('select number::int, hash from avow.ledger_node order by number')).rows,
    (await client.query('select note from avow.ledger_checkpoint order by size')).rows,
  ])
  const checkpoints = notes.map(({ note }) => openCheckpoint(note, log, verifyEd25519))
  const check = new LedgerCheck(sha256)
  for (const { index, commitment, public: publicBytes } of leaves) {
    const kept = nodes.slice(nodeCount(index), nodeCount(index + 1)).map(({ hash }) => hash)
    check.leaf({ index, publicBytes, commitment, subject: 'kept', nodes: kept })
    while (checkpoints[0]?.size === index + 1) check.checkpoint(checkpoints.shift()!)
  }
  for (const each of checkpoints) check.checkpoint(each)
  assert.deepEqual(check.end().findings.map(formatFinding), [])
  assert.deepEqual(
    nodes.map(({ number }) => number),
    Array.from({ length: nodeCount(leaves.length) }, (_, i) => i),
  )
  // None lost, none twice, none from nowhere, none still waiting.
  assert.deepEqual(pending, [])
  assert.deepEqual(leaves.map((row) => row.entry_id).sort(), [...written].sort())
}

function spawnSequencer(url: string, aheadMs: number, ...die: readonly string[]): ChildProcess {
  const script = new URL('./sequencerProcess.ts', import.meta.url).pathname
  return spawn(process.execPath, [script, url, String(aheadMs), ...die], { stdio: ['ignore', 'pipe', 'inherit'] })
}

const ready = (child: ChildProcess) => new Promise<void>((resolve) => child.stdout!.once('data', () => resolve()))
const ended = (child: ChildProcess) =>
  new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))

async function freshStore(): Promise<{ url: string; database: Database }> {
  const url = await createDatabase(cluster)
  const database = await openDatabase({ url }, { connections: 8 })
  await migrate(database)
  return { url, database }
}

async function drain(database: Database): Promise<void> {
  await sequenceNow(database, await testInstallation())
}

test('killed at each statement it sends, before and after the answer, the sequencer loses no entry and numbers none twice', {
  skip,
}, async () => {
  const { url, database } = await freshStore()
  const written: string[] = []
  let kills = 0
  // Each process is killed one statement later than the one before it; the last lives to see everything numbered.
  for (let statement = 1; ; statement++) {
    const signals = []
    for (const when of ['sent', 'answered']) {
      for (let i = 0; i < 5; i++) written.push(await write(database))
      // The clock of each is a minute ahead of the one before, so that the dead one's lease has run out.
      const child = spawnSequencer(url, ++kills * 60_000, String(statement), when)
      signals.push(await ended(child))
    }
    if (signals.every((signal) => signal === null)) break
    assert.ok(statement < 50, 'a batch of five entries takes fewer than fifty statements')
  }
  assert.ok(kills > 20, 'the sequencer was killed at each of its statements')
  await drain(database)
  await assertWhole(url, written)
  await database.close()
})

test('killed at random under load, it loses no entry and numbers none twice', { skip }, async () => {
  const { url, database } = await freshStore()
  const writers = writing(database, 4)
  for (let kill = 0; kill < 8; kill++) {
    const child = spawnSequencer(url, kill * 60_000)
    await ready(child)
    await sleep(Math.random() * 300)
    child.kill('SIGKILL')
    await ended(child)
  }
  const written = await writers.stop()
  await drain(database)
  await assertWhole(url, written)
  await database.close()
})

test('several at once, each thinking the lease of the other has run out, number no entry twice', { skip }, async () => {
  const { url, database } = await freshStore()
  const writers = writing(database, 3)
  const faults: unknown[] = []
  const others = await Promise.all(
    [0, 60_000, 120_000].map(async (aheadMs) => {
      const own = await openDatabase({ url }, { connections: 2 })
      const installation = await testInstallation(() => new Date(Date.now() + aheadMs))
      const sequencer = startSequencer(own, installation, (error) => faults.push(error))
      return { own, sequencer, installation }
    }),
  )
  for (let i = 0; i < 20; i++) {
    await sleep(100)
    await sequenceNow(database, others[i % 3]!.installation) // and a fourth, by force
  }
  const written = await writers.stop()
  for (const { own, sequencer } of others) {
    await sequencer.stop()
    await own.close()
  }
  await drain(database)
  assert.deepEqual(faults, [])
  await assertWhole(url, written)
  await database.close()
})

test('one that sleeps while another takes over does nothing more when it wakes up', { skip }, async () => {
  const { url, database } = await freshStore()
  const writers = writing(database, 2)
  const sleeper = spawnSequencer(url, 0)
  await ready(sleeper)
  await sleep(300)
  sleeper.kill('SIGSTOP')
  const other = spawnSequencer(url, 60_000)
  await ready(other)
  await sleep(1500)
  sleeper.kill('SIGCONT')
  await sleep(1000)
  const written = await writers.stop()
  for (const child of [sleeper, other]) {
    child.kill('SIGKILL')
    await ended(child)
  }
  await drain(database)
  await assertWhole(url, written)
  await database.close()
})

test('one that freezes in the middle of a batch holds the others up for seconds, not for ever', { skip }, async (t) => {
  const { url, database } = await freshStore()
  const written = [await write(database)]
  // Statement 6 of its life: it has the lease, and the row of it locked, and has taken the entry.
  const frozen = spawnSequencer(url, 0, '6', 'frozen')
  await ready(frozen)
  await sleep(1000)
  assert.equal(await database.transaction((tx) => countPending(tx)), 1)
  const other = spawnSequencer(url, 60_000)
  const start = performance.now()
  let waiting = 1
  while (waiting > 0 && performance.now() - start < 20_000) {
    await sleep(100)
    waiting = await database.transaction((tx) => countPending(tx))
  }
  t.diagnostic(`another took over after ${Math.round(performance.now() - start)} ms`)
  for (const child of [frozen, other]) {
    child.kill('SIGKILL')
    await ended(child)
  }
  await assertWhole(url, written)
  await database.close()
})

test('with its connections cut again and again, it goes on by itself, and each entry has one index', {
  skip,
}, async () => {
  const { url, database } = await freshStore()
  const own = await openDatabase({ url: `${url}?application_name=sequencer` }, { connections: 2 })
  const installation = await testInstallation()
  let failures = 0 // cut in the middle of a batch
  const sequencer = startSequencer(own, installation, () => failures++)
  const writers = writing(database, 3)
  let cuts = 0
  await withClient(cluster.url, async (client) => {
    while (cuts < 25 || failures < 5) {
      await sleep(Math.random() * 60)
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sequencer'
           and datname = $1`,
        [new URL(url).pathname.slice(1)],
      )
      cuts += rowCount ?? 0
    }
  })
  const written = await writers.stop()
  while ((await database.transaction((tx) => countPending(tx))) > 0) await sleep(50)
  await sequencer.stop()
  await assertWhole(url, written)
  await own.close()
  await database.close()
})

test('under load an entry waits less than a second for its index', { skip }, async (t) => {
  const { url, database } = await freshStore()
  const child = spawnSequencer(url, 0)
  await ready(child)
  const writers = writing(database, 6)
  let worstMs = 0
  await withClient(url, async (client) => {
    for (let i = 0; i < 60; i++) {
      await sleep(50)
      const { rows } = await client.query(
        `select coalesce(extract(epoch from clock_timestamp() - min(added_at)) * 1000, 0)::float as ms
           from avow.ledger_pending`,
      )
      worstMs = Math.max(worstMs, rows[0].ms)
    }
  })
  const written = await writers.stop()
  await sleep(600)
  child.kill('SIGKILL')
  await ended(child)
  await assertWhole(url, written)
  await database.close()
  t.diagnostic(`${written.length} entries in 3 s, the longest wait ${Math.round(worstMs)} ms`)
  assert.ok(worstMs < 1000, `an entry waited ${Math.round(worstMs)} ms`)
})
