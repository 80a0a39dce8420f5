import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { compilePolicy } from '@avow/core/decision/table'
import { parsePublicPart } from '@avow/core/ledger/entry'
import { countAll, order, outside, someone } from '../../../tests/people.ts'
import { smallPolicy } from '../../../tests/smallPolicy.ts'
import { onEachStore, type TestStore } from '../../../tests/stores.ts'
import type { Tx } from '../store/database.ts'
import { choose } from './choose.ts'
import { collect } from './collect.ts'
import { correct } from './correct.ts'
import { eraseSubject } from './eraseSubject.ts'
import { checkVersion, publishPolicy } from './publishPolicy.ts'
import { read } from './read.ts'
import { openEntry } from './recordEntry.ts'
import { takeStanding } from './standing.ts'

onEachStore((store) => {
  const run = <T>(use: (tx: Tx, installation: TestStore['installation']) => Promise<T>) =>
    store().database.transaction((tx) => use(tx, store().installation))

  describe('read', () => {
    test('only fields that the policy permits for the purpose come back, and the look is in the ledger', async () => {
      const subject = someone()
      await run((tx, at) => collect(tx, at, order(subject)))
      await run((tx, at) =>
        choose(tx, at, { subject, choice: { kind: 'consent', purpose: 'news', state: 'given' }, how: 'form' }),
      )
      const before = (await run(countAll))['avow.ledger_pending']!
      const { records } = await run((tx, at) => read(tx, at, { subject, purpose: 'news', limit: 10 }))
      assert.deepEqual(
        records.map(({ fields }) => fields),
        [{ name: 'Ada' }],
      )
      assert.equal((await run(countAll))['avow.ledger_pending'], before + 1)
    })

    test('pages of any length put together are the whole, each value once', async () => {
      const subject = someone()
      for (let i = 0; i < 4; i++)
        await run((tx, at) => collect(tx, at, order(subject, { name: `n${i}`, street: `s${i}`, email: `e${i}` })))
      for (const limit of [1, 2, 5, 100]) {
        const seen: string[] = []
        for (let after: string | null | undefined; after !== null; ) {
          const from = after
          const page: Awaited<ReturnType<typeof read>> = await run((tx, at) =>
            read(tx, at, { subject, purpose: 'orders', limit, ...(from === undefined ? {} : { after: from }) }),
          )
          seen.push(
            ...page.records.flatMap(({ recordId, fields }) =>
              Object.keys(fields).map((field) => `${recordId} ${field}`),
            ),
          )
          after = page.next
        }
        assert.equal(seen.length, 12)
        assert.equal(new Set(seen).size, 12)
      }
    })

    test('somebody unknown, a made-up position and a purpose without a name are errors', async () => {
      const subject = someone()
      await run((tx, at) => collect(tx, at, order(subject)))
      const ask = (change: object) =>
        run((tx, at) => read(tx, at, { subject, purpose: 'orders', limit: 10, ...change }))
      await assert.rejects(ask({ subject: someone() }), { code: 'SUBJECT_UNKNOWN' })
      await assert.rejects(ask({ after: "' or true --" }), { code: 'INPUT_INVALID' })
      await assert.rejects(ask({ purpose: 'gossip' }), { code: 'DECISION_UNKNOWN_NAME' })
      await assert.rejects(ask({ limit: 501 }), { code: 'INPUT_INVALID' })
    })
  })

  describe('correct', () => {
    test('the new value is read, and both stand sealed in the entry', async () => {
      const subject = someone()
      const kept = await run((tx, at) => collect(tx, at, order(subject)))
      assert.ok(kept.kind === 'kept')
      const change = { subject, recordId: kept.recordId, fields: { name: 'Ada Lovelace' }, purpose: 'requests' }
      const done = await run((tx, at) => correct(tx, at, change))
      assert.ok(done.kind === 'corrected')
      const { records } = await run((tx, at) =>
        read(tx, at, { subject, purpose: 'orders', fields: ['name'], limit: 1 }),
      )
      assert.deepEqual(records[0]?.fields, { name: 'Ada Lovelace' })
      const part = await run(async (tx, at) => {
        const row = await tx
          .selectFrom('avow.ledger_pending')
          .select('sealed')
          .where('entry_id', '=', done.entryId)
          .executeTakeFirstOrThrow()
        const { keys, subjectId } = await takeStanding(tx, at, subject)
        return Buffer.from(
          openEntry(keys.ordinary, { subjectId, entryId: done.entryId, sealed: row.sealed! }).subjectPart,
        ).toString()
      })
      assert.match(part, /"from":"Ada","to":"Ada Lovelace"/)
    })

    test('a record of somebody else and a field the record lacks change nothing', async () => {
      const [subject, other] = [someone(), someone()]
      const kept = await run((tx, at) => collect(tx, at, order(subject, { name: 'Ada' })))
      await run((tx, at) => collect(tx, at, order(other)))
      assert.ok(kept.kind === 'kept')
      const change = { recordId: kept.recordId, purpose: 'requests' }
      await assert.rejects(
        run((tx, at) => correct(tx, at, { ...change, subject: other, fields: { name: 'x' } })),
        { code: 'NOT_FOUND' },
      )
      const strange = await run((tx, at) => correct(tx, at, { ...change, subject, fields: { name: 'x', street: 'y' } }))
      assert.deepEqual([strange.kind, strange.kind === 'refused' && strange.field], ['refused', 'street'])
    })
  })

  describe('erase', () => {
    test('afterwards nobody answers to the identifier, the others stand, and the parts of the ledger are gone', async () => {
      const [subject, other] = [someone(), someone()]
      const kept = await run((tx, at) => collect(tx, at, order(subject)))
      await run((tx, at) => collect(tx, at, order(other)))
      assert.ok(kept.kind === 'kept')
      const erased = await run((tx, at) => eraseSubject(tx, at, kept.subjectId))
      assert.deepEqual([erased.records, erased.identifiers, erased.keys, erased.entries.length], [2, 1, 2, 1])
      await assert.rejects(
        run((tx, at) => read(tx, at, { subject, purpose: 'orders', limit: 1 })),
        { code: 'SUBJECT_UNKNOWN' },
      )
      await assert.rejects(
        run((tx, at) => eraseSubject(tx, at, kept.subjectId)),
        { code: 'SUBJECT_UNKNOWN' },
      )
      assert.equal(
        (await run((tx, at) => read(tx, at, { subject: other, purpose: 'orders', limit: 1 }))).records.length,
        1,
      )
      const leaf = await run((tx) =>
        tx.selectFrom('avow.ledger_leaf').selectAll().where('index', '=', erased.entries[0]!).executeTakeFirstOrThrow(),
      )
      assert.deepEqual([leaf.subject_id, leaf.sealed], [null, null])
      const listed = await run((tx) => tx.selectFrom('avow.ledger_pending').select('public').execute())
      assert.ok(
        listed.some((row) =>
          parsePublicPart(row.public).erased?.some(
            ([first, last]) => first <= erased.entries[0]! && erased.entries[0]! <= last,
          ),
        ),
      )
    })

    test('a refusal outlives the erasure, and holds when the person comes back', async () => {
      const subject = someone()
      await run((tx, at) =>
        choose(tx, at, { subject, choice: { kind: 'objection', purpose: 'news', state: 'raised' }, how: 'form' }),
      )
      await run((tx, at) =>
        choose(tx, at, { subject, choice: { kind: 'consent', purpose: 'news', state: 'given' }, how: 'form' }),
      )
      const { subjectId } = await run((tx, at) => takeStanding(tx, at, subject))
      const erased = await run((tx, at) => eraseSubject(tx, at, subjectId))
      assert.equal(erased.refusalsKept, true)
      await run((tx, at) => collect(tx, at, order(subject)))
      await run((tx, at) =>
        choose(tx, at, { subject, choice: { kind: 'consent', purpose: 'news', state: 'given' }, how: 'form' }),
      )
      const back = await run((tx, at) => collect(tx, at, { ...order(subject, { name: 'Ada' }), purpose: 'news' }))
      assert.deepEqual([back.kind, back.kind === 'refused' && back.rule], ['refused', 'stop.objection'])
    })

    test('a collection that waits for an erasure begins the person anew, under a new key', async () => {
      const subject = someone()
      const kept = await run((tx, at) => collect(tx, at, order(subject)))
      assert.ok(kept.kind === 'kept')
      let waiting: Promise<unknown> | undefined
      await run(async (tx, at) => {
        await eraseSubject(tx, at, kept.subjectId)
        waiting = outside(() => run((other, there) => collect(other, there, order(subject))))
        await new Promise((resolve) => setTimeout(resolve, 100))
      })
      const again = (await waiting) as { kind: string; subjectId: string }
      assert.equal(again.kind, 'kept')
      assert.notEqual(again.subjectId, kept.subjectId)
      const { records } = await run((tx, at) => read(tx, at, { subject, purpose: 'orders', limit: 10 }))
      assert.equal(records.length, 1)
    })
  })

  describe('versions', () => {
    test('a later version widens the use of what was collected earlier only with agreement, and narrows it freely', async () => {
      const subject = someone()
      await run((tx, at) => collect(tx, at, order(subject)))
      const wider = {
        ...smallPolicy,
        name: `wider ${randomUUID()}`,
        rules: smallPolicy.rules.map((rule) =>
          rule.id === 'shop.orders' && rule.kind === 'permit' ? { ...rule, purposes: ['orders', 'treatment'] } : rule,
        ),
      }
      const ask = (purpose: string) => run((tx, at) => read(tx, at, { subject, purpose, limit: 10 }))
      await run((tx, at) => publishPolicy(tx, at, checkVersion(wider)))
      try {
        assert.equal((await ask('treatment')).records.length, 0)
        assert.equal((await ask('orders')).records.length, 1)
        await run((tx, at) => choose(tx, at, { subject, choice: { kind: 'agreement', state: 'given' }, how: 'form' }))
        assert.equal((await ask('treatment')).records.length, 1)
        const narrower = {
          ...wider,
          name: `narrower ${randomUUID()}`,
          rules: smallPolicy.rules.filter(({ id }) => id !== 'shop.orders'),
          promises: smallPolicy.promises,
        }
        await run((tx, at) => publishPolicy(tx, at, checkVersion(narrower)))
        assert.equal((await ask('orders')).records.length, 0)
      } finally {
        await run((tx, at) => publishPolicy(tx, at, checkVersion(smallPolicy)))
      }
    })

    test('a version that breaks a property is refused', () => {
      const broken = {
        ...smallPolicy,
        rules: smallPolicy.rules.map((rule) =>
          rule.id === 'shop.news' ? { ...rule, when: { consent: ['given', 'none'] } } : rule,
        ),
      }
      assert.doesNotThrow(() => compilePolicy(broken))
      assert.throws(() => checkVersion(broken), { code: 'POLICY_BREAKS_PROOF' })
    })
  })
})
