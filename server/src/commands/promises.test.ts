/**
 * Every live query a promise may name is shown to be able to fail: with its breach planted it turns the promise red, and
 * with the breach taken out it is green again. The compiler asks for a breach for each name of the registry.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { PolicyDocument } from '@avow/core/policy/document'
import { promiseBoard } from '@avow/core/promise/board'
import { sql } from 'kysely'
import { companyMap, connectCompany, emailOf, makeCompany } from '../../../tests/company.ts'
import { type Cluster, createDatabase, postgresMissing, startPostgres, withClient } from '../../../tests/postgres.ts'
import { smallPolicy } from '../../../tests/smallPolicy.ts'
import { onEachStore, type TestStore } from '../../../tests/stores.ts'
import { carryOnErasure, retryErasure } from '../jobs/erasure.ts'
import { sequenceNow } from '../jobs/sequencer.ts'
import { collect } from './collect.ts'
import { type BoardContext, boardContext, evaluateBoard, type QueryName, queries, runQuery } from './promises.ts'
import { openErasure } from './request.ts'

const skip = postgresMissing()
let cluster: Cluster
before(async () => {
  if (!skip) cluster = await startPostgres()
})
after(() => cluster?.stop())

interface Scene {
  readonly context: BoardContext
  readonly company: string
}

/** What breaks the promise; it returns what takes the breach out again. */
type Breach = (scene: Scene) => Promise<() => Promise<unknown>>

const inStore = ({ context }: Scene, statement: string) =>
  context.desk.database.transaction((tx) => sql.raw(statement).execute(tx))
const inCompany = ({ company }: Scene, statement: string) => withClient(company, (client) => client.query(statement))

/** A column of one record set to something else, and back. */
const altered =
  (column: string, value: string): Breach =>
  async (scene) => {
    await inStore(scene, `create table avow.kept_aside as select * from avow.record where field = 'name' limit 1`)
    const same = 'r.subject_id = k.subject_id and r.record_id = k.record_id and r.field = k.field'
    await inStore(scene, `update avow.record r set ${column} = ${value} from avow.kept_aside k where ${same}`)
    return async () => {
      await inStore(scene, `update avow.record r set ${column} = k.${column} from avow.kept_aside k where ${same}`)
      await inStore(scene, 'drop table avow.kept_aside')
    }
  }

const breaches: Readonly<Record<QueryName, Breach>> = {
  recordsCarryContext: altered('context', `'nowhere'`),
  fieldsInOneCategory: altered('category', `'health'`),
  sourceOnEveryRecord: altered('source', `'rumour'`),
  sealedAtRest: altered('sealed', `'in plain'::bytea`),
  collectionsLedgered: unledgered,
  actsUnderStandingVersion: async (scene) => {
    const size = `(select max(index) + 1 from avow.ledger_leaf)`
    const part = `'{"day":"2026-01-01","kind":"publish","policyVersion":"never"}'`
    await inStore(
      scene,
      `insert into avow.ledger_leaf values (${size}, gen_random_uuid(), null, ${part}::bytea, '', null)`,
    )
    return () => inStore(scene, `delete from avow.ledger_leaf where public = ${part}::bytea`)
  },
  ledgerIntact: async (scene) => {
    const swap = (from: string, to: string) =>
      inStore(
        scene,
        `update avow.ledger_leaf set public = convert_to(replace(convert_from(public, 'UTF8'), '${from}', '${to}'), 'UTF8')
          where index = 1`,
      )
    await swap('"kind":"collect"', '"kind":"correct"')
    return () => swap('"kind":"correct"', '"kind":"collect"')
  },
  erasuresSearched: async (scene) => {
    const { desk } = scene.context
    await inCompany(scene, `insert into mail_log (line) values ('${emailOf(3)}')`)
    const { id } = await openErasure(desk, { kind: 'email', value: emailOf(3) })
    await carryOnErasure(desk, id ?? '')
    return async () => {
      await inCompany(scene, 'delete from mail_log')
      await retryErasure(desk, id ?? '')
    }
  },
  storesMapped: async (scene) => {
    await inCompany(scene, 'alter table customer add column nobody_asked text')
    return () => inCompany(scene, 'alter table customer drop column nobody_asked')
  },
}

