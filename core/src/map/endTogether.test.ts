import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapFaults } from './check.ts'
import type { Link, Owner, TableMap } from './document.ts'

const vocabulary = { fields: { name: {} }, contexts: { shop: {} } }
const people: TableMap = {
  context: 'shop',
  key: ['id'],
  subject: 'person',
  columns: { id: { key: true, identifier: 'number' }, name: 'name' },
}
const ordersOf = (owner: Owner): TableMap => ({
  context: 'shop',
  key: ['id'],
  owners: { holder: owner },
  orphans: 'finding',
  columns: { id: 'key', name: { field: 'name', of: 'all' } },
})
const holders = (person: Owner, links?: Record<string, Link>): TableMap => ({
  context: 'shop',
  key: ['order_id', 'person_id'],
  owners: { person },
  orphans: 'finding',
  columns: { order_id: 'key', person_id: 'key', name: 'name' },
  ...(links === undefined ? {} : { links }),
})
const items = (owners: Record<string, Owner>): TableMap => ({
  context: 'shop',
  key: ['order_id', 'line'],
  owners,
  orphans: 'finding',
  columns: { order_id: 'key', line: 'key', person_id: 'key', name: { field: 'name', of: 'all' } },
})

const messages = (tables: Record<string, TableMap>) =>
  mapFaults(
    { avow: 1, stores: { shop: { kind: 'postgres', level: 'answered', country: 'GB', tables } } },
    vocabulary,
  ).map(({ message }) => message)

const throughHolders: Owner = { table: 'holders', on: { id: 'order_id' } }
const person: Owner = { table: 'people', on: { person_id: 'id' }, required: true }
const order: Owner = { table: 'orders', on: { order_id: 'id' }, required: true }

test('a join table whose keys cannot be null, and rows under what it joins, need nothing cut', () => {
  const tables = { people, orders: ordersOf(throughHolders), holders: holders(person), items: items({ order }) }
  assert.deepEqual(messages(tables), [])
})

test('a join row that may belong to nobody would be left pointing at a row that goes', () => {
  const { required: _, ...maybe } = person
  const found = messages({ people, orders: ordersOf(throughHolders), holders: holders(maybe) })
  assert.ok(
    found.some((message) => /`holders` that stay point by `orders.owners.holder`/.test(message)),
    `${found}`,
  )
})

test('a row with an owner of its own beside its parent would be left pointing at a row that goes', () => {
  const own: Owner = { table: 'people', on: { person_id: 'id' } }
  const found = messages({
    people,
    orders: ordersOf(throughHolders),
    holders: holders(person),
    items: items({ order, own }),
  })
  assert.ok(
    found.some((message) => /`items` that stay point by `items.owners.order`/.test(message)),
    `${found}`,
  )
})

test("a row that takes one of its parent's owners and not the other would be left pointing at a row that goes", () => {
  const two: TableMap = {
    ...ordersOf(throughHolders),
    owners: { holder: throughHolders, payer: { table: 'people', on: { payer_id: 'id' } } },
    columns: { id: 'key', payer_id: 'key', name: { field: 'name', of: 'all' } },
  }
  const half = { ...order, as: ['payer'] }
  const found = messages({ people, orders: two, holders: holders(person), items: items({ order: half }) })
  assert.ok(
    found.some((message) => /`items` that stay point by `items.owners.order`/.test(message)),
    `${found}`,
  )
  const both = items({ payer: half, holder: { ...order, as: ['holder'] } })
  assert.ok(
    !messages({ people, orders: two, holders: holders(person), items: both }).some((message) =>
      /`items` that stay/.test(message),
    ),
  )
})
