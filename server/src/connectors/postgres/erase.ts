/**
 * An erasure in PostgreSQL: the plan's steps, in its order, in one transaction. Nothing is read into memory: sets stay
 * in the database, in chunks where they are large. Run again it finds nothing to do.
 */
import type { ErasurePlan, ErasureStep, KeptSet } from '@avow/core/map/plan'
import type { KeptRows, Preview, StepCount } from '../connector.ts'
import { type PostgresClient, quoteName } from './client.ts'
import { alias, column, finish, parameter, type Statement, tableName, writeTest } from './rowTest.ts'

/** Rows a statement touches at most. */
export const chunkRows = 20_000

/** The plan's counts on the data as it stands: what `runErasure` would do, and needs no right to write. */
export async function previewErasure(
  client: PostgresClient,
  plan: ErasurePlan,
  start: () => Statement,
): Promise<Preview> {
  const steps: StepCount[] = []
  for (const step of plan.steps) steps.push(countOf(step, await countRows(client, step, start())))
  return { steps, kept: await keptRows(client, plan.kept, start) }
}

const countOf = ({ id, kind, table }: ErasureStep, rows: number): StepCount => ({ step: id, kind, table, rows })

async function countRows(client: PostgresClient, step: ErasureStep, statement: Statement): Promise<number> {
  const t = alias(statement)
  const test = writeTest(statement, step.table, t, step.test)
  if (test === 'false') return 0
  const query = finish(
    statement,
    `select count(*)::int8 as rows from ${tableName(statement, step.table)} ${t} where ${test}`,
  )
  const { rows } = await client.query<{ rows: string }>(query.text, query.values)
  return Number(rows[0]!.rows)
}

export async function keptRows(
  client: PostgresClient,
  kept: readonly KeptSet[],
  start: () => Statement,
): Promise<KeptRows[]> {
  const found: KeptRows[] = []
  for (const { table, keep, test } of kept) {
    const statement = start()
    const t = alias(statement)
    const where = writeTest(statement, table, t, test)
    if (where === 'false') continue
    const days = parameter(statement, keep.days, 'int')
    const until = `to_char(max(${column(t, keep.from)}::timestamptz + make_interval(days => ${days})), 'YYYY-MM-DD')`
    const query = finish(
      statement,
      `select count(*)::int8 as rows, ${until} as until from ${tableName(statement, table)} ${t} where ${where}`,
    )
    const { rows } = await client.query<{ rows: string; until: string | null }>(query.text, query.values)
    const count = Number(rows[0]!.rows)
    if (count > 0) found.push({ table, because: keep.because, rows: count, until: rows[0]!.until ?? 'not yet known' })
  }
  return found
}

export async function runErasure(
  client: PostgresClient,
  plan: ErasurePlan,
  start: () => Statement,
  progress: (done: StepCount) => void,
): Promise<StepCount[]> {
  const done: StepCount[] = []
  const sets = new Map<ErasureStep, CapturedSet>()
  for (const [index, step] of plan.steps.entries())
    if (step.captured) sets.set(step, await capture(client, step, start(), `avow_set_${index}`))
  for (const [index, step] of plan.steps.entries()) {
    const count = (rows: number) => progress(countOf(step, rows))
    const set = sets.get(step)
    const rows =
      set === undefined
        ? await runStep(client, step, start, `avow_rest_${index}`, count)
        : await runChunks(client, step, start, set, 0, count)
    done.push(countOf(step, rows))
  }
  return done
}

interface CapturedSet {
  readonly name: string
  readonly rows: number
}

