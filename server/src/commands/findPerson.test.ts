import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Subject } from '@avow/core/map/subject'
import { smallPolicy } from '../../../tests/smallPolicy.ts'
import { onEachStore } from '../../../tests/stores.ts'
import type { Connector, Identifiers } from '../connectors/connector.ts'
import { addIdentifier } from './addIdentifier.ts'
import { collect } from './collect.ts'
import { findPerson } from './findPerson.ts'

/** A store of people, each known by several identifiers; counts how often it is asked. Only `resolve` is called here. */
function storeOf(name: string, people: readonly (readonly [kind: string, value: string][])[]) {
  let questions = 0
  const resolve = async (kind: Subject['kind'], given: Identifiers): Promise<Subject | undefined> => {
    questions++
    const at = people.findIndex((person) => person.some(([k, value]) => [given[k] ?? []].flat().includes(value)))
    if (at < 0) return undefined
    const identifiers = Object.fromEntries(
      [...Map.groupBy(people[at]!, ([k]) => k)].map(([k, pairs]) => [k, pairs.map(([, value]) => value)]),
    )
    return { kind, rows: { person: [[String(at)]] }, identifiers }
  }
  const connector = { store: name, resolve } as unknown as Connector
  return { connector, questions: () => questions }
}

const cookies = Array.from({ length: 300 }, (_, i): [string, string] => ['cookie', `c-${i}`])

onEachStore((store) => {
  test('what one place knows leads to the next, and no store is asked by what it answered itself', async () => {
    const { database, installation } = store()
    const email = `Find-${Math.random()}@example.test`
    const kept = await database.transaction((tx) =>
      collect(tx, installation, {
        subject: { kind: 'email', value: email },
        context: 'shop',
        purpose: 'orders',
        source: 'person',
        valueFacts: { sensitiveContent: 'no' },
        fields: { name: smallPolicy.name },
      }),
    )
    assert.equal(kept.kind, 'kept')
    const subjectId = kept.kind === 'kept' ? kept.subjectId : ''
    const loyalty = `L-${email}`
    await database.transaction((tx) =>
      addIdentifier(tx, installation, { subjectId }, { kind: 'loyalty', value: loyalty }),
    )
    const shop = storeOf('shop', [[['email', email.toLowerCase()], ...cookies], [['email', 'other@example.test']]])
    const till = storeOf('till', [[['loyalty', loyalty]], [['loyalty', 'L-other']]])

    const person = await findPerson(
      (use) => database.transaction(use),
      installation,
      [shop.connector, till.connector],
      {
        kind: 'email',
        value: email.toLowerCase(),
      },
    )
    assert.deepEqual(person.subjectIds, [subjectId])
    assert.deepEqual(
      Object.entries(person.stores).map(([name, { rows }]) => [name, rows.person]),
      [
        ['shop', [['0']]],
        ['till', [['0']]],
      ],
    )
    assert.ok(person.identifiers.some(({ kind, value }) => kind === 'cookie' && value === 'c-299'))
    assert.ok(shop.questions() <= 2 && till.questions() <= 2, 'three hundred cookies are one question')
  })
})
