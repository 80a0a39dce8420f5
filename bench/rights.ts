/**
 * What answering and erasing a person costs on PostgreSQL, beside a transaction written by hand that does the same: for
 * a person like any other among 10⁴ and among 10⁶, and for one with 10⁶ rows of their own. Searching is timed apart.
 * Every column that points has an index, as in a product that is in use; `avow map check` advises where one is missing.
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { StoreMap } from '@avow/core/map/document'
import type { Connector } from '@avow/server/connectors/connector'
import { connectPostgres } from '@avow/server/connectors/postgres/connector'
import pg from 'pg'
import Cursor from 'pg-cursor'
import { createDatabase, startPostgres } from '../tests/postgres.ts'
import type { Report } from './measurement.ts'

const map: StoreMap = {
  kind: 'postgres',
  level: 'answered',
  country: 'GB',
  tables: {
    people: {
      context: 'products',
      key: ['id'],
      unique: [['email']],
      subject: 'person',
      columns: { id: 'key', email: { field: 'email', identifier: 'email' }, name: 'name', phone: 'phone' },
    },
    orders: {
      context: 'products',
      key: ['id'],
      columns: { id: 'key', person_id: 'key', address: 'address', note: 'note', at: 'time' },
      owners: { buyer: { table: 'people', on: { person_id: 'id' }, required: true } },
    },
    order_lines: {
      context: 'products',
      key: ['id'],
      columns: { id: 'key', order_id: 'key', engraving: 'note' },
      owners: { order: { table: 'orders', on: { order_id: 'id' }, required: true } },
    },
    messages: {
      context: 'chat',
      key: ['id'],
      columns: {
        id: 'key',
        sender_id: 'key',
        receiver_id: 'key',
        body: { field: 'message', of: 'sender' },
        at: { field: 'time', of: 'all' },
      },
      owners: {
        sender: { table: 'people', on: { sender_id: 'id' } },
        receiver: { table: 'people', on: { receiver_id: 'id' } },
      },
      orphans: 'nobody',
    },
  },
}

const schema = `
create table people (id bigint primary key, email text not null unique, name text, phone text);
create table orders (id bigint primary key, person_id bigint not null, address text, note text, at timestamptz);
create table order_lines (id bigint primary key, order_id bigint not null, engraving text);
create table messages (id bigint primary key, sender_id bigint, receiver_id bigint, body text, at timestamptz)`

const keys = `
alter table orders add foreign key (person_id) references people; create index on orders (person_id);
alter table order_lines add foreign key (order_id) references orders; create index on order_lines (order_id);
alter table messages add foreign key (sender_id) references people; create index on messages (sender_id);
alter table messages add foreign key (receiver_id) references people; create index on messages (receiver_id);
analyze`

/** Every tenth of the people has four orders, a line each, and four messages; person 0 has `large` orders. */
const fill = (people: number, large: number) => `
insert into people select n, 'p' || n || '@example.com', 'Name ' || n, '+44 ' || n from generate_series(0, ${people}) n;
insert into orders select n, n / 4 * 10, 'street ' || n, 'note of order ' || n, '2026-01-01'::timestamptz + n * interval '1 s'
  from generate_series(4, ${people} / 10 * 4 + 3) n;
insert into orders select n, 0, 'street ' || n, 'note of order ' || n, '2026-01-01'::timestamptz + n * interval '1 s'
  from generate_series(${people} + 1, ${people} + ${large}) n;
insert into order_lines select n, n, 'engraved ' || n from generate_series(4, ${people} / 10 * 4 + 3) n;
insert into messages select n, n / 4 * 10, least(n / 4 * 10 + 10, ${people}), 'message ' || n, '2026-02-01'
  from generate_series(4, ${people} / 10 * 4 + 3) n`

interface Side {
  readonly pool: pg.Pool
  readonly connector: Connector
}

const email = (person: number) => `p${person}@example.com`

