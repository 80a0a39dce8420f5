/**
 * Each statement of each command fails once, before and after it was done: the store then holds nothing of the command,
 * or, where it was the commit whose answer was lost, all of it.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { choose } from '@avow/server/commands/choose'
import { collect } from '@avow/server/commands/collect'
import { correct } from '@avow/server/commands/correct'
import { eraseSubject } from '@avow/server/commands/eraseSubject'
import type { Installation } from '@avow/server/commands/installation'
import { reportLedger } from '@avow/server/commands/ledger'
import { linkPerson } from '@avow/server/commands/link'
import { read } from '@avow/server/commands/read'
import { sequenceNow } from '@avow/server/jobs/sequencer'
import type { Tx } from '@avow/server/store/database'
import { dumpAll } from '../canary.ts'
import { postgresMissing } from '../postgres.ts'
import { openStore, placeFor, storeKinds, type TestStore } from '../stores.ts'
import { FailingPool, PlantedFailure } from './failingPool.ts'

type Command = (tx: Tx, installation: Installation) => Promise<unknown>

const valueFacts = { sensitiveContent: 'no' }
const order = (value: string) => ({
  ...{ subject: { kind: 'email', value }, context: 'shop', purpose: 'orders', source: 'person', valueFacts },
  fields: { name: 'Ada', street: 'a lane', email: value },
})

for (const kind of storeKinds) {
  describe(kind, { skip: kind === 'PostgreSQL' && postgresMissing() }, () => {
    const pool = new FailingPool()
    const ends: (() => unknown)[] = []
    let store: TestStore

    before(async () => {
      pool.arm(0)
      const place = await placeFor(kind, { after: (end) => void ends.push(end) })
      store = await openStore(place, { wrap: pool.wrap, connections: 2 })
      // The first act reads and compiles the policy, the first batch finds no tree: neither is met again.
      await someone()
      await sequenceNow(store.database, store.installation)
    })
    after(async () => {
      await store.database.close()
      for (const end of ends) await end()
    })

    const run = <T>(use: (tx: Tx, installation: Installation) => Promise<T>) =>
      store.database.transaction((tx) => use(tx, store.installation))
    const state = async () =>
      (await run(dumpAll))
        .map(({ table, row }) => `${table} ${row}`)
        .sort()
        .join('\n')

    async function someone(): Promise<{ subjectId: string; recordId: string; value: string }> {
      const value = `${randomUUID()}@example.test`
      const kept = await run((tx, at) => collect(tx, at, order(value)))
      assert.ok(kept.kind === 'kept')
      return { ...kept, value }
    }

    const commands: Readonly<Record<string, () => Promise<{ command: Command; most: number }>>> = {
      'collecting from somebody new': async () => {
        const value = `${randomUUID()}@example.test`
        return { command: (tx, at) => collect(tx, at, order(value)), most: 9 }
      },
      'collecting from somebody known': async () => {
        const { value } = await someone()
        return { command: (tx, at) => collect(tx, at, order(value)), most: 5 }
      },
      choosing: async () => {
        const subject = { kind: 'email', value: (await someone()).value }
        return {
          command: (tx, at) => choose(tx, at, { subject, choice: { kind: 'optOut', state: 'yes' }, how: 'form' }),
          most: 6,
        }
      },
      reading: async () => {
        const subject = { kind: 'email', value: (await someone()).value }
        return { command: (tx, at) => read(tx, at, { subject, purpose: 'orders', limit: 10 }), most: 6 }
      },
      correcting: async () => {
        const { value, recordId } = await someone()
        const change = {
          subject: { kind: 'email', value },
          recordId,
          fields: { name: 'B', street: 'C' },
          purpose: 'requests',
        }
        return { command: (tx, at) => correct(tx, at, change), most: 7 }
      },
      linking: async () => {
        const [a, b] = [await someone(), await someone()]
        return { command: (tx, at) => linkPerson(tx, at, a, b), most: 7 }
      },
      erasing: async () => {
        const { subjectId, value } = await someone()
        const choice = { kind: 'objection', purpose: 'news', state: 'raised' } as const
        await run((tx, at) => choose(tx, at, { subject: { kind: 'email', value }, choice, how: 'form' }))
        return { command: (tx, at) => eraseSubject(tx, at, subjectId), most: 24 }
      },
    }

    for (const [name, prepare] of Object.entries(commands)) {
      test(`${name}: whichever statement fails, all of it is done or nothing`, async () => {
        const { most } = await prepare().then(async ({ command, most }) => {
          pool.arm(0)
          await run(command)
          // A constant number of statements, whatever the number of fields.
          assert.ok(pool.count <= most, `${pool.count} statements: ${pool.sent.join('; ')}`)
          return { most: pool.count }
        })
        for (let at = 1; at <= most; at++) {
          for (const when of ['before', 'after'] as const) {
            const { command } = await prepare()
            pool.arm(0)
            const untouched = await state()
            pool.arm(at, when)
            await assert.rejects(run(command), PlantedFailure)
            const isLostAnswer = at === most && when === 'after'
            assert.equal(pool.sent[most - 1] === 'commit', at === most)
            pool.arm(0)
            assert.equal((await state()) === untouched, !isLostAnswer, `statement ${at}, ${when}`)
          }
        }
      })
    }

    test('afterwards the ledger holds, and all entries have their index', async () => {
      pool.arm(0)
      await sequenceNow(store.database, store.installation)
      const { holds, findings } = await reportLedger(store.database, store.installation)
      assert.deepEqual([holds, findings], [true, []])
    })
  })
}
