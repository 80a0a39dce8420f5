import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { mapFaults } from '@avow/core/map/check'
import { map } from '@avow/example-imwebdesigns/map'
import { contexts } from '@avow/policy-imwebdesigns/contexts'
import { fields } from '@avow/policy-imwebdesigns/fields'
import { PGlite } from '@electric-sql/pglite'
import { createConstraints, createTables } from './database.ts'

const lite = await PGlite.create()
after(() => lite.close())
await createTables(lite)
await createConstraints(lite)

const tables = map.stores.platform!.tables

test('the map can stand: nothing unclassified, no row without an owner, no answer with somebody else in it', () => {
  assert.deepEqual(mapFaults(map, { fields, contexts }), [])
})

test('the map and the live schema have the same tables, columns and keys', async () => {
  const { rows } = await lite.query<{ table: string; columns: string[]; key: string[] }>(
    `select c.relname as table,
       (select array_agg(attname::text order by attname) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
       (select array_agg(a.attname::text order by k.at) from pg_index i, unnest(i.indkey) with ordinality k (attnum, at)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary) as key
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  )
  assert.deepEqual(
    Object.entries(tables)
      .map(([table, { columns, key }]) => ({ table, columns: Object.keys(columns).sort(), key }))
      .sort((a, b) => (a.table < b.table ? -1 : 1)),
    rows,
  )
})

test('every foreign key of the database stands at the front of an index on its own side', async () => {
  const { rows } = await lite.query(
    `select f.conrelid::regclass::text as table, f.conkey from pg_constraint f
     where f.contype = 'f' and not exists (
       select from pg_index i where i.indrelid = f.conrelid
         and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey
         and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] <@ f.conkey)`,
  )
  assert.deepEqual(rows, [])
})
