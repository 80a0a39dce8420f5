import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyDocument } from '@avow/core/policy/document'
import type { AccessBatch, GivenRow } from '../connectors/connector.ts'
import { type Given, type PackagePart, writePackage } from './accessPackage.ts'

// Only the parts of a document that the writer reads.
const policy = {
  contexts: { shop: { title: 'The shop' } },
  categories: { identifiers: { title: 'Identifiers', dpv: [] } },
  fields: { email: { title: 'E-mail address', category: 'identifiers' } },
} as unknown as PolicyDocument

const head = { requestId: 'r1', controller: 'Example Ltd', policyVersion: 'ab', givenAt: '2026-01-02T03:04:05.000Z' }

const row = (id: string, email: string): GivenRow => ({ key: [id], as: ['self'], values: { email }, redacted: [] })
const batch = (table: string, ...rows: GivenRow[]): AccessBatch => ({
  of: { store: 's', table, context: 'shop', columns: [{ column: 'email', field: 'email', search: true }] },
  rows,
})

async function* each<T>(...items: T[]) {
  yield* items
}

const withhold = (_context: string, field: string) => (field === 'password' ? 'never-sent' : undefined)

async function written(...parts: PackagePart[]) {
  const given: Given = { stores: [] }
  const pieces: Uint8Array[] = []
  for await (const piece of writePackage(policy, head, each(...parts), given, withhold)) pieces.push(piece)
  return { document: JSON.parse(Buffer.concat(pieces).toString('utf8')), given }
}

test('a package of several stores, tables and batches is one JSON document with every row in it once', async () => {
  const { document, given } = await written(
    {
      store: 'a',
      batches: each(
        batch('t', row('1', 'x@example.org')),
        batch('t', row('2', '"quoted"\n')),
        batch('u', row('3', 'ü')),
      ),
    },
    { store: 'b', batches: each(batch('v')) },
  )
  assert.deepEqual(
    document.stores.map((store: { store: string; tables: { table: string; rows: { key: string[] }[] }[] }) => [
      store.store,
      store.tables.map(({ table, rows }) => [table, rows.map(({ key }) => key[0])]),
    ]),
    [
      [
        'a',
        [
          ['t', ['1', '2']],
          ['u', ['3']],
        ],
      ],
      ['b', [['v', []]]],
    ],
  )
  assert.equal(document.stores[0].tables[0].rows[1].values.email, '"quoted"\n')
  assert.deepEqual(given.stores, [
    {
      store: 'a',
      tables: [
        { table: 't', rows: 2 },
        { table: 'u', rows: 1 },
      ],
    },
    { store: 'b', tables: [{ table: 'v', rows: 0 }] },
  ])
})

test('each column says in words which field and category it holds', async () => {
  const { document } = await written({ store: 'a', batches: each(batch('t', row('1', 'x'))) })
  assert.deepEqual(document.stores[0].tables[0].columns, [
    { column: 'email', field: 'email', title: 'E-mail address', category: 'Identifiers' },
  ])
  assert.equal(document.stores[0].tables[0].context, 'The shop')
})

test('a person of whom nothing is held is given a whole, empty document', async () => {
  assert.deepEqual((await written()).document, { avow: 'access', version: 1, ...head, stores: [] })
})

test('a value that is never sent is said to be held, where it is, and does not stand in the document', async () => {
  const of: AccessBatch['of'] = {
    ...{ store: 's', table: 't', context: 'shop' },
    columns: [
      { column: 'email', field: 'email', search: true },
      { column: 'secret', field: 'password', search: false },
    ],
  }
  const rows = [
    { ...row('1', 'x'), values: { email: 'x', secret: 'hunter2hunter2' } },
    { ...row('2', 'y'), values: { email: 'y', secret: null } },
  ]
  const { document } = await written({ store: 'a', batches: each({ of, rows }) })
  assert.ok(!JSON.stringify(document).includes('hunter2'))
  const [table] = document.stores[0].tables
  assert.equal(table.columns[1].neverSent, 'never-sent')
  assert.deepEqual(table.rows[0].withheld, ['secret'])
  assert.equal(table.rows[1].withheld, undefined)
})
