import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { parseReceipt, verifyReceipt } from '@avow/core/ledger/receipt'
import { connectCompany, emailOf, makeCompany, rowsHolding } from '../../../tests/company.ts'
import { type Cluster, createDatabase, postgresMissing, startPostgres, withClient } from '../../../tests/postgres.ts'
import { onEachStore, type TestStore } from '../../../tests/stores.ts'
import { trustedLog } from '../commands/checkLedger.ts'
import { collect } from '../commands/collect.ts'
import type { Desk } from '../commands/desk.ts'
import { reportLedger } from '../commands/ledger.ts'
import { lookUpRequest, openErasure, previewRequest } from '../commands/request.ts'
import { sha256, verifyEd25519 } from '../vault/digest.ts'
import { carryOnErasure, retryErasure } from './erasure.ts'

const skip = postgresMissing()
let cluster: Cluster
before(async () => {
  if (!skip) cluster = await startPostgres()
})
after(() => cluster?.stop())

const customers = 6

async function deskOf({ database, installation }: TestStore, t: { after(end: () => unknown): void }) {
  const url = await createDatabase(cluster)
  await makeCompany(url, customers)
  const connector = connectCompany(url)
  t.after(() => connector.close())
  const desk: Desk = { database, installation, connectors: [connector] }
  return { desk, url }
}

/** The customers of each test are new to the vault too: tests share a store. */
async function renew(url: string): Promise<(customer: number) => string> {
  const mark = randomUUID()
  await withClient(url, (client) => client.query(`update customer set email = $1 || email`, [mark]))
  return (customer) => mark + emailOf(customer)
}

async function keep({ database, installation }: Desk, email: string): Promise<string> {
  const kept = await database.transaction((tx) =>
    collect(tx, installation, {
      subject: { kind: 'email', value: email },
      context: 'shop',
      purpose: 'orders',
      source: 'person',
      valueFacts: { sensitiveContent: 'no' },
      fields: { email, name: 'Canary In The Vault' },
    }),
  )
  assert.equal(kept.kind, 'kept')
  return kept.kind === 'kept' ? kept.subjectId : ''
}