export async function run(report: Report): Promise<void> {
  const cluster = await startPostgres(['shared_buffers=256MB', 'max_wal_size=4GB', 'autovacuum=off'])
  const sides: Side[] = []
  const open = async (people: number, large: number): Promise<Side> => {
    const url = await createDatabase(cluster)
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    await pool.query(schema)
    for (const statement of `${fill(people, large)};${keys}`.split(';')) await pool.query(statement)
    const side = {
      pool,
      connector: connectPostgres({ store: 'store', map, reader: pool, eraser: pool, statementTimeoutMs: 600_000 }),
    }
    sides.push(side)
    return side
  }
  try {
    const few = await open(10_000, 10_000)
    const many = await open(1_000_000, 0)
    await ordinary(report, few, many)
    const one = await open(1_000, 1_000_000)
    await large(report, few, one)
    if (rowsSeen === 0) throw new Error('internal: nothing was read')
  } finally {
    for (const side of sides) await side.pool.end()
    await cluster.stop()
  }
}

/** One person like any other: 17 rows of four tables. Ours and the other by turns, so that both meet the same machine. */
async function ordinary(report: Report, few: Side, many: Side): Promise<void> {
  const rounds = 300
  const times = { access: [] as number[], accessByHand: [] as number[], accessFew: [] as number[] }
  const people = (round: number, side: Side) => (side === few ? 20 + round * 20 : 100 + round * 3000)
  for (let round = 0; round < rounds; round++) {
    const person = people(round, many)
    // Once before the clock, so that whoever comes first does not pay for reading from disk.
    await accessByHand(many.pool, person)
    const turns: (() => Promise<void>)[] = [
      async () => void times.access.push(await timed(() => accessOurs(many.connector, person))),
      async () => void times.accessByHand.push(await timed(() => accessByHand(many.pool, person))),
      async () => {
        await accessByHand(few.pool, people(round, few))
        times.accessFew.push(await timed(() => accessOurs(few.connector, people(round, few))))
      },
    ]
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn()
  }
  const erase = { ours: [] as number[], byHand: [] as number[], few: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    const person = people(round, many)
    await accessByHand(many.pool, person)
    await accessByHand(many.pool, person + 10)
    await accessByHand(few.pool, people(round, few))
    const turns: (() => Promise<void>)[] = [
      async () => void erase.ours.push(await timed(() => eraseOurs(many.connector, person))),
      async () => void erase.byHand.push(await timed(() => eraseByHand(many.pool, person + 10))),
      async () => void erase.few.push(await timed(() => eraseOurs(few.connector, people(round, few)))),
    ]
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn()
  }
  compare(report, 'rights.access among 10^6 people', median(times.access), median(times.accessByHand), 1.2)
  compare(report, 'rights.erase among 10^6 people', median(erase.ours), median(erase.byHand), 1.5)
  compare(report, 'rights.access, 10^6 beside 10^4 people', median(times.access), median(times.accessFew), 1.3)
  compare(report, 'rights.erase, 10^6 beside 10^4 people', median(erase.ours), median(erase.few), 1.3)
}

/** One person with 10⁶ rows. */
async function large(report: Report, few: Side, one: Side): Promise<void> {
  const small = await peakOf(few.connector, 0)
  const big = await peakOf(one.connector, 0)
  report({
    name: 'rights.access memory, 10^6 beside 10^4 rows',
    ours: big,
    peer: small,
    unit: 'MB',
    ratio: small / big,
    goal: 1 / 1.3,
  })
  const access = { ours: [] as number[], byHand: [] as number[] }
  for (let round = 0; round < 3; round++) {
    access.byHand.push(await timed(() => accessByHand(one.pool, 0, 'cursor')))
    access.ours.push(await timed(() => accessOurs(one.connector, 0)))
  }
  compare(report, 'rights.access of 10^6 rows', median(access.ours), median(access.byHand), 1.2)
  // Each erases the same person in turn, from the same tables: rolled back by hand, so ours comes last.
  const byHand = await timed(() => eraseByHand(one.pool, 0, 'rollback'))
  await one.pool.query('vacuum')
  const ours = await timed(() => eraseOurs(one.connector, 0))
  compare(report, 'rights.erase of 10^6 rows', ours, byHand, 1.5)
}

