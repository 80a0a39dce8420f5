/**
 * An act with its ledger entry, beside the same transaction with the audit row that a user would write instead.
 * Both lock the subject, read its facts, keys and the policy head, decide, seal and insert three values; on PostgreSQL,
 * durable, through the same pool. Ours then appends the entry, while in the same process the sequencer gives each entry
 * its index and signs for it; that it keeps up, less than a second behind, is checked at the end of each turn. The other
 * inserts a plain row with an index by subject, and leaves it at that.
 * The two take turns, so that whatever else the machine does falls on both; reported is the median ratio. Counting begins
 * when a turn is under way, so that the sequencer has as much left over at its end as at its beginning.
 */
import { decide } from '@avow/core/decision/decide'
import { parseRequest } from '@avow/core/decision/parseRequest'
import { collect, sensitivityOf } from '@avow/server/commands/collect'
import { createId, type Installation } from '@avow/server/commands/installation'
import { personFacts } from '@avow/server/commands/personFacts'
import { takeStanding } from '@avow/server/commands/standing'
import { sequenceNow, startSequencer } from '@avow/server/jobs/sequencer'
import type { Database, Tx } from '@avow/server/store/database'
import { countPending } from '@avow/server/store/ledger'
import { insertRecords, type RecordRow } from '@avow/server/store/record'
import { sealJson } from '@avow/server/vault/seal'
import { sql } from 'kysely'
import { createDatabase, startPostgres, withClient } from '../tests/postgres.ts'
import { openStore } from '../tests/stores.ts'
import type { Report } from './measurement.ts'

const people = 1000
const leadMs = 500
const turnMs = 1500
const rounds = 12

const [context, purpose, source] = ['shop', 'orders', 'person']
const valueFacts = { sensitiveContent: 'no' }
const fields = { email: 'jo@example.test', name: 'Jo Bloggs', street: '12 High Street' }

export async function appendToLedger(report: Report): Promise<void> {
  const cluster = await startPostgres()
  try {
    const url = await createDatabase(cluster)
    await withClient(url, async (client) => {
      await client.query(`create table audit (id uuid primary key, subject_id uuid not null, kind text not null,
        rule text not null, policy_version text not null, purpose text not null, detail jsonb not null,
        at timestamptz not null)`)
      await client.query('create index on audit (subject_id)')
    })
    for (const connections of [1, 8, 32]) await measure(url, connections, report)
  } finally {
    await cluster.stop()
  }
}

async function measure(url: string, connections: number, report: Report): Promise<void> {
  // One more, for the sequencer, as the server has it.
  const { database, installation } = await openStore({ url }, { connections: connections + 1 })
  try {
    const subjects = await makePeople(database, installation)
    let asked = 0
    const next = () => subjects[asked++ % subjects.length]!

    const ours = async () => {
      const sequencer = startSequencer(database, installation, (error) => {
        throw error
      })
      const perSecond = await turn(connections, () =>
        database.transaction((tx) =>
          collect(tx, installation, { subject: { subjectId: next() }, context, purpose, source, valueFacts, fields }),
        ),
      )
      const behind = await database.transaction((tx) => countPending(tx))
      if (behind > perSecond) throw new Error(`internal: the sequencer is ${behind} entries behind`)
      await sequencer.stop()
      await sequenceNow(database, installation)
      return perSecond
    }
    const theirs = () =>
      turn(connections, () => database.transaction((tx) => collectWithAuditRow(tx, installation, next())))
    await ours()
    await theirs()
    const pairs: { ours: number; peer: number }[] = []
    for (let round = 0; round < rounds; round++) {
      if (round % 2 === 0) pairs.push({ ours: await ours(), peer: await theirs() })
      else {
        const peer = await theirs()
        pairs.push({ ours: await ours(), peer })
      }
    }
    report({
      name: `append beside a plain audit row, ${connections} connection${connections === 1 ? '' : 's'}`,
      ours: median(pairs.map((each) => each.ours)),
      peer: median(pairs.map((each) => each.peer)),
      unit: 'tx/s',
      ratio: median(pairs.map((each) => each.ours / each.peer)),
      goal: 0.9,
    })
  } finally {
    await database.close()
  }
}

async function makePeople(database: Database, installation: Installation): Promise<string[]> {
  const subjects: string[] = []
  for (let i = 0; i < people; i++) {
    const subject = { kind: 'email', value: `p${i}@example.test` }
    const done = await database.transaction((tx) =>
      collect(tx, installation, { subject, context, purpose, source, valueFacts, fields }),
    )
    if (done.kind !== 'kept') throw new Error(`internal: refused: ${done.reason}`)
    subjects.push(done.subjectId)
  }
  await sequenceNow(database, installation)
  return subjects
}

/** Runs `one` on so many connections at once. @returns how often a second, once it is under way */
async function turn(connections: number, one: () => Promise<unknown>): Promise<number> {
  const start = performance.now() + leadMs
  let count = 0
  const worker = async () => {
    while (performance.now() < start + turnMs) {
      await one()
      if (performance.now() >= start && performance.now() < start + turnMs) count++
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  return (count / turnMs) * 1000
}

/** The transaction of `collect` (commands/collect.ts, act.ts), with one plain row where the ledger entry would be. */
async function collectWithAuditRow(tx: Tx, installation: Installation, subjectId: string): Promise<void> {
  const standing = await takeStanding(tx, installation, { subjectId })
  const table = await installation.policies.get(tx, standing.head)
  const { policy } = table
  const names = Object.keys(fields) as (keyof typeof fields)[] // a literal object has no other keys
  const asked = names.map((field) => ({
    context,
    category: policy.fields[field]!.category,
    field,
    facts: { ...valueFacts, source },
  }))
  const { labels } = parseRequest(table, { action: 'collect', purpose, labels: asked, facts: {} })
  const facts = personFacts(standing.person, purpose, {})
  const decision = decide(table, { action: 'collect', purpose, facts, labels })
  if (decision.kind === 'deny') throw new Error('internal: refused')
  const at = installation.now()
  const recordId = createId(at)
  const rows = labels.map(({ category }, i): RecordRow => {
    const field = names[i]!
    const sensitivity = sensitivityOf(policy, field, valueFacts)
    const sealed = sealJson(standing.keys[sensitivity], { subjectId, record: recordId, field }, fields[field])
    const label = { context, category, field, source, purpose, policyVersion: standing.head, facts: valueFacts }
    return { subjectId, recordId, ...label, collectedAt: at, sensitivity, sealed }
  })
  await insertRecords(tx, rows)
  await sql`insert into audit (id, subject_id, kind, rule, policy_version, purpose, detail, at) values
    (${createId(at)}, ${subjectId}, 'collect', ${decision.rule}, ${standing.head}, ${purpose},
      ${JSON.stringify({ recordId, fields: names })}, ${at})`.execute(tx)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
