import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { map } from '@avow/example-imwebdesigns/map'
import { categories } from '@avow/policy-imwebdesigns/categories'
import { contexts } from '@avow/policy-imwebdesigns/contexts'
import { fields } from '@avow/policy-imwebdesigns/fields'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { createDatabase, postgresMissing, startPostgres } from '../../tests/postgres.ts'
import type { Database } from './database.ts'
import { type GenerateOptions, generate } from './generate.ts'

const skip = postgresMissing()
const cluster = skip ? undefined : await startPostgres(['fsync=off'])
after(() => cluster?.stop())

async function onPostgres<T>(options: GenerateOptions, use: (database: Database) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: await createDatabase(cluster!) })
  await client.connect()
  try {
    await generate(client, options)
    return await use(client)
  } finally {
    await client.end()
  }
}

async function onPglite<T>(options: GenerateOptions, use: (database: Database) => Promise<T>): Promise<T> {
  const lite = await PGlite.create()
  try {
    await generate(lite, options)
    return await use(lite)
  } finally {
    await lite.close()
  }
}

/** One value a row, of queries whose only column is called `it`. */
async function column(database: Database, query: string): Promise<string[]> {
  const { rows } = await database.query(query)
  return (rows as readonly { it: unknown }[]).map(({ it }) => String(it))
}

const tableNames = (database: Database) =>
  column(database, `select table_name as it from information_schema.tables where table_schema = 'public' order by 1`)

/** A hash of every row of every table, whatever the order they lie in. */
async function contents(database: Database): Promise<Record<string, string>> {
  await database.query(`set timezone to 'UTC'`)
  const hashes: Record<string, string> = {}
  for (const table of await tableNames(database)) {
    const [hash] = await column(
      database,
      `select md5(coalesce(string_agg(t::text, E'\\n' order by t::text collate "C"), '')) as it from ${table} t`,
    )
    hashes[table] = hash!
  }
  return hashes
}

test('one seed gives the same bytes twice, on PostgreSQL as on PGlite, and another seed gives others', {
  skip,
}, async () => {
  const first = await onPostgres({ people: 80, seed: 7 }, contents)
  assert.deepEqual(await onPostgres({ people: 80, seed: 7 }, contents), first)
  assert.deepEqual(await onPglite({ people: 80, seed: 7 }, contents), first)
  const other = await onPostgres({ people: 80, seed: 8 }, contents)
  for (const table of ['accounts', 'orders', 'chat_messages', 'page_views']) assert.notEqual(other[table], first[table])
})

test('every table has rows, and every kind of person, region, age and choice is among a thousand people', {
  skip,
}, async () => {
  await onPostgres({ people: 1000, seed: 1 }, async (database) => {
    const tables = await tableNames(database)
    assert.ok(tables.length >= 24, `${tables.length} tables`)
    for (const table of tables)
      assert.deepEqual(await column(database, `select count(*) > 0 as it from ${table}`), ['true'], table)

    const counts = await column(
      database,
      `select count(*) as it from accounts group by case when country = 'GB' then 'uk' when state = 'CA' then 'ca'
        when country = 'US' then 'us' when country in ('AU', 'NZ') then 'elsewhere' else 'eea' end`,
    )
    assert.equal(counts.length, 5)
    const bands = await column(
      database,
      `select count(*) as it from accounts where date_of_birth is not null group by width_bucket(
        extract(year from age(timestamp '2026-11-01', date_of_birth)), array[13, 16, 18]::numeric[])`,
    )
    assert.equal(bands.length, 4)
    const people = await column(
      database,
      `select count(*) as it from (
        select email from accounts union select email from candidates union select email from panel_members
        union select email from newsletter_subscribers union select email from event_signups) as people (email)`,
    )
    assert.deepEqual(people, ['1000'])
  })
})