/** @param atMost how many times the other's time ours may take */
function compare(report: Report, name: string, ours: number, peer: number, atMost: number): void {
  report({ name, ours, peer, unit: 'ms', ratio: peer / ours, goal: 1 / atMost })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!

setFlagsFromString('--expose-gc')
// What the flag puts into a new context; nothing else gives it to a program that is running.
const collect = runInNewContext('gc') as () => void

/** The most memory in use while an answer is read, in MB: what is left after collecting, every so many batches. */
async function peakOf(connector: Connector, person: number): Promise<number> {
  const subject = await connector.resolve('person', { email: email(person) })
  let peak = 0
  let batches = 0
  for await (const batch of connector.access(subject!)) {
    sink(batch.rows.length)
    if (batches++ % 10 !== 0) continue
    collect()
    const { heapUsed, external } = process.memoryUsage()
    peak = Math.max(peak, heapUsed + external)
  }
  return peak / 2 ** 20
}

/** What is read is used, or it need not have been read. */
let rowsSeen = 0
const sink = (rows: number) => {
  rowsSeen += rows
}

async function accessOurs(connector: Connector, person: number): Promise<void> {
  const subject = await connector.resolve('person', { email: email(person) })
  for await (const batch of connector.access(subject!)) sink(batch.rows.length)
}

async function eraseOurs(connector: Connector, person: number): Promise<void> {
  const subject = await connector.resolve('person', { email: email(person) })
  const done = await connector.erase(subject!, new Date())
  sink(done.steps.length)
}

/** Plain queries for one like any other; a cursor for whoever has more than memory should hold. */
async function accessByHand(pool: pg.Pool, person: number, read: 'plain' | 'cursor' = 'plain'): Promise<void> {
  const client = await pool.connect()
  await client.query('begin isolation level repeatable read read only')
  const found = await client.query('select id, email, name, phone from people where email = $1', [email(person)])
  const id = found.rows[0]?.id
  const queries = [
    'select id, address, note, at from orders where person_id = $1 order by id',
    'select l.id, l.engraving from order_lines l join orders o on o.id = l.order_id where o.person_id = $1 order by l.id',
    `select id, case when sender_id = $1 then body end as body, at from messages
      where sender_id = $1 or receiver_id = $1 order by id`,
  ]
  for (const text of queries) {
    if (read === 'plain') {
      sink((await client.query(text, [id])).rows.length)
      continue
    }
    const cursor = client.query(new Cursor<object>(text, [id]))
    for (;;) {
      const rows = await cursor.read(1000)
      sink(rows.length)
      if (rows.length < 1000) break
    }
    await cursor.close()
  }
  await client.query('commit')
  client.release()
}

async function eraseByHand(pool: pg.Pool, person: number, end = 'commit'): Promise<void> {
  const client = await pool.connect()
  await client.query('begin isolation level repeatable read')
  const found = await client.query('select id from people where email = $1', [email(person)])
  const id = found.rows[0]?.id
  const statements = [
    'delete from order_lines where order_id in (select id from orders where person_id = $1)',
    'delete from orders where person_id = $1',
    'update messages set sender_id = null, body = null where sender_id = $1 and receiver_id <> $1',
    'update messages set receiver_id = null where receiver_id = $1 and sender_id <> $1',
    'delete from messages where sender_id = $1 or receiver_id = $1',
    'delete from people where id = $1',
  ]
  for (const text of statements) await client.query(text, [id])
  await client.query(end)
  client.release()
}
