/**
 * A sequencer in a process of its own, for sequencer.test.ts to kill.
 * Arguments: the URL of the store; how far its clock is ahead, in ms; and, where it shall kill itself, the number of the
 * statement at which, and whether when it is `sent`, done by then or not, or when it is `answered`; or that it shall be
 * `frozen` then, as on a machine that is cut off from the network, instead of killed.
 * Prints `ready` once it runs. Told to kill itself, it ends by itself once nothing waits any more.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { startSequencer } from '@avow/server/jobs/sequencer'
import { openDatabase } from '@avow/server/store/database'
import { countPending } from '@avow/server/store/ledger'
import type { PostgresPool } from 'kysely'
import { testInstallation } from '../stores.ts'

const [url, aheadMs, dieAt, dieWhen] = process.argv.slice(2)
if (url === undefined) throw new Error('internal: no URL')

let statements = 0
let armed = false
const die = () => process.kill(process.pid, dieWhen === 'frozen' ? 'SIGSTOP' : 'SIGKILL')

/** Counts the statements of the sequencer and ends the process at the one it is told. */
function mortal(pool: PostgresPool): PostgresPool {
  return {
    ...pool,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const query = client.query.bind(client) as (...given: unknown[]) => unknown // two overloads; passed through
      const counted = async (...given: unknown[]) => {
        const isIt = armed && ++statements === Number(dieAt)
        const answer = query(...given)
        if (isIt && dieWhen === 'sent') die()
        await answer
        if (isIt) die()
        return answer
      }
      return { ...client, query: counted as typeof client.query, release: () => client.release() }
    },
  }
}

const database = await openDatabase({ url }, { connections: 2, ...(dieAt === undefined ? {} : { wrap: mortal }) })
const installation = await testInstallation(() => new Date(Date.now() + Number(aheadMs)))
armed = true
const sequencer = startSequencer(database, installation, (error) => console.error(error))
console.log('ready')
if (dieAt !== undefined) {
  const watch = await openDatabase({ url }, { connections: 1 })
  while ((await watch.transaction((tx) => countPending(tx))) > 0) await sleep(20)
  await watch.close()
  await sequencer.stop()
  await database.close()
}