/** Takes a set down, by key, numbered: it stays as it was whatever is changed afterwards. */
async function capture(
  client: PostgresClient,
  step: ErasureStep,
  statement: Statement,
  name: string,
): Promise<CapturedSet> {
  const t = alias(statement)
  const test = writeTest(statement, step.table, t, step.test)
  if (test === 'false') return { name, rows: 0 }
  const key = statement.of.store.tables[step.table]!.key
  const list = key.map((each, i) => `${column(t, each)} as k${i}`).join(', ')
  const shape = `select row_number() over () as n, ${list} from ${tableName(statement, step.table)} ${t} where ${test}`
  const query = finish(statement, shape)
  // Utility statements take no parameters: the table is made of the set's shape, and then filled.
  const empty = `select 0::int8 as n, ${list} from ${tableName(statement, step.table)} ${t} where false`
  await client.query(`create temporary table ${quoteName(name)} on commit drop as ${empty}`)
  const { rowCount } = await client.query(`insert into pg_temp.${quoteName(name)} ${query.text}`, query.values)
  const rows = rowCount ?? 0
  if (rows > chunkRows) await client.query(`create index on pg_temp.${quoteName(name)} (n)`)
  if (rows > 1000) await client.query(`analyze pg_temp.${quoteName(name)}`)
  return { name, rows }
}

/** In one statement where it is small or must be; else the first chunk at once, and the rest from a set taken down. */
async function runStep(
  client: PostgresClient,
  step: ErasureStep,
  start: () => Statement,
  name: string,
  progress: (rows: number) => void,
): Promise<number> {
  const statement = start()
  const t = alias(statement)
  const x = alias(statement)
  const test = writeTest(statement, step.table, x, step.test)
  if (test === 'false') return 0
  const key = statement.of.store.tables[step.table]!.key
  const keys = (at: string) => key.map((each) => column(at, each)).join(', ')
  const rows = `from ${tableName(statement, step.table)} ${x} where ${test}`
  // By address where the table is in one piece: found once, and not looked up a second time by key. Whoever changes a
  // row meanwhile makes the transaction fail and run again (repeatable read), so that an address never goes stale.
  const chosen =
    step.whole || statement.catalogue.partitioned.has(step.table)
      ? `(${keys(t)}) in (select ${keys(x)} ${rows}${step.whole ? '' : ` limit ${chunkRows}`})`
      : `${t}.ctid = any(array(select ${x}.ctid ${rows} limit ${chunkRows}))`
  const query = finish(statement, `${writeChange(statement, step, t)} where ${chosen}`)
  const { rowCount } = await client.query(query.text, query.values)
  const changed = rowCount ?? 0
  progress(changed)
  if (step.whole || changed < chunkRows) return changed
  return runChunks(client, step, start, await capture(client, step, start(), name), changed, progress)
}

async function runChunks(
  client: PostgresClient,
  step: ErasureStep,
  start: () => Statement,
  set: CapturedSet,
  before: number,
  progress: (rows: number) => void,
): Promise<number> {
  let total = before
  for (let from = 0; from < set.rows; from += chunkRows) {
    const statement = start()
    const [t, s] = [alias(statement), alias(statement)]
    const key = statement.of.store.tables[step.table]!.key
    const change = writeChange(statement, step, t, `pg_temp.${quoteName(set.name)} ${s}`)
    const [low, high] = [parameter(statement, from, 'int8'), parameter(statement, from + chunkRows, 'int8')]
    const same = key.map((each, i) => `${column(t, each)} = ${s}.k${i}`).join(' and ')
    const query = finish(statement, `${change} where ${s}.n > ${low} and ${s}.n <= ${high} and ${same}`)
    const { rowCount } = await client.query(query.text, query.values)
    total += rowCount ?? 0
    progress(total)
  }
  return total
}

/** @param from the set it is joined with, if any */
function writeChange(statement: Statement, step: ErasureStep, t: string, from?: string): string {
  const table = tableName(statement, step.table)
  if (step.kind === 'delete') return `delete from ${table} ${t}${from === undefined ? '' : ` using ${from}`}`
  const set = Object.entries(step.set).map(
    ([name, value]) => `${quoteName(name)} = ${value === null ? 'null' : parameter(statement, String(value))}`,
  )
  return `update ${table} ${t} set ${set.join(', ')}${from === undefined ? '' : ` from ${from}`}`
}
