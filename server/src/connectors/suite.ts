/**
 * What every connector must pass: one small product in a store of its kind, and what is asked of it. A new connector
 * brings `SuiteStore`, which makes the tables and reads them back behind the connector's back, and calls `connectorSuite`.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoreMap } from '@avow/core/map/document'
import type { Subject } from '@avow/core/map/subject'
import type { AccessBatch, Connector, GivenRow } from './connector.ts'

export interface SuiteTable {
  readonly name: string
  readonly columns: Readonly<Record<string, 'integer' | 'text' | 'time' | 'json'>>
  readonly key: readonly string[]
  readonly unique?: readonly string[]
  readonly required?: readonly string[]
  /** Column → table, whose rows go along with what they point at if the store is left to itself. */
  readonly references?: Readonly<Record<string, string>>
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
}

export interface OpenStore {
  readonly connector: Connector
  rows(table: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

export interface SuiteStore {
  readonly name: string
  readonly skip: string | false
  open(map: Pick<StoreMap, 'tables' | 'level'>, tables: readonly SuiteTable[]): Promise<OpenStore>
}

const at = new Date('2026-06-01T00:00:00Z')

const map: Pick<StoreMap, 'tables' | 'level'> = {
  level: 'answered',
  tables: {
    households: {
      context: 'here',
      key: ['id'],
      subject: 'household',
      columns: { id: { key: true, identifier: 'household' }, doorbell: 'thing' },
    },
    people: {
      context: 'here',
      key: ['id'],
      unique: [['email']],
      subject: 'person',
      columns: {
        id: 'key',
        email: { field: 'thing', identifier: 'email' },
        device: { key: true, identifier: 'device' },
        household_id: 'key',
      },
      links: { household: { table: 'households', on: { household_id: 'id' } } },
    },
    devices: {
      context: 'here',
      key: ['id'],
      unique: [['device']],
      subject: 'person',
      columns: { id: 'key', device: { key: true, identifier: 'device' }, agent: 'thing' },
    },
    invoices: {
      context: 'here',
      key: ['id'],
      columns: { id: 'key', person_id: 'key', billed_to: 'thing', remark: 'thing', issued: 'notPersonal' },
      owners: { payer: { table: 'people', on: { person_id: 'id' } } },
      orphans: 'finding',
      erase: { keep: { because: 'tax law asks for six years', from: 'issued', days: 2190, columns: ['billed_to'] } },
    },
    posts: {
      context: 'here',
      key: ['id'],
      columns: {
        id: 'key',
        author_id: 'key',
        parent_id: 'key',
        body: 'thing',
        extra: 'thing',
        hidden_at: 'notPersonal',
        secret: { proposed: null },
      },
      owners: { author: { table: 'people', on: { author_id: 'id' } } },
      links: { parent: { table: 'posts', on: { parent_id: 'id' }, onErasure: 'keep' } },
      orphans: 'finding',
      softDelete: 'hidden_at',
    },
    letters: {
      context: 'here',
      key: ['id'],
      columns: { id: 'key', sender_id: 'key', receiver_id: 'key', body: { field: 'thing', of: 'sender' } },
      owners: {
        sender: { table: 'people', on: { sender_id: 'id' } },
        receiver: { table: 'people', on: { receiver_id: 'id' } },
      },
      orphans: 'finding',
    },
    files: {
      context: 'here',
      key: ['id'],
      columns: { id: 'key', about_kind: 'key', about_id: 'key', name: 'thing' },
      owners: {
        post: { table: 'posts', on: { about_id: 'id' }, when: { about_kind: 'post' } },
        invoice: { table: 'invoices', on: { about_id: 'id' }, when: { about_kind: 'invoice' } },
      },
      orphans: 'finding',
    },
  },
}

const tables: readonly SuiteTable[] = [
  {
    name: 'households',
    columns: { id: 'integer', doorbell: 'text' },
    key: ['id'],
    rows: [{ id: 1, doorbell: 'both our names' }],
  },
  {
    name: 'people',
    columns: { id: 'integer', email: 'text', device: 'text', household_id: 'integer' },
    key: ['id'],
    unique: ['email'],
    references: { household_id: 'households' },
    rows: [
      { id: 1, email: 'one@example.com', device: 'device-one', household_id: 1 },
      { id: 2, email: 'two@example.com', device: null, household_id: 1 },
    ],
  },
  {
    name: 'devices',
    columns: { id: 'integer', device: 'text', agent: 'text' },
    key: ['id'],
    unique: ['device'],
    rows: [
      { id: 1, device: 'device-one', agent: 'agent of one' },
      { id: 2, device: 'device-two', agent: 'agent of nobody known' },
    ],
  },
  {
    name: 'invoices',
    columns: { id: 'integer', person_id: 'integer', billed_to: 'text', remark: 'text', issued: 'time' },
    key: ['id'],
    references: { person_id: 'people' },
    rows: [
      { id: 1, person_id: 1, billed_to: 'One, by law', remark: 'remark on one', issued: '2025-03-01T00:00:00Z' },
      { id: 2, person_id: 1, billed_to: 'One, long ago', remark: 'old remark', issued: '2009-03-01T00:00:00Z' },
    ],
  },
  {
    name: 'posts',
    columns: {
      id: 'integer',
      author_id: 'integer',
      parent_id: 'integer',
      body: 'text',
      extra: 'json',
      hidden_at: 'time',
      secret: 'text',
    },
    key: ['id'],
    references: { author_id: 'people', parent_id: 'posts' },
    rows: [
      {
        id: 1,
        author_id: 1,
        parent_id: null,
        body: 'asked by one',
        extra: '{"tag":"from one"}',
        hidden_at: null,
        secret: 'unclassified one',
      },
      { id: 2, author_id: 2, parent_id: 1, body: 'answered by two', extra: null, hidden_at: null, secret: null },
      {
        id: 3,
        author_id: 1,
        parent_id: 2,
        body: 'thanks of one',
        extra: null,
        hidden_at: '2026-01-01T00:00:00Z',
        secret: null,
      },
    ],
  },
  {
    name: 'letters',
    columns: { id: 'integer', sender_id: 'integer', receiver_id: 'integer', body: 'text' },
    key: ['id'],
    references: { sender_id: 'people', receiver_id: 'people' },
    rows: [
      { id: 1, sender_id: 1, receiver_id: 2, body: 'letter of one' },
      { id: 2, sender_id: 2, receiver_id: 1, body: 'letter of two' },
      { id: 3, sender_id: 1, receiver_id: 1, body: 'note to self' },
    ],
  },
  {
    name: 'files',
    columns: { id: 'integer', about_kind: 'text', about_id: 'text', name: 'text' },
    key: ['id'],
    rows: [
      { id: 1, about_kind: 'post', about_id: '3', name: 'file under a post' },
      { id: 2, about_kind: 'post', about_id: '2', name: 'file of two' },
      { id: 3, about_kind: 'invoice', about_id: '2', name: 'file of an old invoice' },
    ],
  },
]

export function connectorSuite(store: SuiteStore): void {
  const check = (name: string, body: (open: OpenStore) => Promise<void>, level: StoreMap['level'] = 'answered') =>
    test(`${store.name}: ${name}`, { skip: store.skip }, async () => {
      const open = await store.open({ ...map, level }, tables)
      try {
        await body(open)
      } finally {
        await open.close()
      }
    })

  check('a subject is found by an e-mail address, and from there by the device it shares', async ({ connector }) => {
    const subject = await one(connector)
    assert.deepEqual(subject.rows, { people: [['1']], devices: [['1']] })
    assert.equal(await connector.resolve('person', { email: 'nobody@example.com' }), undefined)
    assert.equal(await connector.resolve('person', { email: "' or true --" }), undefined)
    assert.equal(await connector.resolve('person', { household: '1' }), undefined)
  })

  check(
    'an answer is the subject’s, whole, with what the product hides, and nothing unclassified',
    async ({ connector }) => {
      const answer = await answerOf(connector, await one(connector))
      assert.deepEqual(
        answer.posts!.map((row) => row.values),
        [
          { body: 'asked by one', extra: { tag: 'from one' } },
          { body: 'thanks of one', extra: null },
        ],
      )
      assert.deepEqual(
        answer.posts!.map((row) => row.softDeleted),
        [undefined, true],
      )
      assert.deepEqual(
        answer.files!.map((row) => row.values.name),
        ['file under a post', 'file of an old invoice'],
      )
      assert.equal(answer.households, undefined)
    },
  )

  check('of a letter with two sides, each is given its own words and told what was left out', async ({ connector }) => {
    const { letters } = await answerOf(connector, await one(connector))
    assert.deepEqual(
      letters!.map((row) => [row.as, row.values, row.redacted]),
      [
        [['sender'], { body: 'letter of one' }, []],
        [['receiver'], {}, ['body']],
        [['sender', 'receiver'], { body: 'note to self' }, []],
      ],
    )
  })

  check('a household is answered as itself and in no member’s answer', async ({ connector }) => {
    const household = await connector.resolve('household', { household: '1' })
    const answer = await answerOf(connector, household!)
    assert.deepEqual(Object.keys(answer), ['households'])
  })

  check('what is shown beforehand is what is done, and a second time there is nothing to do', async ({ connector }) => {
    const subject = await one(connector)
    const preview = await connector.preview(subject, at)
    const progress: string[] = []
    const done = await connector.erase(subject, at, ({ step }) => progress.push(step))
    assert.deepEqual(done, { steps: preview.steps, kept: preview.kept })
    assert.ok(progress.includes('delete letters'))
    const again = await connector.erase(subject, at)
    assert.ok(again.steps.every((step) => step.rows === 0))
  })

  check('an erasure takes what is the subject’s, and of what is kept, what no duty covers', async (open) => {
    const { connector } = open
    const { kept } = await connector.erase(await one(connector), at)
    assert.deepEqual(kept, [{ table: 'invoices', because: 'tax law asks for six years', rows: 1, until: '2031-02-28' }])
    assert.deepEqual(
      (await open.rows('people')).map((row) => row.id),
      [2],
    )
    assert.deepEqual(
      (await open.rows('devices')).map((row) => row.id),
      [2],
    )
    assert.deepEqual(
      (await open.rows('invoices')).map((row) => [row.id, row.person_id, row.billed_to, row.remark]),
      [[1, null, 'One, by law', null]],
    )
    assert.deepEqual(
      (await open.rows('files')).map((row) => row.id),
      [2],
    )
  })

  check('what others wrote stays, and what they answered stays empty before it', async (open) => {
    await open.connector.erase(await one(open.connector), at)
    assert.deepEqual(
      (await open.rows('posts')).map((row) => [row.id, row.author_id, row.parent_id, row.body]),
      [
        [1, null, null, null],
        [2, 2, 1, 'answered by two'],
      ],
    )
    assert.deepEqual(
      (await open.rows('letters')).map((row) => [row.id, row.sender_id, row.receiver_id, row.body]),
      [
        [1, null, 2, null],
        [2, 2, null, 'letter of two'],
      ],
    )
  })

  check('another’s answer is the same to the byte before and after', async ({ connector }) => {
    const other = (await connector.resolve('person', { email: 'two@example.com' }))!
    const before = JSON.stringify(await answerOf(connector, other))
    await connector.erase(await one(connector), at)
    assert.equal(JSON.stringify(await answerOf(connector, other)), before)
  })

  check('when the last owner goes, the row goes', async (open) => {
    const { connector } = open
    const other = (await connector.resolve('person', { email: 'two@example.com' }))!
    await connector.erase(await one(connector), at)
    await connector.erase(other, at)
    assert.deepEqual(await open.rows('letters'), [])
  })

  check(
    'a search finds what is left, mapped or not, in JSON too, and says what a duty keeps',
    async ({ connector }) => {
      const subject = await one(connector)
      const wanted = ['One, by law', 'FROM ONE', 'unclassified one', 'asked by one', 'one']
      const before = await connector.search(wanted)
      assert.deepEqual(before.hits.map((hit) => `${hit.table}.${hit.column}`).sort(), [
        'invoices.billed_to',
        'posts.body',
        'posts.extra',
        'posts.secret',
      ])
      assert.equal(before.tooShort, 1)
      await connector.erase(subject, at)
      const after = await connector.search(wanted)
      assert.deepEqual(after.hits, [
        { table: 'invoices', column: 'billed_to', rows: 1, kept: 'tax law asks for six years' },
        { table: 'posts', column: 'secret', rows: 1 },
      ])
    },
  )

  check('a search takes signs that mean something to the store as they are', async ({ connector }) => {
    assert.deepEqual((await connector.search(['%%%%%%%%', '______', '\\\\\\\\\\\\'])).hits, [])
  })

  check('a row that no path leads from is found', async ({ connector }) => {
    assert.deepEqual(await connector.orphans(), [])
    const subject = await one(connector)
    await connector.erase(subject, at)
    // The invoice that a duty keeps belongs to nobody any more, and still holds a name.
    assert.deepEqual(await connector.orphans(), [{ table: 'invoices', rows: 1 }])
  })

  check(
    'a store that is only seen is answered from and not erased from',
    async ({ connector }) => {
      const subject = await one(connector)
      assert.ok((await connector.preview(subject, at)).steps.length > 0)
      await assert.rejects(connector.erase(subject, at), { code: 'FORBIDDEN' })
    },
    'seen',
  )

  check('an answer that is not read to its end leaves nothing open', async ({ connector }) => {
    const subject = await one(connector)
    for (let n = 0; n < 20; n++) for await (const _ of connector.access(subject)) break
    assert.ok((await answerOf(connector, subject)).people)
  })
}

async function one(connector: Connector): Promise<Subject> {
  return (await connector.resolve('person', { email: 'one@example.com' }))!
}

async function answerOf(connector: Connector, subject: Subject): Promise<Record<string, GivenRow[]>> {
  const tables: Record<string, GivenRow[]> = {}
  for await (const batch of connector.access(subject)) add(tables, batch)
  return tables
}

function add(tables: Record<string, GivenRow[]>, batch: AccessBatch): void {
  const rows = tables[batch.of.table] ?? []
  rows.push(...batch.rows)
  tables[batch.of.table] = rows
}
