/**
 * An erasure in PostgreSQL: the plan's steps, in its order, in one transaction. Nothing is read into memory: sets stay
 * in the database, in chunks where they are large. Run again it finds nothing to do.
 */
import type { ErasurePlan, ErasureStep, KeptSet } from '@avow/core/map/plan'
import type { KeptRows, Preview, StepCount } from '../connector.ts'
import { type PostgresClient, quoteName } from './client.ts'
import { writeTest } from './rowTest.ts'
import { alias, column, finish, parameter, type Statement, tableName, type Writer, type Written } from './statement.ts'

/** Rows a statement touches at most. */
export const chunkRows = 20_000

/** The plan's counts on the data as it stands: what `runErasure` would do, and needs no right to write. */
export async function previewErasure(client: PostgresClient, plan: ErasurePlan, writer: Writer): Promise<Preview> {
  const steps: StepCount[] = []
  for (const step of plan.steps) steps.push(countOf(step, await countRows(client, step, writer)))
  return { steps, kept: await keptRows(client, plan.kept, writer) }
}

const countOf = ({ id, kind, table }: ErasureStep, rows: number): StepCount => ({ step: id, kind, table, rows })

async function countRows(client: PostgresClient, step: ErasureStep, writer: Writer): Promise<number> {
  const query = writer.write(`count ${step.id}`, (statement) => {
    const t = alias(statement)
    const test = writeTest(statement, step.table, t, step.test)
    if (test === 'false') return undefined
    return finish(
      statement,
      `select count(*)::int8 as rows from ${tableName(statement, step.table)} ${t} where ${test}`,
    )
  })
  if (query === undefined) return 0
  const { rows } = await client.query<{ rows: string }>(query.text, query.values)
  return Number(rows[0]!.rows)
}

export async function keptRows(client: PostgresClient, kept: readonly KeptSet[], writer: Writer): Promise<KeptRows[]> {
  const found: KeptRows[] = []
  for (const { table, keep, test } of kept) {
    const query = writer.write(`kept ${table}`, (statement) => {
      const t = alias(statement)
      const where = writeTest(statement, table, t, test)
      if (where === 'false') return undefined
      const days = parameter(statement, () => keep.days, 'int')
      const until = `to_char(max(${column(t, keep.from)}::timestamptz + make_interval(days => ${days})), 'YYYY-MM-DD')`
      const from = `from ${tableName(statement, table)} ${t} where ${where}`
      return finish(statement, `select count(*)::int8 as rows, ${until} as until ${from}`)
    })
    if (query === undefined) continue
    const { rows } = await client.query<{ rows: string; until: string | null }>(query.text, query.values)
    const count = Number(rows[0]!.rows)
    if (count > 0) found.push({ table, because: keep.because, rows: count, until: rows[0]!.until ?? 'not yet known' })
  }
  return found
}

export async function runErasure(
  client: PostgresClient,
  plan: ErasurePlan,
  writer: Writer,
  progress: (done: StepCount) => void,
): Promise<StepCount[]> {
  const done: StepCount[] = []
  const sets = new Map<ErasureStep, CapturedSet>()
  for (const [index, step] of plan.steps.entries())
    if (step.captured) sets.set(step, await capture(client, step, writer, `avow_set_${index}`))
  for (const [index, step] of plan.steps.entries()) {
    const count = (rows: number) => progress(countOf(step, rows))
    const set = sets.get(step)
    const rows =
      set === undefined
        ? await runStep(client, step, writer, `avow_rest_${index}`, count)
        : await runChunks(client, step, writer, set, 0, count)
    done.push(countOf(step, rows))
  }
  return done
}

interface CapturedSet {
  readonly name: string
  readonly rows: number
}

