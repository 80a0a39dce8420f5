import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { countAll, order, outside, someone } from '../../../tests/people.ts'
import { onEachStore, type TestStore } from '../../../tests/stores.ts'
import type { Tx } from '../store/database.ts'
import { recordsOf } from '../store/record.ts'
import { addIdentifier } from './addIdentifier.ts'
import { choose } from './choose.ts'
import { collect } from './collect.ts'
import { joinHousehold, linkPerson } from './link.ts'
import { read } from './read.ts'

onEachStore((store) => {
  const run = <T>(use: (tx: Tx, installation: TestStore['installation']) => Promise<T>) =>
    store().database.transaction((tx) => use(tx, store().installation))

  describe('collect', () => {
    test('what is collected is read back for the same purpose, and sealed where it lies', async () => {
      const subject = someone()
      const kept = await run((tx, at) => collect(tx, at, order(subject)))
      assert.equal(kept.kind, 'kept')
      const page = await run((tx, at) => read(tx, at, { subject, purpose: 'orders', limit: 10 }))
      assert.deepEqual(
        page.records.map(({ fields }) => fields),
        [{ name: 'Ada', street: 'a lane' }],
      )
    })

    for (const [why, refused, rule, field] of [
      ['a field that the policy maps to no category', { fields: { shoeSize: 42 } }, null, 'shoeSize'],
      ['a source that the policy does not name', { source: 'rumour' }, null, undefined],
      ['no source', { source: '' }, null, undefined],
      [
        'a category that is not of the context',
        { fields: { diagnosis: 'flu' }, actFacts: { requirement: 'onFile' } },
        null,
        'diagnosis',
      ],
      [
        'a sensitive field without a requirement on file',
        {
          context: 'clinic',
          purpose: 'treatment',
          fields: { name: 'Ada', diagnosis: 'flu' },
          actFacts: { requirement: 'none' },
        },
        'health.required',
        'diagnosis',
      ],
      [
        'a sensitive field of which nobody says whether it is required',
        { context: 'clinic', purpose: 'treatment', fields: { diagnosis: 'flu' } },
        'health.required',
        'diagnosis',
      ],
      ['one field of several for a purpose that does not reach it', { purpose: 'news' }, null, 'name'],
    ] as const) {
      test(`${why} is refused, named, and nothing of the batch is kept`, async () => {
        const before = await run(countAll)
        const answer = await run((tx, at) => collect(tx, at, { ...order(someone()), ...refused }))
        assert.equal(answer.kind, 'refused')
        assert.deepEqual(
          [answer.kind === 'refused' && answer.rule, answer.kind === 'refused' && answer.field],
          [rule, field ?? undefined],
        )
        assert.deepEqual(await run(countAll), before)
      })
    }

    test('a name the policy does not declare is an error and keeps nothing, a misspelt fact included', async () => {
      const before = await run(countAll)
      for (const wrong of [
        { purpose: 'marketing' },
        { context: 'lobby' },
        { valueFacts: { inferrd: 'no' } },
        { valueFacts: { inferred: 'Ada said so' } },
        { actFacts: { requirement: 'maybe' } },
      ]) {
        await assert.rejects(
          run((tx, at) => collect(tx, at, { ...order(someone()), ...wrong })),
          { code: /^DECISION_/ },
        )
      }
      assert.deepEqual(await run(countAll), before)
    })

    test('of many who meet the same new person at once, one makes the subject and the others find it', async () => {
      for (let round = 0; round < 10; round++) {
        const subject = someone()
        const answers = await Promise.all(
          [1, 2, 3, 4, 5, 6].map(() => run((tx, at) => collect(tx, at, order(subject)))),
        )
        const ids = new Set(answers.map((each) => each.kind === 'kept' && each.subjectId))
        assert.equal(ids.size, 1)
        const { records } = await run((tx, at) => read(tx, at, { subject, purpose: 'orders', limit: 100 }))
        assert.equal(records.length, 6)
      }
    })

    test('a second identifier finds the same person, and is nobody else’s from then on', async () => {
      const [subject, second, other] = [someone(), { kind: 'account', value: randomUUID() }, someone()]
      const kept = await run((tx, at) => collect(tx, at, order(subject)))
      await run((tx, at) => collect(tx, at, order(other)))
      assert.equal(await run((tx, at) => addIdentifier(tx, at, subject, second)), true)
      assert.equal(await run((tx, at) => addIdentifier(tx, at, subject, second)), false)
      const again = await run((tx, at) => collect(tx, at, order(second)))
      assert.equal(again.kind === 'kept' && again.subjectId, kept.kind === 'kept' && kept.subjectId)
      await assert.rejects(
        run((tx, at) => addIdentifier(tx, at, other, second)),
        { code: 'INPUT_INVALID' },
      )
    })

    test('an address written otherwise is the same person', async () => {
      const subject = someone()
      const first = await run((tx, at) => collect(tx, at, order(subject)))
      const again = { kind: 'email', value: ` ${subject.value.toUpperCase()} ` }
      const second = await run((tx, at) => collect(tx, at, order(again)))
      assert.equal(first.kind === 'kept' && first.subjectId, second.kind === 'kept' && second.subjectId)
    })
  })

  describe('choices', () => {
    test('a restriction stops what was permitted, and lifting it starts it again', async () => {
      const subject = someone()
      await run((tx, at) => collect(tx, at, order(subject)))
      for (const [state, kept] of [
        ['yes', 'refused'],
        ['no', 'kept'],
      ] as const) {
        await run((tx, at) => choose(tx, at, { subject, choice: { kind: 'restriction', state }, how: 'centre' }))
        assert.equal((await run((tx, at) => collect(tx, at, order(subject)))).kind, kept)
      }
    })

    test('a caller can tighten what is stored and never loosen it', async () => {
      const subject = someone()
      const news = { ...order(subject, { name: 'Ada' }), purpose: 'news' }
      const ask = (consent: string) => run((tx, at) => collect(tx, at, { ...news, actFacts: { consent } }))
      assert.equal((await ask('given')).kind, 'refused')
      await run((tx, at) =>
        choose(tx, at, { subject, choice: { kind: 'consent', purpose: 'news', state: 'given' }, how: 'form' }),
      )
      assert.equal((await ask('given')).kind, 'kept')
      assert.equal((await ask('withdrawn')).kind, 'refused')
    })

    test('a choice that commits while an act waits for it is read by that act', async () => {
      const subject = someone()
      await run((tx, at) =>
        choose(tx, at, { subject, choice: { kind: 'consent', purpose: 'news', state: 'given' }, how: 'form' }),
      )
      let sending: Promise<unknown> | undefined
      await run(async (tx, at) => {
        await choose(tx, at, { subject, choice: { kind: 'consent', purpose: 'news', state: 'withdrawn' }, how: 'form' })
        // Begun before the withdrawal commits, in a transaction of its own: it must wait, then see it.
        sending = outside(() =>
          run((other, there) => collect(other, there, { ...order(subject, { name: 'A' }), purpose: 'news' })),
        )
        await new Promise((resolve) => setTimeout(resolve, 150))
      })
      assert.equal(((await sending) as { kind: string }).kind, 'refused')
    })

    test('however they interleave, nothing is kept for a purpose once the withdrawal of consent is acknowledged', async () => {
      for (let round = 0; round < 8; round++) {
        const subject = someone()
        const news = { ...order(subject, { name: 'Ada' }), purpose: 'news' }
        const say = (state: 'given' | 'withdrawn') =>
          run((tx, at) => choose(tx, at, { subject, choice: { kind: 'consent', purpose: 'news', state }, how: 'form' }))
        const { subjectId } = await say('given')
        const countNews = () =>
          run(
            async (tx) => (await recordsOf(tx, subjectId, {}, 100)).filter(({ purpose }) => purpose === 'news').length,
          )
        const sends = Array.from({ length: 8 }, async (_, i) => {
          if (i % 2 === 1) await new Promise((resolve) => setTimeout(resolve, i))
          return run((tx, at) => collect(tx, at, news))
        })
        await say('withdrawn')
        const atAcknowledgement = await countNews()
        const answers = await Promise.all(sends)
        assert.equal(await countNews(), atAcknowledgement)
        assert.equal(answers.filter(({ kind }) => kind === 'kept').length, atAcknowledgement)
      }
    })

    test('what was said under one subject holds under every subject of the person', async () => {
      const [a, b] = [someone(), someone()]
      await run((tx, at) => collect(tx, at, order(a)))
      await run((tx, at) => collect(tx, at, order(b)))
      await run((tx, at) =>
        choose(tx, at, { subject: a, choice: { kind: 'restriction', state: 'yes' }, how: 'centre' }),
      )
      assert.equal((await run((tx, at) => collect(tx, at, order(b)))).kind, 'kept')
      await run((tx, at) => linkPerson(tx, at, a, b))
      assert.equal((await run((tx, at) => collect(tx, at, order(b)))).kind, 'refused')
    })

    test('a restriction of one member holds for the household', async () => {
      const [home, member] = [{ kind: 'address', value: randomUUID() }, someone()]
      await run((tx, at) => collect(tx, at, { ...order(home), subjectKind: 'household' }))
      await run((tx, at) => collect(tx, at, order(member)))
      await run((tx, at) => joinHousehold(tx, at, home, member))
      assert.equal((await run((tx, at) => collect(tx, at, order(home)))).kind, 'kept')
      await run((tx, at) =>
        choose(tx, at, { subject: member, choice: { kind: 'restriction', state: 'yes' }, how: 'centre' }),
      )
      assert.equal((await run((tx, at) => collect(tx, at, order(home)))).kind, 'refused')
    })

    test('a choice with a state or a name outside the closed ones is refused', async () => {
      const ask = (choice: object, how = 'form') =>
        // Not a Choice: what an untyped caller might pass.
        run((tx, at) => choose(tx, at, { subject: someone(), choice: choice as never, how }))
      await assert.rejects(ask({ kind: 'optOut', state: 'Ada asked' }), { code: 'INPUT_INVALID' })
      await assert.rejects(ask({ kind: 'consent', purpose: 'gossip', state: 'given' }), {
        code: 'DECISION_UNKNOWN_NAME',
      })
      await assert.rejects(ask({ kind: 'optOut', state: 'yes' }, 'by phone, Ada'), { code: 'INPUT_INVALID' })
    })
  })
})
