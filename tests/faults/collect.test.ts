/**
 * A process that collects is killed (SIGKILL) at random, thirty times on each store, also while it opens the store that
 * the last one left. Then: every acknowledged collection is there and opens, none is there by half, the ledger holds.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { after, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { reportLedger } from '@avow/server/commands/ledger'
import { openValue } from '@avow/server/commands/read'
import { takeStanding } from '@avow/server/commands/standing'
import { sequenceNow } from '@avow/server/jobs/sequencer'
import type { Place } from '@avow/server/store/database'
import { recordsOf } from '@avow/server/store/record'
import { sql } from 'kysely'
import { postgresMissing } from '../postgres.ts'
import { openStore, placeFor, storeKinds } from '../stores.ts'

const kills = 30
const program = new URL('./collectProcess.ts', import.meta.url).pathname

/** @param whileOpening kill before it is ready. @returns the lines of what was acknowledged */
async function collectAndDie(place: Place, whileOpening: boolean): Promise<string[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(place)])
  let said = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const closed = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)))
  if (whileOpening) await sleep(150 + Math.random() * 700)
  else {
    // Counted in acknowledgements, not in time alone: a slow machine is killed at its work, too.
    const wanted = 1 + Math.floor(Math.random() * 6)
    while (said.split('\n').length <= wanted && child.exitCode === null) await sleep(2)
    await sleep(Math.random() * 40)
  }
  child.kill('SIGKILL')
  assert.equal(await closed, 'SIGKILL', `it ended by itself: ${complaint}`)
  return said.split('\n').slice(said.startsWith('ready') ? 1 : 0, -1)
}

for (const kind of storeKinds) {
  describe(kind, { skip: kind === 'PostgreSQL' && postgresMissing() }, () => {
    const ends: (() => unknown)[] = []
    after(async () => {
      for (const end of ends) await end()
    })

    test(`killed ${kills} times while it collects, it loses nothing it acknowledged and keeps nothing by half`, async (t) => {
      const place = await placeFor(kind, { after: (end) => void ends.push(end) })
      await openStore(place).then(({ database }) => database.close())
      const acknowledged: string[] = []
      for (let i = 0; i < kills; i++) acknowledged.push(...(await collectAndDie(place, i % 5 === 4)))
      assert.ok(acknowledged.length > kills, `only ${acknowledged.length} collections: nothing was shown`)

      const { database, installation } = await openStore(place)
      try {
        await database.transaction(async (tx) => {
          for (const line of acknowledged) {
            const [subjectId = '', recordId = '', mark] = line.split(' ')
            const standing = await takeStanding(tx, installation, { subjectId })
            const rows = await recordsOf(tx, subjectId, { recordId }, 10)
            const values = Object.fromEntries(rows.map((row) => [row.field, openValue(standing, row)]))
            assert.deepEqual(
              [Object.keys(values), values.name, values.street],
              [['email', 'name', 'street'], mark, mark],
            )
          }
          const { rows } = await sql<{ halves: number; records: number; entries: number }>`
            with whole as (select record_id, count(*) as n from avow.record group by record_id)
            select (select count(*) from whole where n <> 3) as halves, (select count(*) from whole) as records,
              (select count(*) from avow.ledger_leaf where subject_id is not null)
                + (select count(*) from avow.ledger_pending where subject_id is not null) as entries`.execute(tx)
          const { halves, records, entries } = rows[0]!
          assert.equal(halves, 0)
          assert.equal(entries, records)
          t.diagnostic(`${acknowledged.length} acknowledged, ${records} kept`)
        })
        await sequenceNow(database, installation)
        const { holds, findings } = await reportLedger(database, installation)
        assert.deepEqual([holds, findings], [true, []])
      } finally {
        await database.close()
      }
    })
  })
}
