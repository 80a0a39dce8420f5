import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapFaults } from '@avow/core/map/check'
import { schemaFindings } from '@avow/core/map/checkSchema'
import { parseMapText } from '@avow/core/map/parseMap'
import { map } from '@avow/example-imwebdesigns/map'
import { contexts } from '@avow/policy-imwebdesigns/contexts'
import { fields } from '@avow/policy-imwebdesigns/fields'
import { bounds } from '@avow/policy-imwebdesigns/reach'
import { connectPostgres } from '@avow/server/connectors/postgres/connector'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { createDatabase, postgresMissing, startPostgres, withClient } from '../../tests/postgres.ts'
import { createConstraints, createTables } from './database.ts'

const platform = map.stores.platform!
const skip = postgresMissing()
const isField = (name: string): name is keyof typeof fields => Object.hasOwn(fields, name)
const isBound = (name: string): name is keyof typeof bounds => Object.hasOwn(bounds, name)

test('the map can stand: nothing unclassified, no row without an owner, no answer with somebody else in it', () => {
  assert.deepEqual(mapFaults(map, { fields, contexts }), [])
})

test('the map is the same in JSON', () => {
  assert.deepEqual(parseMapText(JSON.stringify(map)), map)
})

test('no column holds a category that the policy does not take in in its context', () => {
  for (const [table, { context, columns }] of Object.entries(platform.tables))
    for (const [column, entry] of Object.entries(columns)) {
      const field = typeof entry === 'string' ? entry : 'field' in entry ? entry.field : 'key'
      if (!isField(field)) continue
      assert.ok(isBound(context), `${context} has a bound`)
      const categories: readonly string[] = bounds[context].categories
      assert.ok(categories.includes(fields[field].category), `${table}.${column}: \`${field}\` in \`${context}\``)
    }
})

test('against the live schema the check of maps finds nothing, not even an index to advise', { skip }, async () => {
  const cluster = await startPostgres(['fsync=off'])
  const url = await createDatabase(cluster)
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const connector = connectPostgres({ store: 'platform', map: platform, reader: pool })
  try {
    await withClient(url, async (client) => {
      await createTables(client)
      await createConstraints(client)
    })
    assert.deepEqual(schemaFindings('platform', platform, await connector.describe()), [])
    await withClient(url, (client) => client.query('alter table accounts add column shoe_size integer'))
    assert.deepEqual(
      schemaFindings('platform', platform, await connector.describe()).map(({ code }) => code),
      ['MAP_UNCLASSIFIED'],
    )
  } finally {
    await connector.close()
    await cluster.stop()
  }
})

test('every foreign key of the database stands at the front of an index on its own side', async () => {
  const lite = await PGlite.create()
  await createTables(lite)
  await createConstraints(lite)
  const { rows } = await lite.query(
    `select f.conrelid::regclass::text as table, f.conkey from pg_constraint f
     where f.contype = 'f' and not exists (
       select from pg_index i where i.indrelid = f.conrelid
         and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey
         and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] <@ f.conkey)`,
  )
  assert.deepEqual(rows, [])
  await lite.close()
})
