import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkMap, mapFaults } from './check.ts'
import type { DataMap, TableMap } from './document.ts'

const vocabulary = { fields: { thing: {} }, contexts: { here: {} } }

const people: TableMap = {
  context: 'here',
  key: ['id'],
  unique: [['email']],
  subject: 'person',
  columns: { id: 'key', email: { field: 'thing', identifier: 'email' } },
}
const orders: TableMap = {
  context: 'here',
  key: ['id'],
  columns: { id: 'key', buyer_id: 'key', note: 'thing' },
  owners: { buyer: { table: 'people', on: { buyer_id: 'id' }, required: true } },
}

const mapOf = (tables: Record<string, TableMap>): DataMap => ({
  avow: 1,
  stores: { shop: { kind: 'postgres', level: 'answered', country: 'GB', tables } },
})

const refused = (tables: Record<string, TableMap>, code: string, message: RegExp) => {
  const faults = mapFaults(mapOf(tables), vocabulary)
  assert.ok(
    faults.some((fault) => fault.code === code && message.test(fault.message)),
    `expected ${message}, found ${faults.map((fault) => fault.message).join('; ') || 'nothing'}`,
  )
  assert.throws(() => checkMap(mapOf(tables), vocabulary))
}

test('a map in which every row is somebody’s stands', () => {
  assert.deepEqual(mapFaults(mapOf({ people, orders }), vocabulary), [])
})

test('a column nobody has classified is refused, a guess too', () => {
  const columns = { ...orders.columns, extra: { proposed: 'thing' } as const }
  refused({ people, orders: { ...orders, columns } }, 'MAP_UNCLASSIFIED', /`orders.extra` is not classified/)
  const owners = { buyer: { ...orders.owners!.buyer!, proposed: true } as const }
  refused({ people, orders: { ...orders, owners } }, 'MAP_UNCLASSIFIED', /`orders.owners.buyer` is proposed/)
})

test('names the policy or the map does not have are refused', () => {
  const columns = { ...orders.columns, note: 'thnig' }
  refused({ people, orders: { ...orders, columns } }, 'MAP_MALFORMED', /unknown field `thnig` of `orders.note`/)
  refused({ people, orders: { ...orders, context: 'there' } }, 'MAP_MALFORMED', /unknown context `there`/)
  refused({ orders }, 'MAP_MALFORMED', /`orders.owners.buyer` leads to the unknown table `people`/)
})

test('a table with something personal in it and no way to a subject is refused', () => {
  const { owners: _, ...alone } = orders
  refused({ people, orders: alone }, 'MAP_UNSOUND', /no path leads from it to a subject/)
})

test('a path that never comes to a subject is refused by its name', () => {
  const a: TableMap = { ...orders, owners: { b: { table: 'b', on: { buyer_id: 'id' }, required: true } } }
  const b: TableMap = { ...orders, owners: { a: { table: 'a', on: { buyer_id: 'id' }, required: true } } }
  refused({ people, a, b }, 'MAP_UNSOUND', /the path `a.owners.b` never comes to a subject/)
})

test('a path that may be null needs a word on the rows it leads from nowhere', () => {
  const owners = { buyer: { table: 'people', on: { buyer_id: 'id' } } }
  refused({ people, orders: { ...orders, owners } }, 'MAP_UNSOUND', /may have no owner, as `orders.owners.buyer`/)
  assert.deepEqual(mapFaults(mapOf({ people, orders: { ...orders, owners, orphans: 'nobody' } }), vocabulary), [])
})

const letters: TableMap = {
  context: 'here',
  key: ['id'],
  columns: { id: 'key', sender_id: 'key', receiver_id: 'key', body: 'thing' },
  owners: {
    sender: { table: 'people', on: { sender_id: 'id' } },
    receiver: { table: 'people', on: { receiver_id: 'id' } },
  },
  orphans: 'finding',
}

