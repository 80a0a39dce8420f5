import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseMap } from './parseMap.ts'

const map = () => ({
  avow: 1,
  stores: {
    shop: {
      kind: 'postgres',
      level: 'seen',
      country: 'GB',
      tables: {
        people: {
          context: 'here',
          key: ['id'],
          columns: { id: 'key', email: { field: 'email', identifier: 'email' }, x: { proposed: null } },
          links: { other: { table: 'people', on: { id: 'id' }, onErasure: { anonymise: { x: null } } } },
          erase: { keep: { because: 'books', from: 'id', days: 3 } },
        },
      },
    },
  },
})

test('a map is the same out of JSON', () => {
  assert.deepEqual(parseMap(JSON.parse(JSON.stringify(map()))), map())
})

test('what is not a map is refused with its place and what belongs there', () => {
  const wrong = (change: (of: ReturnType<typeof map>) => void, message: RegExp) => {
    const of = map()
    change(of)
    assert.throws(() => parseMap(of), { code: 'MAP_MALFORMED', message })
  }
  assert.throws(() => parseMap([]), { code: 'MAP_MALFORMED', message: 'the data map must be an object' })
  wrong(
    (of) => Object.assign(of.stores.shop, { level: 'best' }),
    /`stores.shop.level` of the data map must be "seen" or/,
  )
  wrong(
    (of) => Object.assign(of.stores.shop.tables.people, { owner: {} }),
    /tables.people.owner` .* must be left out: only/,
  )
  wrong((of) => Object.assign(of.stores.shop.tables.people.columns, { id: 7 }), /columns.id` .* must be a field/)
  wrong(
    (of) => Reflect.deleteProperty(of.stores.shop, 'country'),
    /`stores.shop.country` of the data map must be given/,
  )
  assert.throws(() => parseMap(JSON.parse('{"avow":1,"stores":{"__proto__":{}}}')), { code: 'MAP_MALFORMED' })
})

test('whatever is put in its place, a part of a map is refused in one line or is a part of a map', () => {
  const places = [
    ['stores'],
    ['stores', 'shop'],
    ['stores', 'shop', 'tables', 'people'],
    ['stores', 'shop', 'tables', 'people', 'erase'],
  ]
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
      const of: unknown = map()
      let at = of as Record<string, unknown>
      for (const name of place.slice(0, -1)) at = at[name] as Record<string, unknown>
      at[place.at(-1)!] = value
      try {
        parseMap(of)
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'MAP_MALFORMED')
        assert.ok(!(error as Error).message.includes('\n'))
      }
    }),
  )
})
