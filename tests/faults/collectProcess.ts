/**
 * A process that collects without end, for collect.test.ts to kill.
 * Argument: the place of the store as JSON. Prints `ready`, then a line for each collection that was acknowledged.
 */
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { collect } from '@avow/server/commands/collect'
import { startSequencer } from '@avow/server/jobs/sequencer'
import { openDatabase, type Place } from '@avow/server/store/database'
import { testInstallation } from '../stores.ts'

// What collect.test.ts passes.
const place = JSON.parse(process.argv[2] ?? '') as Place
const database = await openDatabase(place)
const installation = await testInstallation()
startSequencer(database, installation, (error) => {
  throw error
})

async function collectOn(worker: number): Promise<void> {
  for (let i = 0; ; i++) {
    // Every third is somebody known, so that both ways of collecting are cut short.
    const value = i % 3 === 2 ? `regular-${worker}@example.test` : `${randomUUID()}@example.test`
    const mark = randomUUID()
    const kept = await database.transaction((tx) =>
      collect(tx, installation, {
        subject: { kind: 'email', value },
        context: 'shop',
        purpose: 'orders',
        source: 'person',
        valueFacts: { sensitiveContent: 'no' },
        fields: { email: value, name: mark, street: mark },
      }),
    )
    if (kept.kind !== 'kept') throw new Error(`refused: ${kept.reason}`)
    // At once and whole: what stands in this pipe when the process dies was acknowledged.
    writeSync(1, `${kept.subjectId} ${kept.recordId} ${mark}\n`)
  }
}

writeSync(1, 'ready\n')
await Promise.all([0, 1, 2, 3].map(collectOn))
