/**
 * The heart of the map: random products, several people in each, a canary in every personal cell. A person's answer has
 * all of theirs and nobody else's; an erasure takes all of theirs and nothing of the others'.
 * AVOW_SEED starts the run elsewhere; AVOW_SCHEMAS makes it longer.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mapFaults } from '@avow/core/map/check'
import type { Subject } from '@avow/core/map/subject'
import type { Connector } from '@avow/server/connectors/connector'
import { connectPostgres } from '@avow/server/connectors/postgres/connector'
import pg from 'pg'
import { type Cluster, createDatabase, postgresMissing, startPostgres } from '../postgres.ts'
import { canaries, expect, rowId, type State } from './oracle.ts'
import { now, type RandomSchema, random, randomSchema } from './randomSchema.ts'

const schemas = Number(process.env.AVOW_SCHEMAS ?? 1000)
const firstSeed = Number(process.env.AVOW_SEED ?? 1)
const atOnce = 3
const vocabulary = { fields: { thing: {} }, contexts: { here: {} } }

/** A server that stops tells the connections that wait in a pool. */
const quiet = (pool: pg.Pool): pg.Pool => pool.on('error', () => {})

let cluster: Cluster
let admin: pg.Pool
let reader: pg.Pool
let eraser: pg.Pool

before(async () => {
  if (postgresMissing() !== false) return
  cluster = await startPostgres([
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'autovacuum_naptime=5s',
  ])
  const url = await createDatabase(cluster)
  admin = quiet(new pg.Pool({ connectionString: url, max: atOnce }))
  await admin.query(`create role reads login; grant pg_read_all_data to reads;
    create role erases login; grant pg_read_all_data, pg_write_all_data to erases;
    alter role reads set default_transaction_read_only = on`)
  const as = (user: string) => {
    const own = new URL(url)
    own.username = user
    return quiet(new pg.Pool({ connectionString: own.href, max: atOnce }))
  }
  reader = as('reads')
  eraser = as('erases')
})

after(async () => {
  await Promise.all([admin?.end(), reader?.end(), eraser?.end()])
  await cluster?.stop()
})

const skip = postgresMissing()

/** What came up, and how often. */
const met = new Map<string, number>()
const meet = (what: string, times = 1) => met.set(what, (met.get(what) ?? 0) + times)

test('in every random product an answer is one person’s alone and whole, and an erasure takes that and no more', {
  skip,
  timeout: 900_000,
}, async () => {
  let seed = firstSeed
  let held = 0
  const accepted = (): RandomSchema => {
    for (;;) {
      const schema = randomSchema(seed++)
      if (mapFaults({ avow: 1, stores: { store: schema.map } }, vocabulary).length === 0) return schema
    }
  }
  const worker = async () => {
    while (held < schemas) {
      held++
      const schema = accepted()
      try {
        await holds(schema)
      } catch (error) {
        held = Number.POSITIVE_INFINITY
        throw new Error(`seed ${schema.seed} fails: AVOW_SEED=${schema.seed} AVOW_SCHEMAS=1`, { cause: error })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, schemas) }, worker))
  assert.ok(held >= schemas)
  // Nothing is shown by what never came up.
  if (schemas >= 100)
    for (const what of ['delete', 'redact', 'anonymise', 'unlink', 'kept', 'orphan', 'redacted'])
      assert.ok((met.get(what) ?? 0) >= schemas / 20, `${what}: ${met.get(what)} times`)
})

async function holds(schema: RandomSchema): Promise<void> {
  await admin.query(`${schema.ddl};\n${schema.inserts}`)
  const shared = (pool: pg.Pool) => ({ connect: () => pool.connect(), end: async () => {} })
  const connector = connectPostgres({ store: 'store', map: schema.map, reader: shared(reader), eraser: shared(eraser) })
  const subjects = await Promise.all(schema.people.map((email) => connector.resolve('person', { email })))
  const next = random(schema.seed)
  const order = schema.people.map((_, n) => n).sort(() => next() - 0.5)
  for (const person of order.slice(0, 2)) await eraseOne(schema, connector, subjects, person)
  await admin.query(`drop schema "${schema.name}" cascade`)
}

