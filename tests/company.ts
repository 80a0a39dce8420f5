/**
 * A small company database for tests of requests: customers, what they ordered, invoices that law makes it keep, letters
 * between two customers, and a table the map does not name. Its rows for one customer hold canaries.
 */
import type { StoreMap } from '@avow/core/map/document'
import type { Connector } from '@avow/server/connectors/connector'
import { connectPostgres } from '@avow/server/connectors/postgres/connector'
import pg from 'pg'
import { withClient } from './postgres.ts'

const schema = `
  create table customer (id bigint primary key, email text not null unique, name text not null);
  create table purchase (id bigint primary key, customer_id bigint not null references customer, street text not null);
  create index on purchase (customer_id);
  create table invoice (id bigint primary key, customer_id bigint not null references customer,
    issued_on date not null, name text not null);
  create index on invoice (customer_id);
  create table letter (id bigint primary key, sender_id bigint references customer, reader_id bigint references customer,
    words text);
  create index on letter (sender_id);
  create index on letter (reader_id);
  create table mail_log (id bigint primary key generated always as identity, line text not null);`

/** Against the small policy (smallPolicy.ts). */
export const companyMap: StoreMap = {
  kind: 'postgres',
  level: 'answered',
  country: 'GB',
  caseless: ['email'],
  tables: {
    customer: {
      context: 'shop',
      key: ['id'],
      unique: [['email']],
      subject: 'person',
      columns: {
        id: 'key',
        email: { field: 'email', identifier: 'email' },
        name: { field: 'name', search: true },
      },
    },
    purchase: {
      context: 'shop',
      key: ['id'],
      columns: { id: 'key', customer_id: 'key', street: { field: 'street', search: true } },
      owners: { buyer: { table: 'customer', on: { customer_id: 'id' }, required: true } },
    },
    invoice: {
      context: 'shop',
      key: ['id'],
      columns: { id: 'key', customer_id: 'key', issued_on: 'notPersonal', name: 'name' },
      owners: { billed: { table: 'customer', on: { customer_id: 'id' }, required: true } },
    },
    letter: {
      context: 'shop',
      key: ['id'],
      columns: {
        id: 'key',
        sender_id: 'key',
        reader_id: 'key',
        words: { field: 'name', of: 'sender', search: true, freeText: true },
      },
      owners: {
        sender: { table: 'customer', on: { sender_id: 'id' } },
        reader: { table: 'customer', on: { reader_id: 'id' } },
      },
      orphans: 'nobody',
    },
    mail_log: { context: 'shop', key: ['id'], columns: { id: 'notPersonal', line: 'notPersonal' } },
  },
}

export const emailOf = (customer: number) => `customer-${customer}@example.test`

/** Makes the tables and `customers` customers, each with two purchases, an invoice and a letter to the next. */
export async function makeCompany(url: string, customers: number): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(schema)
    await client.query(
      `insert into customer select n, 'customer-' || n || '@example.test', 'Canary Name Of ' || n from generate_series(1, $1::int) n`,
      [customers],
    )
    await client.query(
      `insert into purchase select n * 10 + k, n, 'Canary Street ' || k || ' Of ' || n
         from generate_series(1, $1::int) n, generate_series(1, 2) k`,
      [customers],
    )
    await client.query(`insert into invoice select n, n, '2020-01-01', 'Invoiced' from generate_series(1, $1::int) n`, [
      customers,
    ])
    await client.query(
      `insert into letter select n, n, n % $1::int + 1, 'Canary Words From ' || n from generate_series(1, $1::int) n`,
      [customers],
    )
  })
}

export function connectCompany(url: string, map: StoreMap = companyMap): Connector {
  const pool = () => new pg.Pool({ connectionString: url, max: 2 })
  return connectPostgres({ store: 'company', map, reader: pool(), eraser: pool() })
}

/** Every row of the company, as PostgreSQL writes it, that holds the customer's id or any of their words. */
export async function rowsHolding(url: string, customer: number): Promise<string[]> {
  const tables = ['customer', 'purchase', 'invoice', 'letter', 'mail_log']
  return withClient(url, async (client) => {
    const found: string[] = []
    for (const table of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${table} t`)
      const pattern = new RegExp(`(Of|From) ${customer}\\b|customer-${customer}@`)
      found.push(...rows.filter(({ row }) => pattern.test(row)).map(({ row }) => `${table} ${row}`))
    }
    return found
  })
}
