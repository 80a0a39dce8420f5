import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { onEachStore, openStore } from '../../../tests/stores.ts'
import { openDatabase, type Tx, tend } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { explainFailure, Overtaken } from './failure.ts'
import { lockFolder } from './folderLock.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'

const count = async (tx: Tx) =>
  (await sql<{ n: number }>`select count(*) as n from avow.suppression`.execute(tx)).rows[0]!.n
const add = (tx: Tx, text: string) =>
  sql`insert into avow.suppression values (${Buffer.from(text)}, '{}', now())`.execute(tx)

onEachStore((store) => {
  test('what a transaction throws undoes all it did', async () => {
    const before = await store().database.transaction(count)
    await assert.rejects(
      store().database.transaction(async (tx) => {
        await add(tx, 'undone')
        throw new RangeError('enough')
      }),
      RangeError,
    )
    assert.equal(await store().database.transaction(count), before)
  })

  test('a transaction inside another is refused, and does not hang', async () => {
    const { database } = store()
    await assert.rejects(
      database.transaction(() => database.transaction(count)),
      /internal: a transaction was opened/,
    )
  })

  test('transactions at once never run inside one another', async () => {
    const { database } = store()
    await database.transaction((tx) => sql`create table public.counter as select 0 as n`.execute(tx))
    await Promise.all(
      Array.from({ length: 20 }, () =>
        database.transaction(async (tx) => {
          const { rows } = await sql<{ n: number }>`select n from public.counter for update`.execute(tx)
          await sql`select pg_sleep(0.001)`.execute(tx)
          await sql`update public.counter set n = ${rows[0]!.n + 1}`.execute(tx)
        }),
      ),
    )
    const { rows } = await database.transaction((tx) => sql<{ n: number }>`select n from public.counter`.execute(tx))
    assert.equal(rows[0]!.n, 20)
  })

  test('what another got in the way of is run again, a bounded number of times', async () => {
    let runs = 0
    const answer = await store().database.transaction(async () => {
      if (++runs < 3) throw new Overtaken()
      return runs
    })
    assert.equal(answer, 3)
    runs = 0
    await assert.rejects(
      store().database.transaction(async () => {
        runs++
        throw new Overtaken()
      }),
    )
    assert.equal(runs, 5)
  })

  test('a failing statement tells its code and never what it was about', async () => {
    const secret = 'ada@example.test'
    const failure = await store()
      .database.transaction((tx) => sql`select ${secret}::uuid`.execute(tx))
      .catch((error: unknown) => error)
    assert.ok(failure instanceof Error)
    assert.match(failure.message, /22P02/)
    assert.ok(!`${failure.message}${failure.stack}${JSON.stringify(failure)}${failure.cause}`.includes(secret))
  })

  test('migrating again, and twice at once, changes nothing', async () => {
    const { database } = store()
    assert.deepEqual(await Promise.all([migrate(database), migrate(database), migrate(database)]), [[], [], []])
  })

  test('a store that a newer Avow made is refused in one line', async () => {
    const { database } = store()
    const newer = sql`insert into avow.migration values ('9999-newer', now())`
    await database.transaction((tx) => newer.execute(tx))
    await assert.rejects(migrate(database), { code: 'STORE_UNAVAILABLE', message: /9999-newer/ })
    await database.transaction((tx) => sql`delete from avow.migration where name = '9999-newer'`.execute(tx))
  })

  test('a full disk is said in one line', async () => {
    const fill = sql`do $$ begin raise exception 'No space' using errcode = '53100'; end $$`
    const { database, place } = store()
    if ('url' in place) {
      await assert.rejects(
        database.transaction((tx) => fill.execute(tx)),
        { code: 'STORE_FULL', message: /free some/ },
      )
      return
    }
    const folder = mkdtempSync(join(tmpdir(), 'avow-full-'))
    const own = await openStore({ folder })
    await own.database.transaction((tx) => add(tx, 'kept'))
    for (let i = 0; i < 2; i++) {
      await assert.rejects(
        own.database.transaction((tx) => fill.execute(tx)),
        { code: 'STORE_FULL' },
      )
    }
    await own.database.close()
    const again = await openStore({ folder })
    assert.equal(await again.database.transaction(count), 1)
    await again.database.close()
    rmSync(folder, { recursive: true })
  })
})

