import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { canary, dumpAll, findCanaries } from '../../../tests/canary.ts'
import { onEachStore } from '../../../tests/stores.ts'
import { choose } from '../commands/choose.ts'
import { collect } from '../commands/collect.ts'
import { correct } from '../commands/correct.ts'
import { read } from '../commands/read.ts'
import { sequenceNow } from '../jobs/sequencer.ts'
import type { Tx } from './database.ts'
import { columns } from './plaintext.ts'

onEachStore((store) => {
  const run = <T>(use: (tx: Tx) => Promise<T>) => store().database.transaction(use)

  test('every column of the database is listed with what it holds, and bytes are listed as bytes', async () => {
    const { rows } = await run((tx) =>
      sql<{ table: string; column: string; type: string }>`
        select table_schema || '.' || table_name as "table", column_name as "column", data_type as type
        from information_schema.columns where table_schema in ('avow', 'avow_keys')`.execute(tx),
    )
    const inDatabase = rows.map(({ table, column }) => `${table}.${column}`).sort()
    const listed = Object.entries(columns).flatMap(([table, each]) =>
      Object.keys(each).map((name) => `${table}.${name}`),
    )
    assert.deepEqual(listed.sort(), inDatabase)
    const natures = new Map(
      Object.entries(columns).flatMap(([table, each]) =>
        Object.entries(each).map(([name, nature]) => [`${table}.${name}`, nature]),
      ),
    )
    for (const { table, column, type } of rows) {
      const nature = natures.get(`${table}.${column}`)
      if (nature === 'sealed') assert.equal(type, 'bytea', `${table}.${column}`)
      if (type === 'bytea') assert.ok(['sealed', 'hash', 'published'].includes(nature ?? ''), `${table}.${column}`)
      if (type === 'text')
        assert.ok(['closed', 'hash', 'published', 'written'].includes(nature ?? ''), `${table}.${column}`)
    }
  })

  test('no value, identifier, note or correction can be read in a raw dump of our tables', async () => {
    const at = store().installation
    const [address, name, street, newName, diagnosis, note, who] = [
      'mail',
      'name',
      'street',
      'new',
      'sick',
      'note',
      'who',
    ].map(canary) as [string, string, string, string, string, string, string] // seven in, seven out
    const subject = { kind: 'email', value: `${address}@example.test` }
    const valueFacts = { sensitiveContent: 'no' }
    const kept = await run((tx) =>
      collect(tx, at, {
        subject,
        context: 'shop',
        purpose: 'orders',
        source: 'person',
        valueFacts,
        fields: { email: subject.value, name, street },
      }),
    )
    assert.ok(kept.kind === 'kept')
    const care = await run((tx) =>
      collect(tx, at, {
        subject,
        context: 'clinic',
        purpose: 'treatment',
        source: 'person',
        fields: { diagnosis },
        actFacts: { requirement: 'onFile' },
      }),
    )
    assert.equal(care.kind, 'kept')
    await run((tx) =>
      choose(tx, at, { subject, choice: { kind: 'consent', purpose: 'news', state: 'given' }, how: 'form', note }),
    )
    await run((tx) =>
      correct(tx, at, { subject, recordId: kept.recordId, fields: { name: newName }, purpose: 'requests' }),
    )
    // What is refused or fails must leave nothing either.
    await run((tx) =>
      collect(tx, at, {
        subject: { kind: 'email', value: `${canary('late')}@example.test` },
        context: 'shop',
        purpose: 'news',
        source: 'person',
        fields: { street },
      }),
    )
    await run((tx) => read(tx, at, { subject, purpose: 'orders', limit: 100, by: who }))
    const canaries = [address, name, street, newName, diagnosis, note, who]

    assert.deepEqual(findCanaries(await run(dumpAll), canaries), [])
    await sequenceNow(store().database, at)
    const dump = await run(dumpAll)
    assert.ok(
      dump.some(({ table }) => table === 'avow.ledger_leaf') && dump.some(({ table }) => table === 'avow.record'),
    )
    assert.deepEqual(findCanaries(dump, canaries), [])
  })

  test('a canary planted in any column that could hold one is found, in each form', async () => {
    const planted = canary('planted')
    const forms = [
      planted,
      planted.toLowerCase(),
      Buffer.from(planted).toString('base64'),
      Buffer.from(`x${planted}`).toString('base64'),
      Buffer.from(planted).toString('hex'),
    ]
    for (const form of forms) {
      for (const statement of [
        sql`insert into avow.suppression values (${Buffer.from(form)}, '{}', now())`,
        sql`insert into avow.suppression values ('\\x00', ${JSON.stringify({ consent: { [form]: 'given' } })}, now())`,
        sql`insert into avow.policy_version values (${`before ${form} after`}, '', now())`,
        sql`insert into avow_keys.request_key values (gen_random_uuid(), ${Buffer.from(`a${form}b`)})`,
      ]) {
        const found = await run(async (tx) => {
          await statement.execute(tx)
          const hits = findCanaries(await dumpAll(tx), [planted])
          throw new Undo(hits)
        }).catch((error: unknown) => (error instanceof Undo ? error.hits : Promise.reject(error)))
        assert.equal(found.length, 1, form)
      }
    }
  })
})

class Undo extends Error {
  readonly hits: readonly string[]
  constructor(hits: readonly string[]) {
    super('undo')
    this.hits = hits
  }
}
