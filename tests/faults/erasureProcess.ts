/**
 * A process that erases one customer after another, for erasure.test.ts to kill. First it carries on what the last one
 * left. Arguments: the place of the store as JSON, the address of the company, the first and last customer.
 * Prints `ready`, then a line for each erasure that was reported done.
 */
import { writeSync } from 'node:fs'
import { AvowError } from '@avow/core/errors'
import type { Desk } from '@avow/server/commands/desk'
import { openErasure } from '@avow/server/commands/request'
import { carryOnErasure } from '@avow/server/jobs/erasure'
import { startSequencer } from '@avow/server/jobs/sequencer'
import { openDatabase, type Place } from '@avow/server/store/database'
import { runningRequests } from '@avow/server/store/request'
import { connectCompany, emailOf } from '../company.ts'
import { testInstallation } from '../stores.ts'

const [place = '', company = '', first = '', last = ''] = process.argv.slice(2)
// What erasure.test.ts passes.
const database = await openDatabase(JSON.parse(place) as Place)
const desk: Desk = { database, installation: await testInstallation(), connectors: [connectCompany(company)] }
startSequencer(database, desk.installation, (error) => {
  throw error
})
writeSync(1, 'ready\n')

const finish = async (requestId: string) => {
  const { state, failure } = await carryOnErasure(desk, requestId)
  if (state !== 'done') throw new Error(failure?.detail ?? state)
  // At once and whole: what stands in this pipe when the process dies was reported done.
  writeSync(1, `${requestId}\n`)
}

for (const requestId of await database.transaction(runningRequests)) await finish(requestId)
for (let customer = Number(first); customer <= Number(last); customer++) {
  try {
    const { id } = await openErasure(desk, { kind: 'email', value: emailOf(customer) })
    await finish(id ?? '')
  } catch (error) {
    // Erased by the process before this one.
    if (!(error instanceof AvowError && error.code === 'SUBJECT_UNKNOWN')) throw error
  }
}
writeSync(1, 'all\n')
process.exit(0)
