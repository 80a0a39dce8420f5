/**
 * Reads the rows of an import, CSV (RFC 4180) or JSON Lines, one at a time: the file is never whole in memory.
 * A row that cannot be read is a row with a fault, not the end of the import. Decides nothing about what rows mean.
 */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { AvowError } from '@avow/core/errors'
import { parse } from 'csv-parse'

export type Format = 'csv' | 'jsonl'
export type Cell = string | number | boolean

export interface InputRow {
  /** From 1, the head of a CSV not counted. */
  readonly row: number
  /** Read from the file so far. */
  readonly bytes: number
  /** By column; absent where the row cannot be read. */
  readonly cells?: Readonly<Record<string, Cell>>
  readonly fault?: string
  /** The row as it stood, for the side file: the cells of a CSV, the line of JSON Lines. */
  readonly raw: readonly string[]
}

const maximumRowBytes = 1_048_576

export function formatOf(file: string, named: string | undefined): Format {
  if (named === 'csv' || named === 'jsonl') return named
  if (named !== undefined) throw new AvowError('INPUT_INVALID', '`--format` must be `csv` or `jsonl`')
  if (/\.csv$/i.test(file)) return 'csv'
  if (/\.(jsonl|ndjson)$/i.test(file)) return 'jsonl'
  throw new AvowError(
    'INPUT_INVALID',
    'the format cannot be told from the name of the file: add `--format csv` or `jsonl`',
  )
}

/** @param onHead given the columns of a CSV, before the first row */
export async function* readRows(
  file: string,
  format: Format,
  onHead: (columns: readonly string[]) => void,
): AsyncIterable<InputRow> {
  yield* format === 'csv' ? readCsv(file, onHead) : readJsonLines(file)
}

async function* readCsv(file: string, onHead: (columns: readonly string[]) => void): AsyncIterable<InputRow> {
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maximumRowBytes,
    }),
  )
  let head: readonly string[] | undefined
  let row = 0
  try {
    for await (const each of parser) {
      // `info: true` gives each record with what is known of it (csv-parse, option info).
      const { record, info } = each as { record: string[]; info: { bytes: number } }
      if (head === undefined) {
        head = record.map((name) => name.trim())
        checkHead(head)
        onHead(head)
        continue
      }
      row++
      yield csvRow(row, info.bytes, head, record)
    }
  } catch (cause) {
    if (cause instanceof AvowError || !isCsvFault(cause)) throw cause
    // Beyond a broken quote nobody can say where the next row begins.
    throw new AvowError('INPUT_INVALID', `the CSV cannot be read on after row ${row}: mend its quotes there`, { cause })
  }
  if (head === undefined) throw new AvowError('INPUT_INVALID', 'the CSV is empty: its first line must name the columns')
}

function csvRow(row: number, bytes: number, head: readonly string[], record: readonly string[]): InputRow {
  if (record.length !== head.length) {
    return { row, bytes, raw: record, fault: `has ${record.length} cells where the head has ${head.length}` }
  }
  // An empty cell is no value.
  const cells = Object.fromEntries(head.map((name, at) => [name, record[at] ?? '']).filter(([, cell]) => cell !== ''))
  return { row, bytes, raw: record, cells }
}

function checkHead(head: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of head) {
    if (name === '' || seen.has(name)) {
      throw new AvowError(
        'INPUT_INVALID',
        'the first line of the CSV must name every column, each by a name of its own',
      )
    }
    seen.add(name)
  }
}

const isCsvFault = (cause: unknown) =>
  cause instanceof Error && 'code' in cause && String(cause.code).startsWith('CSV_')

async function* readJsonLines(file: string): AsyncIterable<InputRow> {
  const stream = createReadStream(file)
  let row = 0
  for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text.trim() === '') continue
    row++
    yield { row, bytes: stream.bytesRead, raw: [text], ...jsonCells(text) }
  }
}

function jsonCells(text: string): { cells: Record<string, Cell> } | { fault: string } {
  if (text.length > maximumRowBytes) return { fault: 'is longer than a row may be' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { fault: 'is not JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: 'is not a JSON object' }
  const cells: Record<string, Cell> = {}
  for (const [name, cell] of Object.entries(value)) {
    if (cell === null || cell === '') continue
    if (typeof cell !== 'string' && typeof cell !== 'number' && typeof cell !== 'boolean') {
      return { fault: 'holds an object or a list: give one value a column' }
    }
    cells[name] = cell
  }
  return { cells }
}
