import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { formatArray } from './loader.ts'

test('PostgreSQL reads every array of text as it was written', async (t) => {
  const lite = await PGlite.create()
  t.after(() => lite.close())
  const cell = fc.option(fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed()))
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1 }), async (cells) => {
      const { rows } = await lite.query<{ cell: string | null }>(
        'select cell from unnest($1::text::text[]) with ordinality as given (cell, at) order by at',
        [formatArray(cells)],
      )
      assert.deepEqual(
        rows.map(({ cell }) => cell),
        cells,
      )
    }),
    { numRuns: 200 },
  )
})
