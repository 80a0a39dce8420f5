/**
 * `avow import`: takes many records in, each decided by the policy alone. Rows that are refused go to a side file with
 * the reason; an interrupted import goes on where it stopped. Every column is given a meaning or is named as left out.
 */
import { existsSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ImportAnswer } from '@avow/core/api/imports'
import { AvowError } from '@avow/core/errors'
import { Command } from 'commander'
import type { Client } from './client.ts'
import { exit } from './exit.ts'
import { type Cell, type Format, formatOf, type InputRow, readRows } from './importInput.ts'
import {
  appendSide,
  type ImportState,
  importName,
  loadState,
  restoreSide,
  saveState,
  statePath,
} from './importState.ts'
import { type Progress, startProgress } from './progress.ts'
import { printJson, type Shell, withClient, withConfig, withJson } from './shell.ts'

interface Options {
  readonly config?: string
  readonly json?: true
  readonly format?: string
  readonly subject: string
  readonly context: string
  readonly purpose: string
  readonly source: string
  readonly field: readonly string[]
  readonly ignore: readonly string[]
  readonly fact: readonly string[]
  readonly collectedAt?: string
}

/** What the columns of a file mean. */
interface Meaning {
  readonly subject: { readonly kind: string; readonly column: string }
  readonly context: string
  readonly purpose: string
  readonly source: string
  /** Column to field. */
  readonly fields: Readonly<Record<string, string>>
  readonly ignored: readonly string[]
  readonly valueFacts: Readonly<Record<string, string>>
  readonly collectedAt: string | null
}

const batchRows = 200
const many = (value: string, before: readonly string[]) => [...before, value]

export function importCommand(shell: Shell): Command {
  const command = new Command('import')
    .description('take records in from CSV or JSON Lines; refused rows go to FILE.refused with the reason')
    .argument('<file>')
    .requiredOption('--subject <kind:column>', 'which column names the person, such as email:e-mail')
    .requiredOption('--context <name>', 'where the data was collected')
    .requiredOption('--purpose <name>', 'what for')
    .requiredOption('--source <name>', 'from whom')
    .option('--field <column=field>', 'what a column holds; one named like a field needs none (repeatable)', many, [])
    .option('--ignore <column>', 'a column to leave out (repeatable)', many, [])
    .option('--fact <name=value>', 'a fact of every value, such as inferred=yes (repeatable)', many, [])
    .option('--collected-at <column>', 'the time of collection, as ISO 8601')
    .option('--format <format>', 'csv or jsonl (default: by the name of the file)')
  return withJson(withConfig(command)).action(async (named: string, options: Options) => {
    const file = resolve(shell.terminal.folder, named)
    if (!existsSync(file)) throw new AvowError('INPUT_INVALID', `no file at \`${file}\`: check the path`)
    const format = formatOf(file, options.format)
    const meaning = meaningOf(options)
    const state = loadState(file, await importName(file, { format, meaning }))
    if (state.done)
      shell.terminal.err(`avow: this file was imported before: remove ${statePath(file)} to do it again\n`)
    const end = state.done
      ? state
      : await withClient(shell, options.config, (client) => run({ shell, client, file, format, meaning }, state))
    const side = sidePath(file, format)
    if (end.refused > 0) shell.exit = exit.finding
    else rmSync(side, { force: true })
    const { rows, kept, repeated, refused } = end
    if (options.json) return printJson(shell, { rows, kept, repeated, refused, refusedRows: refused > 0 ? side : null })
    const again = repeated > 0 ? `, ${repeated} kept before` : ''
    shell.terminal.out(`${rows} rows: ${kept} kept${again}, ${refused} refused${refused > 0 ? `, see ${side}` : ''}\n`)
  })
}

const sidePath = (file: string, format: Format) => `${file}.refused.${format}`

function meaningOf(options: Options): Meaning {
  const subject = /^([a-z][a-zA-Z0-9]*):(.+)$/.exec(options.subject)
  if (!subject) throw new AvowError('INPUT_INVALID', '`--subject` must be kind:column, such as email:e-mail')
  return {
    subject: { kind: subject[1]!, column: subject[2]! },
    context: options.context,
    purpose: options.purpose,
    source: options.source,
    fields: pairs('--field', options.field),
    ignored: options.ignore,
    valueFacts: pairs('--fact', options.fact),
    collectedAt: options.collectedAt ?? null,
  }
}