/** Takes a set down, by key, numbered: it stays as it was whatever is changed afterwards. */
async function capture(client: PostgresClient, step: ErasureStep, writer: Writer, name: string): Promise<CapturedSet> {
  const set = `pg_temp.${quoteName(name)}`
  const keys = (statement: Statement, t: string) =>
    statement.of.store.tables[step.table]!.key.map((each, i) => `${column(t, each)} as k${i}`).join(', ')
  // Utility statements take no parameters: the table is made in the set's shape, and then filled.
  const make = writer.write(`make ${name}`, (statement) => {
    const t = alias(statement)
    const shape = `select 0::int8 as n, ${keys(statement, t)} from ${tableName(statement, step.table)} ${t} where false`
    return finish(statement, `create temporary table ${quoteName(name)} on commit drop as ${shape}`)
  })
  const fill = writer.write(`fill ${name}`, (statement) => {
    const t = alias(statement)
    const test = writeTest(statement, step.table, t, step.test)
    if (test === 'false') return undefined
    const rows = `select row_number() over (), ${keys(statement, t)} from ${tableName(statement, step.table)} ${t} where ${test}`
    return finish(statement, `insert into ${set} ${rows}`)
  })
  if (make === undefined || fill === undefined) return { name, rows: 0 }
  await client.query(make.text)
  const { rowCount } = await client.query(fill.text, fill.values)
  const rows = rowCount ?? 0
  if (rows > chunkRows) await client.query(`create index on ${set} (n)`)
  if (rows > 1000) await client.query(`analyze ${set}`)
  return { name, rows }
}

/** In one statement where it is small or must be; else the first chunk at once, and the rest from a set taken down. */
async function runStep(
  client: PostgresClient,
  step: ErasureStep,
  writer: Writer,
  name: string,
  progress: (rows: number) => void,
): Promise<number> {
  const query = writer.write(`run ${step.id}`, (statement) => writeStep(statement, step))
  if (query === undefined) return 0
  const { rowCount } = await client.query(query.text, query.values)
  const changed = rowCount ?? 0
  progress(changed)
  if (step.whole || changed < chunkRows) return changed
  return runChunks(client, step, writer, await capture(client, step, writer, name), changed, progress)
}

function writeStep(statement: Statement, step: ErasureStep): Written | undefined {
  const [t, x] = [alias(statement), alias(statement)]
  const test = writeTest(statement, step.table, x, step.test)
  if (test === 'false') return undefined
  const key = statement.of.store.tables[step.table]!.key
  const keys = (at: string) => key.map((each) => column(at, each)).join(', ')
  const rows = `from ${tableName(statement, step.table)} ${x} where ${test}`
  // By address where the table is in one piece: found once, and not looked up a second time by key. Whoever changes a
  // row meanwhile makes the transaction fail and run again (repeatable read), so that an address never goes stale.
  const chosen =
    step.whole || statement.catalogue.partitioned.has(step.table)
      ? `(${keys(t)}) in (select ${keys(x)} ${rows}${step.whole ? '' : ` limit ${chunkRows}`})`
      : `${t}.ctid = any(array(select ${x}.ctid ${rows} limit ${chunkRows}))`
  return finish(statement, `${writeChange(statement, step, t)} where ${chosen}`)
}

async function runChunks(
  client: PostgresClient,
  step: ErasureStep,
  writer: Writer,
  set: CapturedSet,
  before: number,
  progress: (rows: number) => void,
): Promise<number> {
  let total = before
  for (let from = 0; from < set.rows; from += chunkRows) {
    const query = writer.write(`chunk ${set.name} ${from}`, (statement) => {
      const [t, s] = [alias(statement), alias(statement)]
      const key = statement.of.store.tables[step.table]!.key
      const change = writeChange(statement, step, t, `pg_temp.${quoteName(set.name)} ${s}`)
      const same = key.map((each, i) => `${column(t, each)} = ${s}.k${i}`).join(' and ')
      return finish(statement, `${change} where ${s}.n > ${from} and ${s}.n <= ${from + chunkRows} and ${same}`)
    })
    const { rowCount } = await client.query(query!.text, query!.values)
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
    ([name, value]) => `${quoteName(name)} = ${value === null ? 'null' : parameter(statement, () => String(value))}`,
  )
  return `update ${table} ${t} set ${set.join(', ')}${from === undefined ? '' : ` from ${from}`}`
}