test('all contexts and all twelve categories of the policy are found in the data', { skip }, async () => {
  await onPostgres({ people: 300, seed: 1 }, async (database) => {
    const seenContexts = new Set<string>()
    const seenCategories = new Set<string>()
    for (const [table, { context, columns }] of Object.entries(map.stores.platform!.tables)) {
      for (const [name, entry] of Object.entries(columns)) {
        const field = typeof entry === 'string' ? entry : 'field' in entry ? entry.field : 'key'
        if (!(field in fields)) continue
        const [filled] = await column(database, `select count(${name}) > 0 as it from ${table}`)
        if (filled !== 'true') continue
        seenContexts.add(context)
        seenCategories.add(fields[field as keyof typeof fields].category) // guarded by `in` above
      }
    }
    assert.deepEqual([...seenContexts].sort(), Object.keys(contexts).sort())
    assert.deepEqual([...seenCategories].sort(), Object.keys(categories).sort())
  })
})

test('no row is left without its owner, unless one was planted', { skip }, async () => {
  const lost = async (database: Database) => [
    ...(await column(
      database,
      `select 'order' as it from orders o where not exists (select from order_holders h where h.order_id = o.id)`,
    )),
    ...(await column(
      database,
      `select subject_type as it from notes where not exists (
        select from accounts where subject_type = 'account' and id = subject_id
        union all select from orders where subject_type = 'order' and id = subject_id
        union all select from tickets where subject_type = 'ticket' and id = subject_id
        union all select from candidates where subject_type = 'candidate' and id = subject_id)`,
    )),
    ...(await column(
      database,
      `select subject_type as it from attachments where not exists (
        select from ticket_messages where subject_type = 'ticket_message' and id = subject_id
        union all select from returns where subject_type = 'return' and id = subject_id
        union all select from applications where subject_type = 'application' and id = subject_id)`,
    )),
  ]
  assert.deepEqual(await onPostgres({ people: 200, seed: 1 }, lost), [])
  assert.deepEqual(await onPostgres({ people: 200, seed: 1, plantOrphans: true }, lost), ['order', 'account'])
})

test('nobody can be reached: addresses are of example domains, telephone numbers one of a kind or none', {
  skip,
}, async () => {
  await onPostgres({ people: 1000, seed: 2 }, async (database) => {
    const addresses = await column(
      database,
      `select email as it from accounts union all select email from candidates union all select email from panel_members
       union all select email from event_signups union all select invited_email from referrals
       union all select gift_recipient_email from orders where gift_recipient_email is not null`,
    )
    for (const address of addresses) assert.match(address, /^[^@\s]+@example\.(com|net|org)$/)
    const phones = await column(database, 'select phone as it from accounts where phone is not null')
    for (const phone of phones)
      assert.match(
        phone,
        /^\+(44 (7700 900|1632 960|3069 990|20 7946 0|191 498 0|29 2018 0|28 9649 6|1\d\d 496 0)\d{3}|49 (30 23125|69 90009|40 66969|221 4710|89 99998)\d{3}|353 20 91\d{5}|1 \d{3} 555 01\d{2})$/,
      )
    assert.equal(new Set(phones).size, phones.length)
  })
})

test('the database goes on counting where the generator stopped', async () => {
  await onPglite({ people: 20, seed: 1 }, async (database) => {
    const [largest] = await column(database, 'select max(id) as it from orders')
    const [next] = await column(
      database,
      `insert into orders (number, placed_via, status, total, currency, placed_at)
       values ('IM-NEXT', 'web', 'paid', 1, 'GBP', now()) returning id as it`,
    )
    assert.equal(Number(next), Number(largest) + 1)
  })
})

test('a run that fails leaves an empty database behind', async () => {
  const lite = await PGlite.create()
  const dies: Database = {
    query: async (text, values) => {
      if (text.startsWith('insert into payments')) throw new Error('the line went dead')
      return lite.query(text, values)
    },
  }
  await assert.rejects(generate(dies, { people: 20, seed: 1 }), /the line went dead/)
  assert.deepEqual(await tableNames(lite), [])
  await lite.close()
})