/** A record that somebody wrote past `act`. */
async function unledgered(scene: Scene): Promise<() => Promise<unknown>> {
  const subject = '00000000-0000-7000-8000-000000000001'
  await inStore(
    scene,
    `insert into avow.record select '${subject}', record_id, field, context, category, source, purpose, policy_version,
       facts, collected_at, sensitivity, sealed from avow.record limit 1`,
  )
  return () => inStore(scene, `delete from avow.record where subject_id = '${subject}'`)
}

/** A policy with one promise for each query. */
const policy: PolicyDocument = {
  ...smallPolicy,
  promises: Object.fromEntries(
    Object.keys(queries).map((query) => [
      query,
      {
        title: query,
        chapter: 'test',
        withoutRule: 'shown by a query',
        needs: 'answered',
        evidence: [{ kind: 'query', query }],
      },
    ]),
  ),
}

async function sceneOf({ database, installation }: TestStore, t: { after(end: () => unknown): void }): Promise<Scene> {
  const company = await createDatabase(cluster)
  await makeCompany(company, 4)
  const connector = connectCompany(company)
  t.after(() => connector.close())
  const desk = { database, installation, connectors: [connector] }
  return { context: boardContext({ desk, policy, maps: { company: companyMap }, demonstration: true }), company }
}

onEachStore((store) => {
  test('before anything was done, what has nothing to look at is not exercised, and nothing is green', {
    skip,
  }, async (t) => {
    const { context } = await sceneOf(store(), t)
    const board = await evaluateBoard(context)
    const statuses = Object.fromEntries(board.map(({ id, status }) => [id, status]))
    assert.equal(statuses.recordsCarryContext, 'not-exercised')
    assert.equal(statuses.erasuresSearched, 'not-exercised')
  })

  test('each query is green on what was really done, red with its breach planted, and green again without it', {
    skip,
  }, async (t) => {
    const scene = await sceneOf(store(), t)
    const { context } = scene
    const { desk } = context
    for (const customer of [1, 2]) {
      const kept = await desk.database.transaction((tx) =>
        collect(tx, desk.installation, {
          subject: { kind: 'email', value: emailOf(customer) },
          context: 'shop',
          purpose: 'orders',
          source: 'person',
          valueFacts: { sensitiveContent: 'no' },
          fields: { email: emailOf(customer), name: 'Someone' },
        }),
      )
      assert.equal(kept.kind, 'kept')
    }
    await sequenceNow(desk.database, desk.installation)
    const { id } = await openErasure(desk, { kind: 'email', value: emailOf(2) })
    assert.equal((await carryOnErasure(desk, id ?? '')).state, 'done')

    const statusOf = async (name: QueryName) =>
      promiseBoard(policy, [await runQuery(context, name, 1)], []).find((entry) => entry.id === name)?.status
    for (const name of Object.keys(breaches) as QueryName[]) {
      assert.equal(await statusOf(name), 'evidenced', `${name} before its breach`)
      const takeOut = await breaches[name](scene)
      assert.equal(await statusOf(name), 'failing', `${name} with its breach`)
      await takeOut()
      assert.equal(await statusOf(name), 'evidenced', `${name} after its breach`)
    }
  })

  test('a promise that names a query nobody wrote is an error, not a green light', { skip }, async (t) => {
    const { context } = await sceneOf(store(), t)
    await assert.rejects(runQuery(context, 'nobodyWroteThis', 1), { code: 'POLICY_UNKNOWN_NAME' })
    await assert.rejects(runQuery(context, 'constructor', 1), { code: 'POLICY_UNKNOWN_NAME' })
  })

  test('what reaches a store that is only seen is never green', { skip }, async (t) => {
    const { context } = await sceneOf(store(), t)
    const seen = { ...context, maps: { company: { ...companyMap, level: 'seen' as const } } }
    const entry = (await evaluateBoard(seen)).find(({ id }) => id === 'storesMapped')
    assert.equal(entry?.status, 'not-yet')
    assert.match(entry.missing.join(), /store `company` must be answered, and it is seen/)
  })
})
