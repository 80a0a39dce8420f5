import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Malformed, testFormat } from '../../../tests/documentFormat.ts'
import type { DataMap } from './document.ts'
import { inherited, mapFormat } from './documentShape.ts'
import { parseMap, parseMapText } from './parseMap.ts'

const reference = { table: 'people', on: { person: 'id' } }

/** Everything a map can say, once. */
const example: DataMap = {
  avow: 1,
  stores: {
    shop: {
      kind: 'postgres',
      level: 'seen',
      country: 'GB',
      schema: 'shop',
      caseless: ['email'],
      tables: {
        people: {
          context: 'here',
          key: ['id'],
          unique: [['email']],
          subject: 'person',
          columns: {
            id: 'key',
            email: { field: 'email', identifier: 'email', search: true, erased: '' },
            legacy: { key: true, identifier: 'customer', erased: 0 },
            unknown: { proposed: null },
            'guess "me"': { proposed: 'email', because: 'the same words' },
          },
          softDelete: 'legacy',
        },
        orders: {
          context: 'here',
          key: ['id', 'tenant'],
          columns: {
            id: 'key',
            tenant: 'notPersonal',
            note: { field: 'note', of: ['buyer'], freeText: true, erased: null },
            gift: { field: 'name', of: 'all' },
          },
          owners: {
            buyer: { ...reference, when: { kind: 'sale' }, where: { old: false }, required: true, as: ['self'] },
          },
          links: {
            seller: { ...reference, give: ['email'], onErasure: 'keep', proposed: true },
            carrier: { ...reference, onErasure: { anonymise: { note: null } } },
          },
          erase: { keep: { because: 'books', from: 'id', days: 3, law: ['uk.vat'], columns: ['note'] } },
          orphans: 'finding',
        },
        visits: { context: 'there', key: [], columns: {}, erase: 'anonymise' },
      },
    },
  },
}

const shop = 'stores/shop'
const people = `${shop}/tables/people`
const orders = `${shop}/tables/orders`
const malformed: readonly Malformed[] = [
  ['avow', 2, '`avow` must be `1`'],
  ['stores', undefined, '`stores` is missing: add it'],
  ['store', {}, '`store` is no property of the language here: use `stores`'],
  [`${shop}/level`, 'best', '`stores.shop.level` must be one of `seen`, `answered`, `enforced`'],
  [`${shop}/level`, 'anwsered', 'must be one of `seen`, `answered`, `enforced`: use `answered`'],
  [`${shop}/country`, undefined, '`stores.shop.country` is missing: add it'],
  [`${shop}/country`, 'Britain', '`stores.shop.country` must be a country code of ISO 3166-1'],
  [`${shop}/tables`, [], '`stores.shop.tables` must be an object of names'],
  [`${shop}/tables/`, {}, '`stores.shop.tables.` cannot be a name: it is empty'],
  [`${people}/owner`, {}, '`stores.shop.tables.people.owner` is no property of the language here: use `owners`'],
  [`${people}/key`, 'id', '`stores.shop.tables.people.key` must be a list: put brackets around it'],
  [`${people}/subject`, 'persons', '`stores.shop.tables.people.subject` must be one of `person`, `household`: use `p'],
  [`${people}/columns/id`, 7, '`stores.shop.tables.people.columns.id` must be a text or an object'],
  [`${people}/columns/id`, {}, '`stores.shop.tables.people.columns.id` must have one of `field`, `key`, `proposed`'],
  [`${people}/columns/id`, { feild: 'x' }, '.columns.id.feild` is no property of the language here: use `field`'],
  [`${people}/columns/id`, { field: 'x', serach: true }, '.serach` is no property of the language here: use `search`'],
  [`${people}/columns/id`, { field: 'x', key: true }, '.columns.id.key` is no property of the language here'],
  [`${people}/columns/id`, { field: 'x', search: false }, '.search` must be `true`: leave it out where it is not so'],
  [`${people}/columns/id`, { field: 'x', erased: {} }, '.erased` must be a text, a number, `true`, `false` or `null`'],
  [`${people}/columns/id`, { proposed: 1 }, '.columns.id.proposed` must be a text or `null`'],
  [`${orders}/owners/buyer/on/person`, '', '.owners.buyer.on.person` must be a text, and not an empty one'],
  [`${orders}/owners/buyer/colour\nof`, 1, '.owners.buyer.colour of` is no property of the language here'],
  [`${orders}/links/seller/onErasure`, 'unlik', '.onErasure` must be one of `unlink`, `keep`: use `unlink`'],
  [`${orders}/erase`, true, '.erase` must be a text or an object'],
  [`${orders}/erase/keep/days`, 1.5, '.erase.keep.days` must be a whole number of days'],
]

testFormat(mapFormat, 'map.schema.json', example, malformed, [
  'key',
  'keep',
  { field: 'x' },
  { key: true },
  { proposed: 'x' },
  { field: 'x', proposed: 'x' },
  { anonymise: { x: 1 } },
])

test('a column or table declared twice is refused, where JSON itself would keep the last', () => {
  const text = JSON.stringify(example)
  assert.throws(() => parseMapText(text.replace('"id":"key"', '"id":"key","id":"notPersonal"')), {
    code: 'MAP_MALFORMED',
    message: '`stores.shop.tables.people.columns.id` is declared twice: take one away',
  })
})

test('no name of a map is empty, half a surrogate pair, or one that every object answers to', () => {
  assert.deepEqual([...inherited].sort(), Object.getOwnPropertyNames(Object.prototype).sort())
  const text = JSON.stringify(example)
  for (const name of [...inherited, '', '\\ud800'])
    for (const place of ['shop', 'people', 'tenant', 'buyer', 'person', 'old']) {
      const renamed = JSON.parse(text.replaceAll(`"${place}":`, `"${name}":`))
      assert.throws(() => parseMap(renamed), { code: 'MAP_MALFORMED' })
    }
})

test('a number that JSON does not have is refused in a map written in TypeScript', () => {
  const { shop } = example.stores
  const visits = { context: 'here', key: ['id'], columns: { id: { key: true, erased: Number.NaN } } }
  assert.throws(() => parseMap({ avow: 1, stores: { shop: { ...shop, tables: { visits } } } }), {
    message: '`stores.shop.tables.visits.columns.id.erased` must be a text, a number, `true`, `false` or `null`',
  })
})