describe('addresses', () => {
  for (const [why, url] of [
    ['where nothing listens', 'postgres://avow:secret@127.0.0.1:1/avow'],
    ['of a host that there is not', 'postgres://avow:secret@no-such-host.invalid/avow'],
    ['that is none', 'secret'],
    ['of another kind', 'mysql://avow:secret@127.0.0.1/avow'],
  ] as const) {
    test(`an address ${why} is one clear line without its password`, async () => {
      await assert.rejects(openDatabase({ url }), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'STORE_UNAVAILABLE')
        assert.ok(!error.message.includes('secret') && !error.message.includes('\n'), error.message)
        return true
      })
    })
  }

  test('a folder that cannot be made is one clear line', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'avow-file-')), 'file')
    writeFileSync(file, '')
    await assert.rejects(openDatabase({ folder: join(file, 'store') }), {
      code: 'STORE_UNAVAILABLE',
      message: /folder/,
    })
  })

  test('what is no fault of the store passes as it is', () => {
    const error = new TypeError('mine')
    assert.equal(explainFailure(error, 'the store'), error)
  })
})

describe('the embedded folder', () => {
  test('a second opener is refused in this process and in another, naming who holds it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'avow-lock-'))
    const lock = lockFolder(folder)
    assert.throws(() => lockFolder(folder), { code: 'STORE_LOCKED', message: new RegExp(`process ${process.pid}`) })
    const other = `import { lockFolder } from '${new URL('./folderLock.ts', import.meta.url)}'; lockFolder(process.argv[1])`
    const options = { encoding: 'utf8', stdio: 'pipe' } as const
    const run = () => execFileSync(process.execPath, ['--input-type=module', '-e', other, folder], options)
    assert.throws(run, /STORE_LOCKED/)
    lock.release()
    assert.doesNotThrow(run)
  })

  test('a lock whose holder was killed is taken over, even where its process number lives on as another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'avow-stale-'))
    const program = `import { lockFolder } from '${new URL('./folderLock.ts', import.meta.url)}'
      lockFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder])
    await once(child.stdout, 'data')
    assert.throws(() => lockFolder(folder), { code: 'STORE_LOCKED', message: new RegExp(`process ${child.pid}`) })
    child.kill('SIGKILL')
    await once(child, 'exit')
    writeFileSync(join(folder, 'holder'), `${process.ppid}\n`)
    const lock = lockFolder(folder)
    assert.equal(readFileSync(join(folder, 'holder'), 'utf8'), `${process.pid}\n`)
    lock.release()
  })

  test('is its owner’s alone, says what it does not promise, and outlives upkeep and a restart', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'avow-own-')), 'a', 'b'.repeat(90))
    const said: string[] = []
    const database = await openDatabase({ folder }, { say: (line) => said.push(line) })
    await migrate(database)
    await database.transaction((tx) => add(tx, 'one'))
    assert.equal(statSync(folder).mode & 0o077, 0)
    assert.match(said.join(), /one machine, without power-loss guarantees/)
    await database.close()
    const embedded = await startEmbedded({ folder })
    await tend(embedded.url)
    await embedded.close()
    const again = await openDatabase({ folder })
    assert.equal(await again.transaction(count), 1)
    await again.close()
  })
})

describe('the embedded server', () => {
  test('connections take turns, and one that dies in a transaction leaves nothing of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'avow-wire-'))
    mkdirSync(folder, { recursive: true })
    const embedded = await startEmbedded({ folder })
    const connect = async () => {
      const client = new pg.Client(embedded.connection)
      client.on('error', () => {})
      await client.connect()
      return client
    }
    const [a, b, c] = [await connect(), await connect(), await connect()]
    await a.query('create table t (n int)')
    await a.query('begin')
    await a.query('insert into t values (1)')
    // Asked while `a` holds the database: answered after it, and not from inside its transaction.
    const seen = b.query('select count(*)::int as n from t')
    await a.query('insert into t values (2)')
    await a.query('rollback')
    assert.deepEqual((await seen).rows, [{ n: 0 }])
    await c.query('begin')
    await c.query('insert into t values (3)')
    // As a killed client does: the socket ends, nothing is said.
    ;(c as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
    assert.deepEqual((await b.query('select count(*)::int as n from t')).rows, [{ n: 0 }])
    // Extended queries of two at once: parse, bind and execute of one are never split by the other's.
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? a : b).query('select $1::int + $2::int as n', [i, 1])),
    )
    assert.deepEqual(
      answers.map(({ rows }) => rows[0].n),
      Array.from({ length: 200 }, (_, i) => i + 1),
    )
    // A failing statement ends its own, and gives the turn on.
    await assert.rejects(a.query('select 1 / $1::int', [0]), { code: '22012' })
    assert.equal((await b.query({ text: 'select 1 as n' })).rows[0].n, 1)
    await Promise.all([a.end(), b.end()])
    await embedded.close()
  })
})

test('names of migrations are in order and each once', () => {
  const names = migrations.map(({ name }) => name)
  assert.deepEqual(names, [...new Set(names)].sort())
})
