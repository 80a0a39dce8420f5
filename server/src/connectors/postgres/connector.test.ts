import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { StoreMap } from '@avow/core/map/document'
import pg from 'pg'
import { type Cluster, createDatabase, postgresMissing, startPostgres } from '../../../../tests/postgres.ts'
import { connectorSuite, type SuiteTable } from '../suite.ts'
import { connectPostgres } from './connector.ts'

const skip = postgresMissing()
let cluster: Cluster

before(async () => {
  if (skip === false) cluster = await startPostgres(['fsync=off', 'autovacuum=off'])
})
after(() => cluster?.stop())

const types = { integer: 'integer', text: 'text', time: 'timestamptz', json: 'jsonb' } as const

function create(table: SuiteTable): string[] {
  const columns = Object.entries(table.columns).map(([name, type]) => {
    const target = table.references?.[name]
    // Left to itself the store would delete what others wrote.
    return `${name} ${types[type]}${target === undefined ? '' : ` references ${target} on delete cascade`}`
  })
  const unique = (table.unique ?? []).map((name) => `, unique (${name})`)
  return [`create table ${table.name} (${columns.join(', ')}, primary key (${table.key.join(', ')})${unique.join('')})`]
}

async function fill(pool: pg.Pool, table: SuiteTable): Promise<void> {
  const names = Object.keys(table.columns)
  for (const row of table.rows)
    await pool.query(
      `insert into ${table.name} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
      names.map((name) => row[name] ?? null),
    )
}

/** A database with a role that may only read, and one that may erase. */
async function open(map: Pick<StoreMap, 'tables' | 'level'>, tables: readonly SuiteTable[]) {
  const url = await createDatabase(cluster)
  const pools: pg.Pool[] = []
  const pool = (user?: string) => {
    const own = new URL(url)
    if (user !== undefined) own.username = user
    const made = new pg.Pool({ connectionString: own.href, max: 2 })
    // A server that stops tells the connections that wait in a pool.
    made.on('error', () => {})
    pools.push(made)
    return made
  }
  const admin = pool()
  for (const table of tables) for (const statement of create(table)) await admin.query(statement)
  for (const table of tables) await fill(admin, table)
  await admin.query(`do $$ begin
    if not exists (select from pg_roles where rolname = 'suite_reads') then
      create role suite_reads login; create role suite_erases login; end if; end $$;
    revoke temporary on database ${new URL(url).pathname.slice(1)} from public;
    grant temporary on database ${new URL(url).pathname.slice(1)} to suite_erases;
    grant select on all tables in schema public to suite_reads;
    grant select, update, delete on all tables in schema public to suite_erases`)
  const connector = connectPostgres({
    store: 'store',
    map: { kind: 'postgres', country: 'GB', ...map },
    reader: pool('suite_reads'),
    eraser: pool('suite_erases'),
  })
  return {
    connector,
    admin,
    rows: async (table: string) => (await admin.query(`select * from ${table} order by 1`)).rows,
    close: async () => {
      for (const each of pools) await each.end()
    },
  }
}

connectorSuite({ name: 'postgres', skip, open })

const wide: Pick<StoreMap, 'tables' | 'level'> = {
  level: 'answered',
  tables: {
    people: {
      context: 'here',
      key: ['id'],
      unique: [['email']],
      subject: 'person',
      columns: { id: 'key', email: { field: 'thing', identifier: 'email' } },
    },
    views: {
      context: 'here',
      key: ['id'],
      columns: { id: 'key', person_id: 'key', page: 'thing' },
      owners: { who: { table: 'people', on: { person_id: 'id' } } },
      orphans: 'finding',
    },
  },
}
const wideTables: readonly SuiteTable[] = [
  {
    name: 'people',
    columns: { id: 'integer', email: 'text' },
    key: ['id'],
    unique: ['email'],
    rows: [
      { id: 1, email: 'one@example.com' },
      { id: 2, email: 'two@example.com' },
    ],
  },
  {
    name: 'views',
    columns: { id: 'integer', person_id: 'integer', page: 'text' },
    key: ['id'],
    references: { person_id: 'people' },
    rows: [],
  },
]

test('postgres: a set larger than a chunk is given in batches, and erased in chunks, each row once', {
  skip,
}, async () => {
  const { connector, admin, close } = await open(wide, wideTables)
  await admin.query(`insert into views select n, 1 + n % 2, 'page ' || n from generate_series(1, 90000) n`)
  const subject = (await connector.resolve('person', { email: 'one@example.com' }))!
  const keys = new Set<string>()
  let batches = 0
  for await (const batch of connector.access(subject)) {
    batches++
    for (const row of batch.rows) keys.add(`${batch.of.table} ${row.key.join()}`)
  }
  assert.equal(keys.size, 45_001)
  assert.ok(batches > 40)
  const seen: number[] = []
  const done = await connector.erase(subject, new Date(), ({ step, rows }) => {
    if (step === 'delete views') seen.push(rows)
  })
  assert.deepEqual(seen, [20_000, 40_000, 45_000])
  assert.deepEqual(
    done.steps.map((step) => step.rows),
    [45_000, 1],
  )
  assert.equal((await admin.query('select count(*)::int as n from views')).rows[0]?.n, 45_000)
  await close()
})

test('postgres: an erasure that is cut off leaves everything, and can be run again', { skip }, async () => {
  const { connector, admin, close } = await open(wide, wideTables)
  await admin.query(`insert into views select n, 1, 'page ' || n from generate_series(1, 50000) n`)
  const subject = (await connector.resolve('person', { email: 'one@example.com' }))!
  await assert.rejects(
    connector.erase(subject, new Date(), () => {
      throw new Error('cut off')
    }),
    /cut off/,
  )
  assert.equal((await admin.query('select count(*)::int as n from views')).rows[0]?.n, 50_000)
  await connector.erase(subject, new Date())
  assert.equal((await admin.query('select count(*)::int as n from views')).rows[0]?.n, 0)
  await close()
})

test('postgres: rows that the database would hide from the role are an error, not an answer without them', {
  skip,
}, async () => {
  const { connector, admin, close } = await open(wide, wideTables)
  await admin.query('alter table views enable row level security')
  const subject = (await connector.resolve('person', { email: 'one@example.com' }))!
  await assert.rejects(async () => {
    for await (const _ of connector.access(subject));
  }, /row-level security/)
  await close()
})

test('postgres: a schema is described with its keys, references and indexes', { skip }, async () => {
  const { connector, admin, close } = await open(wide, wideTables)
  await admin.query(`comment on column views.page is 'the page'; create index on views (person_id, page)`)
  const { tables } = await connector.describe()
  const views = tables.find((table) => table.name === 'views')!
  assert.deepEqual(views.primaryKey, ['id'])
  assert.deepEqual(views.foreignKeys, [
    { columns: ['person_id'], table: 'people', references: ['id'], onDelete: 'cascade' },
  ])
  assert.deepEqual(views.indexes, [['id'], ['person_id', 'page']])
  assert.deepEqual(views.columns.at(-1), {
    name: 'page',
    type: 'text',
    nullable: true,
    generated: false,
    comment: 'the page',
  })
  assert.deepEqual(tables.find((table) => table.name === 'people')!.unique, [['email']])
  await close()
})