test('a column of a row with several owners must say whose it is', () => {
  refused(
    { people, letters },
    'MAP_UNSOUND',
    /`letters.owners.sender`, `letters.owners.receiver`.* each would be given `body`/,
  )
  const columns = { ...letters.columns, body: { field: 'thing', of: 'sender' } }
  assert.deepEqual(mapFaults(mapOf({ people, letters: { ...letters, columns } }), vocabulary), [])
})

test('a row that several may own by one path counts as one of several owners', () => {
  const seats: TableMap = {
    ...orders,
    columns: { id: 'key', who_id: 'key', room_id: 'key' },
    owners: { who: { table: 'people', on: { who_id: 'id' }, required: true } },
    links: { room: { table: 'rooms', on: { room_id: 'id' }, required: true } },
  }
  const rooms: TableMap = {
    context: 'here',
    key: ['id'],
    columns: { id: 'key', topic: 'thing' },
    owners: { members: { table: 'seats', on: { id: 'room_id' } } },
    orphans: 'finding',
  }
  refused(
    { people, seats, rooms },
    'MAP_UNSOUND',
    /a row of `rooms` may have several owners \(`rooms.owners.members`\)/,
  )
})

test('paths that no row can take together are not several owners', () => {
  const notes: TableMap = {
    context: 'here',
    key: ['id'],
    columns: { id: 'key', kind: 'key', about: 'key', text: 'thing' },
    owners: {
      person: { table: 'people', on: { about: 'id' }, when: { kind: 'person' } },
      order: { table: 'orders', on: { about: 'id' }, when: { kind: 'order' } },
    },
    orphans: 'finding',
  }
  assert.deepEqual(mapFaults(mapOf({ people, orders, notes }), vocabulary), [])
})

test('a link gives nothing of a table whose rows belong to somebody', () => {
  const links = { friend: { table: 'people', on: { friend_id: 'id' }, give: ['email'] } }
  const columns = { ...orders.columns, friend_id: 'key' } as const
  refused(
    { people, orders: { ...orders, columns, links } },
    'MAP_UNSOUND',
    /`orders.links.friend` gives columns of `people`/,
  )
})

test('a link does not overwrite what belongs to the owner of the row', () => {
  const links = { friend: { table: 'people', on: { friend_id: 'id' }, onErasure: { anonymise: { note: null } } } }
  const columns = { ...orders.columns, friend_id: 'key' } as const
  refused({ people, orders: { ...orders, columns, links } }, 'MAP_UNSOUND', /would overwrite `note`/)
})

test('rows that stay cannot point at rows that go by columns that cannot be emptied', () => {
  const kept: TableMap = {
    ...orders,
    columns: { ...orders.columns, made: 'notPersonal' },
    erase: { keep: { because: 'books', from: 'made', days: 100 } },
  }
  refused({ people, orders: kept }, 'MAP_UNSOUND', /rows of `orders` that stay point by `orders.owners.buyer`/)
  const links = { buyer: { table: 'people', on: { buyer_id: 'id' }, onErasure: 'keep' as const } }
  assert.deepEqual(mapFaults(mapOf({ people, orders: { ...kept, links } }), vocabulary), [])
})

test('rows that point at each other need one reference that may be null', () => {
  const ring = (other: string, required: boolean): TableMap => ({
    ...orders,
    columns: { ...orders.columns, other_id: 'key' },
    links: { other: { table: other, on: { other_id: 'id' }, ...(required ? { required: true as const } : {}) } },
  })
  refused({ people, a: ring('b', true), b: ring('a', true) }, 'MAP_UNSOUND', /./)
})

test('an identifier that two subjects may share is refused', () => {
  const shared: TableMap = { ...people, unique: [] }
  refused({ people: shared }, 'MAP_UNSOUND', /two subjects may have the same `email`/)
})

test('a duty to keep names its columns and a whole number of days', () => {
  const erase = { keep: { because: 'books', from: 'nowhere', days: 0.5 } }
  refused({ people, orders: { ...orders, erase } }, 'MAP_MALFORMED', /unknown column `nowhere`/)
  refused({ people, orders: { ...orders, erase } }, 'MAP_MALFORMED', /whole number of days/)
})
