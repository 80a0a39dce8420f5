import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connectCompany, emailOf, makeCompany } from '../../../tests/company.ts'
import { type Cluster, createDatabase, postgresMissing, startPostgres } from '../../../tests/postgres.ts'
import { onEachStore, type TestStore } from '../../../tests/stores.ts'
import { collect } from './collect.ts'
import type { Desk } from './desk.ts'
import { accessPackage, endAccess, lookUpRequest, openAccess, previewRequest } from './request.ts'

const skip = postgresMissing()
let cluster: Cluster
before(async () => {
  if (!skip) cluster = await startPostgres()
})
after(() => cluster?.stop())

async function deskOf(
  { database, installation }: TestStore,
  t: { after(end: () => unknown): void },
  now: () => Date = () => new Date(),
): Promise<Desk> {
  const url = await createDatabase(cluster)
  await makeCompany(url, 4)
  const connector = connectCompany(url)
  t.after(() => connector.close())
  return { database, installation: { ...installation, now }, connectors: [connector] }
}

async function handedOver(desk: Desk, requestId: string): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of await accessPackage(desk, requestId)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

onEachStore((store) => {
  test('an answer holds what the vault and the company have of the person, and nothing of anybody else', {
    skip,
  }, async (t) => {
    const desk = await deskOf(store(), t)
    for (const [customer, street] of [
      [1, 'Vault Street Of One'],
      [2, 'Vault Street Of Two'],
    ] as const) {
      const kept = await desk.database.transaction((tx) =>
        collect(tx, desk.installation, {
          subject: { kind: 'email', value: emailOf(customer) },
          context: 'shop',
          purpose: 'orders',
          source: 'person',
          valueFacts: { sensitiveContent: 'no' },
          fields: { street },
        }),
      )
      assert.equal(kept.kind, 'kept')
    }
    const { id, stores } = await openAccess(desk, { kind: 'email', value: emailOf(1) })
    assert.deepEqual(stores, (await previewRequest(desk, 'access', { kind: 'email', value: emailOf(1) })).stores)
    const text = await handedOver(desk, id ?? '')
    for (const own of ['Canary Name Of 1', 'Canary Street 2 Of 1', 'Canary Words From 1', 'Vault Street Of One']) {
      assert.ok(text.includes(own), own)
    }
    for (const other of ['Of 2', 'From 4', emailOf(2), 'Street Of Two']) assert.ok(!text.includes(other), other)
    assert.equal(JSON.parse(text).controller, 'Small Ltd')
  })

  test('a day after it was opened, an answer can no longer be handed out, and its key is gone', { skip }, async (t) => {
    let now = new Date()
    const desk = await deskOf(store(), t, () => now)
    const { id } = await openAccess(desk, { kind: 'email', value: emailOf(3) })
    await handedOver(desk, id ?? '')
    now = new Date(now.getTime() + 23 * 3_600_000)
    await endAccess(desk)
    await handedOver(desk, id ?? '')
    now = new Date(now.getTime() + 2 * 3_600_000)
    await endAccess(desk)
    await assert.rejects(handedOver(desk, id ?? ''), { code: 'REQUEST_STATE' })
    assert.equal((await lookUpRequest(desk, id ?? '')).state, 'done')
  })

  test("nobody is found by what is nobody's, and a malformed identifier or id is said without quoting it", {
    skip,
  }, async (t) => {
    const desk = await deskOf(store(), t)
    const refused = (value: string, code: string) =>
      assert.rejects(openAccess(desk, { kind: 'email', value }), (error: Error & { code?: string }) => {
        assert.equal(error.code, code)
        assert.ok(!error.message.includes(value))
        return true
      })
    await refused('stranger@example.test', 'SUBJECT_UNKNOWN')
    await refused('not an address', 'INPUT_INVALID')
    await assert.rejects(accessPackage(desk, '00000000-0000-7000-8000-00000000dead'), { code: 'REQUEST_UNKNOWN' })
  })
})
