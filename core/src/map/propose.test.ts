import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapFaults } from './check.ts'
import { schemaFindings } from './checkSchema.ts'
import type { StoreMap } from './document.ts'
import { proposeStore } from './propose.ts'
import type { DescribedSchema } from './schema.ts'

const vocabulary = {
  fields: {
    emailAddress: { title: 'e-mail address' },
    fullName: { title: 'full name' },
    ticketText: { title: 'text of a support ticket' },
    chatText: { title: 'text of a chat' },
  },
  contexts: { products: {} },
}
const column = (name: string, type = 'text', nullable = true) => ({ name, type, nullable, generated: false })
const schema: DescribedSchema = {
  tables: [
    {
      name: 'users',
      rows: 10,
      columns: [column('id', 'bigint', false), column('email', 'text', false), column('FullName'), column('shoe')],
      primaryKey: ['id'],
      unique: [['email']],
      foreignKeys: [],
      indexes: [['id'], ['email']],
    },
    {
      name: 'tickets',
      rows: 10,
      columns: [
        column('id', 'bigint', false),
        column('user_id', 'bigint', false),
        column('body'),
        column('created_at', 'timestamp with time zone'),
        column('deleted_at', 'timestamp with time zone'),
      ],
      primaryKey: ['id'],
      unique: [],
      foreignKeys: [{ columns: ['user_id'], table: 'users', references: ['id'], onDelete: 'cascade' }],
      indexes: [['id']],
    },
  ],
}
const start = { kind: 'postgres', level: 'seen', country: 'GB' } as const
const proposed = proposeStore(schema, vocabulary, start)

test('columns are guessed from the fields of the policy, by what both are about', () => {
  const { users, tickets } = proposed.tables
  assert.deepEqual(users!.columns.email, { proposed: 'emailAddress', because: 'both are about email' })
  assert.equal((users!.columns.FullName as { proposed: string }).proposed, 'fullName')
  assert.deepEqual(users!.columns.shoe, { proposed: null })
  assert.equal((tickets!.columns.body as { proposed: string }).proposed, 'ticketText')
  assert.equal((tickets!.columns.created_at as { proposed: string }).proposed, 'notPersonal')
  assert.equal(users!.subject, 'person')
  assert.equal(tickets!.softDelete, 'deleted_at')
  assert.deepEqual(tickets!.owners, { user: { table: 'users', on: { user_id: 'id' }, required: true, proposed: true } })
})

test('a proposal is no answer: the check refuses every column of it', () => {
  const faults = mapFaults({ avow: 1, stores: { shop: proposed } }, vocabulary)
  assert.equal(faults.filter((fault) => fault.code === 'MAP_UNCLASSIFIED').length, 9 + 1)
})

const reviewed: StoreMap = {
  ...start,
  tables: {
    users: {
      context: 'products',
      key: ['id'],
      unique: [['email']],
      subject: 'person',
      columns: {
        id: 'key',
        email: { field: 'emailAddress', identifier: 'email' },
        FullName: 'notPersonal',
        shoe: 'notPersonal',
      },
    },
    tickets: {
      context: 'products',
      key: ['id'],
      columns: { id: 'key', user_id: 'key', body: 'ticketText', created_at: 'notPersonal', deleted_at: 'notPersonal' },
      owners: { opener: { table: 'users', on: { user_id: 'id' }, required: true } },
    },
  },
}

test('what somebody has answered is never overwritten, and proposing again changes nothing', () => {
  assert.deepEqual(proposeStore(schema, vocabulary, reviewed), reviewed)
  assert.deepEqual(proposeStore(schema, vocabulary, proposed), proposed)
})

test('a column that is new is proposed, and only that', () => {
  const grown = {
    tables: schema.tables.map((table) =>
      table.name === 'users' ? { ...table, columns: [...table.columns, column('second_email')] } : table,
    ),
  }
  const merged = proposeStore(grown, vocabulary, reviewed)
  assert.deepEqual(merged.tables.tickets, reviewed.tables.tickets)
  assert.deepEqual(merged.tables.users!.columns, {
    ...reviewed.tables.users!.columns,
    second_email: { proposed: 'emailAddress', because: 'both are about email' },
  })
})

test('a map is held to the schema: new columns, columns gone, references it does not say, indexes it would miss', () => {
  const messages = (of: DescribedSchema, map = reviewed) =>
    schemaFindings('shop', map, of).map((finding) => `${finding.code}: ${finding.message}`)
  assert.deepEqual(messages(schema), [
    'advice: no index on `tickets` begins with `user_id`: following `tickets.owners.opener` reads the whole table',
  ])
  const changed = {
    tables: schema.tables.map((table) => ({
      ...table,
      columns: [...table.columns.filter((each) => each.name !== 'shoe' && each.name !== 'body'), column('extra')],
    })),
  }
  const found = messages(changed).join('\n')
  assert.match(found, /MAP_UNCLASSIFIED: column `users.extra` \(text\) is not in the map/)
  assert.match(found, /MAP_UNSOUND: column `tickets.body` is gone/)
  const { owners: _, ...blind } = reviewed.tables.tickets!
  assert.match(
    messages(schema, { ...reviewed, tables: { ...reviewed.tables, tickets: blind } }).join('\n'),
    /points by `user_id` at `users`, and the map does not say so, and a deletion there would delete rows here/,
  )
})

test('a table that nobody has mapped is found', () => {
  const { tickets: _, ...tables } = reviewed.tables
  assert.match(schemaFindings('shop', { ...reviewed, tables }, schema)[0]!.message, /table `tickets` is not in the map/)
})