onEachStore((store) => {
  test('an erased person is gone from the vault and the company, nobody else is touched, and the receipt verifies', {
    skip,
  }, async (t) => {
    const { desk, url } = await deskOf(store(), t)
    const email = await renew(url)
    await keep(desk, email(2))
    await keep(desk, email(3))
    const others = await Promise.all([1, 3, 4, 5, 6].map((customer) => rowsHolding(url, customer)))
    const preview = await previewRequest(desk, 'erase', { kind: 'email', value: email(2) })

    const opened = await openErasure(desk, { kind: 'email', value: email(2).toUpperCase() })
    const stages: string[] = []
    const done = await carryOnErasure(desk, opened.id ?? '', { told: (stage) => stages.push(stage) })

    assert.deepEqual(stages, ['erase', 'destroy', 'search', 'receipt'])
    assert.deepEqual([done.state, done.failure], ['done', null])
    assert.deepEqual(await rowsHolding(url, 2), [])
    // A letter to the person stays its sender's, and points at nobody.
    const unlinked = others.map((rows) => rows.map((row) => row.replace('letter (1,1,2,', 'letter (1,1,,')))
    assert.deepEqual(await Promise.all([1, 3, 4, 5, 6].map((customer) => rowsHolding(url, customer))), unlinked)
    const company = (answer: typeof preview) => answer.stores.find((each) => each.store === 'company')
    assert.deepEqual(company(done)?.steps, company(preview)?.steps)

    const receipt = parseReceipt(JSON.stringify(done.receipt, null, 2))
    const checkpoint = verifyReceipt(receipt, trustedLog(desk.installation), sha256, verifyEd25519)
    assert.equal(checkpoint.origin, desk.installation.origin)
    assert.ok('statement' in receipt.subject && receipt.subject.statement.kind === 'erasure')
    assert.equal(receipt.subject.statement.search.found, 0)
    assert.deepEqual(
      receipt.subject.statement.stores.map(({ store, level }) => [store, level]),
      [
        ['company', 'deleted'],
        ['vault', 'keyGone'],
      ],
    )
    const { holds, findings } = await reportLedger(desk.database, desk.installation)
    assert.deepEqual([holds, findings], [true, []])
    await assert.rejects(openErasure(desk, { kind: 'email', value: email(2) }), { code: 'SUBJECT_UNKNOWN' })
    // The other person's values still open.
    assert.equal((await previewRequest(desk, 'access', { kind: 'email', value: email(3) })).stores.length, 2)
  })

  test('a survivor planted in a table nobody mapped turns the erasure red, and once it is mended the erasure is done', {
    skip,
  }, async (t) => {
    const { desk, url } = await deskOf(store(), t)
    const email = await renew(url)
    await withClient(url, (client) =>
      client.query('insert into mail_log (line) values ($1)', [`sent to ${email(4)} at noon`]),
    )
    const { id } = await openErasure(desk, { kind: 'email', value: email(4) })
    const failed = await carryOnErasure(desk, id ?? '')
    assert.equal(failed.state, 'failed')
    assert.equal(failed.receipt, null)
    assert.equal(failed.failure?.code, 'ERASURE_INCOMPLETE')
    assert.match(failed.failure.detail, /1 rows of `mail_log` in `company`, column `line`/)
    assert.ok(!JSON.stringify(failed).includes(email(4)), 'the failure holds the identifier')
    assert.equal((await carryOnErasure(desk, id ?? '')).state, 'failed')

    await withClient(url, (client) => client.query('delete from mail_log'))
    const mended = await retryErasure(desk, id ?? '')
    assert.equal(mended.state, 'done')
    assert.notEqual(mended.receipt, null)
  })

  test('a value that stands only within a longer word is not a survivor; one beside punctuation is', {
    skip,
  }, async (t) => {
    const { desk, url } = await deskOf(store(), t)
    const email = emailOf(1)
    await withClient(url, (client) => client.query('insert into mail_log (line) values ($1)', [`other${email}`]))
    const { id } = await openErasure(desk, { kind: 'email', value: email })
    await withClient(url, (client) => client.query('insert into mail_log (line) values ($1)', [`{"to":"${email}"}`]))
    const failed = await carryOnErasure(desk, id ?? '')
    assert.match(failed.failure?.detail ?? '', /: 1 rows of `mail_log` in `company`, column `line`$/)
    await withClient(url, (client) => client.query(`delete from mail_log where line like '{%'`))
    assert.equal((await retryErasure(desk, id ?? '')).state, 'done')
  })

  test('two that carry one erasure on at once do it once', { skip }, async (t) => {
    const { desk, url } = await deskOf(store(), t)
    const email = await renew(url)
    await keep(desk, email(5))
    const { id } = await openErasure(desk, { kind: 'email', value: email(5) })
    const both = await Promise.all([carryOnErasure(desk, id ?? ''), carryOnErasure(desk, id ?? '')])
    assert.deepEqual(
      both.map(({ state }) => state),
      ['done', 'done'],
    )
    assert.deepEqual(both[0], both[1])
    assert.deepEqual(await rowsHolding(url, 5), [])
    assert.equal((await reportLedger(desk.database, desk.installation)).holds, true)
  })

  test('what a request remembers of the person is sealed while it runs and gone when it is done', {
    skip,
  }, async (t) => {
    const { desk, url } = await deskOf(store(), t)
    const email = await renew(url)
    const { id } = await openErasure(desk, { kind: 'email', value: email(6) })
    assert.equal((await lookUpRequest(desk, id ?? '')).state, 'running')
    const remembered = () =>
      desk.database.transaction((tx) =>
        tx
          .selectFrom('avow.request as r')
          .leftJoin('avow_keys.request_key as k', 'k.request_id', 'r.request_id')
          .select(['r.sealed', 'k.wrapped'])
          .where('r.request_id', '=', id ?? '')
          .executeTakeFirstOrThrow(),
      )
    const before = await remembered()
    assert.ok(before.sealed !== null && before.wrapped !== null)
    assert.ok(!Buffer.from(before.sealed).toString('latin1').includes('example.test'))
    await carryOnErasure(desk, id ?? '')
    assert.deepEqual(await remembered(), { sealed: null, wrapped: null })
  })
})