async function eraseOne(
  schema: RandomSchema,
  connector: Connector,
  subjects: readonly (Subject | undefined)[],
  person: number,
): Promise<void> {
  const subject = subjects[person]!
  const state = await load(schema)
  // A subject is the number in its e-mail address, or in the code that a visit shares with the account.
  const key = schema.map.tables.people!.key
  const known = new Map(subjects.map((each, n) => [each!.rows.people![0]!.join('|'), n]))
  const subjectOf = (table: string, row: Readonly<Record<string, string | null>>) =>
    table === 'people'
      ? String(known.get(key.map((column) => row[column]).join('|')))
      : (row.code?.replace('code ', '') ?? `emptied ${JSON.stringify(row)}`)
  const expected = expect(schema.map, state, String(person), subjectOf, now)
  const others = subjects.filter((each) => each !== subject)

  const answer = await answerOf(connector, subject)
  assert.deepEqual(setOf(answer), expected.given, 'the answer')
  const before = await Promise.all(others.map((each) => answerOf(connector, each!)))
  const preview = await connector.preview(subject, now)
  assert.deepEqual(
    Object.fromEntries((await connector.orphans()).map((each) => [each.table, each.rows])),
    expected.orphans,
  )

  const erased = await connector.erase(subject, now)
  assert.deepEqual(erased.steps, preview.steps, 'what was done is what was shown')
  assert.deepEqual(erased.kept, preview.kept)
  for (const step of erased.steps) if (step.rows > 0) meet(step.step.split(' ')[0]!)
  if (erased.kept.length > 0) meet('kept')
  if (Object.keys(expected.orphans).length > 0) meet('orphan')
  if (/"redacted":\["/.test(answer)) meet('redacted')
  const leftState = await load(schema)
  assert.deepEqual(setOf(JSON.stringify(leftState)), expected.left, 'what is left')
  assert.deepEqual(rowsOf(schema, leftState), expected.rows, 'the rows that are left')
  assert.deepEqual(await Promise.all(others.map((each) => answerOf(connector, each!))), before, 'the others')
  // Empty, save what a duty keeps; and of that, what has not been unlinked from the subject.
  const afterwards = setOf(await answerOf(connector, subject))
  assert.deepEqual(
    [...afterwards].filter((value) => !expected.kept.has(value)),
    [],
    'the answer afterwards',
  )

  const again = await connector.erase(subject, now)
  assert.ok(
    again.steps.every((step) => step.rows === 0),
    'a second time there is nothing to do',
  )
  assert.deepEqual(await load(schema), leftState)
}

async function answerOf(connector: Connector, subject: Subject): Promise<string> {
  const rows: unknown[] = []
  for await (const batch of connector.access(subject)) rows.push(...batch.rows.map((row) => [batch.of.table, row]))
  return JSON.stringify(rows)
}

const setOf = (text: string): Set<string> => new Set(canaries(text).sort())

async function load(schema: RandomSchema): Promise<State> {
  const names = Object.keys(schema.map.tables)
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
  const texts = names.map((name) => {
    const { columns, key } = schema.map.tables[name]!
    const list = Object.keys(columns).map((column) => `${quote(column)}::text`)
    return `select ${list.join(', ')} from ${quote(schema.name)}.${quote(name)} order by ${key.map(quote).join(', ')}`
  })
  // Several statements in one go come back as a list.
  const results = (await admin.query(texts.join('; '))) as unknown as { rows: Record<string, string | null>[] }[]
  return Object.fromEntries(names.map((name, i) => [name, results[i]!.rows]))
}

const rowsOf = (schema: RandomSchema, state: State): Set<string> =>
  new Set(
    Object.entries(state).flatMap(([table, rows]) => rows.map((row) => rowId(table, schema.map.tables[table]!, row))),
  )