/** Name=value of a repeatable option. */
export function pairs(option: string, given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.lastIndexOf('=')
      if (at <= 0 || at === pair.length - 1) throw new AvowError('INPUT_INVALID', `\`${option}\` must be name=value`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

interface Run {
  readonly shell: Shell
  readonly client: Client
  readonly file: string
  readonly format: Format
  readonly meaning: Meaning
}

async function run(of: Run, from: ImportState): Promise<ImportState> {
  const progress = startProgress(of.shell.terminal)
  const side = sidePath(of.file, of.format)
  let state = from
  let head: readonly string[] = []
  restoreSide(side, state)
  if (state.rows > 0) of.shell.terminal.err(`avow: going on after row ${state.rows}\n`)
  let batch: InputRow[] = []
  const send = async () => {
    state = await sendBatch(of, state, batch, head, progress)
    batch = []
  }
  try {
    const rows = readRows(of.file, of.format, (columns) => {
      head = columns
      checkColumns(of.meaning, columns)
    })
    for await (const row of rows) {
      if (row.row <= state.rows) continue
      batch.push(row)
      if (batch.length === batchRows) await send()
    }
    if (batch.length > 0) await send()
  } finally {
    progress.end()
  }
  state = { ...state, done: true }
  saveState(of.file, state)
  return state
}

/** A column that the options name must be there: a misspelt one would leave data out without a word. */
function checkColumns({ subject, fields, ignored, collectedAt }: Meaning, columns: readonly string[]): void {
  for (const name of [
    subject.column,
    ...Object.keys(fields),
    ...ignored,
    ...(collectedAt === null ? [] : [collectedAt]),
  ]) {
    if (!columns.includes(name)) {
      throw new AvowError(
        'INPUT_INVALID',
        `the file has no column \`${name}\`: it has ${columns.map((each) => `\`${each}\``).join(', ')}`,
      )
    }
  }
}

async function sendBatch(
  { client, file, format, meaning }: Run,
  state: ImportState,
  batch: readonly InputRow[],
  head: readonly string[],
  progress: Progress,
): Promise<ImportState> {
  const readable = batch.filter((row) => row.cells !== undefined)
  const answer: ImportAnswer =
    readable.length === 0
      ? { kept: 0, repeated: 0, refused: [] }
      : await client.call('importRows', { rows: readable.map((row) => rowOf(state.name, meaning, row)) })
  const refused = [
    ...batch.flatMap((row) => (row.fault === undefined ? [] : [{ row, reason: row.fault }])),
    ...answer.refused.map(({ at, reason, field }) => ({
      row: readable[at]!,
      reason: field === undefined ? reason : `${field}: ${reason}`,
    })),
  ].sort((a, b) => a.row.row - b.row.row)
  const first = state.sideBytes === 0 && refused.length > 0 && format === 'csv' ? csvLine([...head, 'avow_reason']) : ''
  const added = appendSide(sidePath(file, format), first + refused.map((each) => sideLine(format, each)).join(''))
  const next = {
    ...state,
    rows: batch.at(-1)!.row,
    kept: state.kept + answer.kept,
    repeated: state.repeated + answer.repeated,
    refused: state.refused + refused.length,
    sideBytes: state.sideBytes + added,
  }
  saveState(file, next)
  progress.update(batch.at(-1)!.bytes, statSync(file).size, `${next.rows} rows`)
  return next
}

function rowOf(name: string, meaning: Meaning, { row, cells = {} }: InputRow): Readonly<Record<string, unknown>> {
  const { subject, fields, ignored, collectedAt, context, purpose, source, valueFacts } = meaning
  const left = new Set([...ignored, subject.column, ...(collectedAt === null ? [] : [collectedAt])])
  const entries = Object.entries(cells).flatMap(([column, cell]): [string, Cell][] => {
    const field = fields[column] ?? (left.has(column) ? undefined : column)
    return field === undefined ? [] : [[field, cell]]
  })
  const at = collectedAt === null ? undefined : cells[collectedAt]
  return {
    key: `${name}:${row}`,
    subject: { kind: subject.kind, value: String(cells[subject.column] ?? '') },
    context,
    purpose,
    source,
    fields: Object.fromEntries(entries),
    valueFacts,
    ...(at === undefined ? {} : { collectedAt: String(at) }),
  }
}

function sideLine(format: Format, { row, reason }: { readonly row: InputRow; readonly reason: string }): string {
  if (format === 'csv') return csvLine([...row.raw, reason])
  return `${JSON.stringify({ row: row.row, reason, line: row.raw[0] })}\n`
}

/** RFC 4180 §2: a cell with a comma, a quote or a line end stands in quotes, and its quotes twice. */
function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}
