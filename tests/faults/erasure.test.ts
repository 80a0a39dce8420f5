/**
 * A process that erases one person after another is killed (SIGKILL) at random, thirty times on each store. Whoever comes
 * next carries on. After each death: every erasure that was reported done is done, in the vault and in the company, with
 * a receipt that verifies. In the end: every one is done, each stated in the ledger once, and nobody else was touched.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { after, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseReceipt, verifyReceipt } from '@avow/core/ledger/receipt'
import { trustedLog } from '@avow/server/commands/checkLedger'
import { collect } from '@avow/server/commands/collect'
import { reportLedger } from '@avow/server/commands/ledger'
import { readRequest } from '@avow/server/store/request'
import { sha256, verifyEd25519 } from '@avow/server/vault/digest'
import { sql } from 'kysely'
import { emailOf, makeCompany, rowsHolding } from '../company.ts'
import { type Cluster, createDatabase, postgresMissing, startPostgres } from '../postgres.ts'
import { openStore, placeFor, storeKinds, type TestStore } from '../stores.ts'

const kills = 30
const customers = 240
const program = new URL('./erasureProcess.ts', import.meta.url).pathname

/** @returns the requests that were reported done, and whether all were */
async function eraseAndDie(args: readonly string[], kill: boolean): Promise<{ done: string[]; all: boolean }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args])
  let said = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  if (kill) {
    while (!said.includes('\n') && child.exitCode === null) await sleep(5)
    await sleep(Math.random() * 500)
    child.kill('SIGKILL')
  }
  await closed
  assert.equal(complaint, '')
  const lines = said.split('\n').slice(1, -1)
  return { done: lines.filter((line) => line !== 'all'), all: lines.includes('all') }
}

async function assertDone({ database, installation }: TestStore, requestId: string): Promise<void> {
  const { state, receipt } = await database.transaction((tx) => readRequest(tx, requestId))
  assert.equal(state, 'done')
  verifyReceipt(parseReceipt(receipt ?? ''), trustedLog(installation), sha256, verifyEd25519)
}

for (const kind of storeKinds) {
  describe(kind, { skip: postgresMissing() }, () => {
    const ends: (() => unknown)[] = []
    after(async () => {
      for (const end of ends.reverse()) await end()
    })

    test(`killed ${kills} times while it erases, it leaves no erasure half done, does none twice and reports none early`, async (t) => {
      const cluster: Cluster = await startPostgres()
      ends.push(() => cluster.stop())
      const company = await createDatabase(cluster)
      await makeCompany(company, customers)
      const place = await placeFor(kind, { after: (end) => void ends.push(end) })
      const store = await openStore(place)
      for (let customer = 1; customer <= customers; customer += 2) await keep(store, customer)
      await store.database.close()

      // The last ten customers ask for nothing.
      const args = [JSON.stringify(place), company, '1', String(customers - 10)]
      const reported: string[] = []
      for (let i = 0; i < kills; i++) {
        const { done } = await eraseAndDie(args, true)
        reported.push(...done)
        const opened = await openStore(place)
        for (const requestId of done) await assertDone(opened, requestId)
        await opened.database.close()
      }
      const { done, all } = await eraseAndDie(args, false)
      assert.ok(all, 'the last process did not get to the end')
      reported.push(...done)
      assert.equal(new Set(reported).size, reported.length, 'an erasure was reported twice')

      const { database, installation } = await openStore(place)
      ends.push(() => database.close())
      await database.transaction(async (tx) => {
        const { rows } = await sql<{ undone: number; requests: number; statements: number }>`
          select (select count(*) from avow.request where state <> 'done') as undone,
            (select count(*) from avow.request) as requests,
            (select count(distinct r.entry_id) from avow.request r join avow.ledger_leaf l using (entry_id)) as statements`.execute(
          tx,
        )
        const { undone, requests, statements } = rows[0]!
        assert.equal(undone, 0)
        assert.equal(statements, requests)
        const entries = await sql<{ n: number }>`
          select count(*) as n from avow.ledger_leaf where convert_from(public, 'UTF8') like '%"kind":"erase"%'
            and commitment <> decode(repeat('00', 32), 'hex')`.execute(tx)
        assert.equal(entries.rows[0]?.n, requests, 'a statement stands in the ledger without its request')
        t.diagnostic(`${requests} erasures, ${reported.length} reported`)
      })
      for (let customer = 1; customer <= customers; customer++) {
        const left = (await rowsHolding(company, customer)).length
        assert.equal(left, customer <= customers - 10 ? 0 : 4, `customer ${customer}`)
      }
      assert.deepEqual((await reportLedger(database, installation)).findings, [])
    })
  })
}

async function keep({ database, installation }: TestStore, customer: number): Promise<void> {
  const email = emailOf(customer)
  const kept = await database.transaction((tx) =>
    collect(tx, installation, {
      subject: { kind: 'email', value: email },
      context: 'shop',
      purpose: 'orders',
      source: 'person',
      valueFacts: { sensitiveContent: 'no' },
      fields: { email },
    }),
  )
  assert.equal(kept.kind, 'kept')
}
