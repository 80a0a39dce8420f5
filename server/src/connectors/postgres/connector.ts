/**
 * The PostgreSQL connector: an application's own database, mapped, with drivers passed in. Reading needs a role that may
 * only read; erasing another, with its own credentials, that may also create temporary tables.
 */
import { AvowError } from '@avow/core/errors'
import type { StoreMap } from '@avow/core/map/document'
import { type OwnedTable, ownershipOf } from '@avow/core/map/ownership'
import { blankOf, planAccess, planErasure } from '@avow/core/map/plan'
import { all, differs, not, others } from '@avow/core/map/rowTest'
import type { DescribedSchema, DescribedTable } from '@avow/core/map/schema'
import type { Subject } from '@avow/core/map/subject'
import type { Connector, OrphanFinding } from '../connector.ts'
import { readAnswer } from './access.ts'
import { inTransaction, type PostgresClient, type PostgresPool, streamTransaction, withConnection } from './client.ts'
import { describeSchema, tableTraits } from './describe.ts'
import { keptRows, previewErasure, runErasure } from './erase.ts'
import { resolveSubject } from './resolve.ts'
import { writeTest } from './rowTest.ts'
import { searchSchema } from './search.ts'
import {
  alias,
  type Catalogue,
  finish,
  referenceId,
  tableName,
  type Writer,
  type Written,
  writerFor,
} from './statement.ts'

export interface PostgresConnectorOptions {
  /** The store's name in the map. */
  readonly store: string
  /** Checked (core/src/map/check.ts): a connector does as the map says. */
  readonly map: StoreMap
  /** A pool of its own: its connections are given settings that stay. */
  readonly reader: PostgresPool
  /** Absent: this store can be read and not erased from. */
  readonly eraser?: PostgresPool
  /** For one statement; a search, which reads everything, has ten times as long. */
  readonly statementTimeoutMs?: number
}

const retries = 5
const none: Subject = { kind: 'person', rows: {}, identifiers: {} }

export function connectPostgres(options: PostgresConnectorOptions): Connector {
  const { store, map, reader, eraser } = options
  const home = map.schema ?? 'public'
  const timeoutMs = options.statementTimeoutMs ?? 60_000
  const of = ownershipOf(map)
  const accessPlan = planAccess(of)
  const erasurePlan = planErasure(of)
  let catalogue: Catalogue | undefined

  const read = <T>(work: (client: PostgresClient) => Promise<T>, timeout = timeoutMs) =>
    inTransaction(reader, 'read', home, timeout, work)
  const look = async (client: PostgresClient): Promise<Catalogue> => {
    const schemas = schemasOf(map)
    catalogue ??= readCatalogue(await describeSchema(client, home, schemas), await tableTraits(client, home, schemas))
    return catalogue
  }
  const written = new Map<string, Written | undefined>()
  const writer = async (client: PostgresClient, subject: Subject, at: Date): Promise<Writer> =>
    writerFor(of, await look(client), { rows: subject.rows, at }, written)

  return {
    store,
    describe: () => read((client) => describeSchema(client, home)),
    resolve: (kind, identifiers) =>
      withConnection(reader, home, timeoutMs, async (client) =>
        resolveSubject(client, map, (await look(client)).types, kind, identifiers),
      ),
    preview: (subject, at) =>
      read(async (client) => previewErasure(client, erasurePlan, await writer(client, subject, at))),
    async *access(subject, signal) {
      yield* streamTransaction(reader, home, timeoutMs, async function* (client) {
        const statements = await writer(client, subject, new Date(0))
        for (const step of accessPlan.steps)
          for await (const batch of readAnswer(client, store, step, statements)) {
            signal?.throwIfAborted()
            yield batch
          }
      })
    },
    async erase(subject, at, progress = () => {}) {
      if (map.level === 'seen' || eraser === undefined)
        throw new AvowError(
          'FORBIDDEN',
          `store \`${store}\` is only seen: give it the level \`answered\` and an eraser's credentials`,
        )
      for (let tries = 1; ; tries++) {
        try {
          return await inTransaction(eraser, 'write', home, timeoutMs, async (client) => {
            const statements = await writer(client, subject, at)
            const kept = await keptRows(client, erasurePlan.kept, statements)
            return { steps: await runErasure(client, erasurePlan, statements, progress), kept }
          })
        } catch (error) {
          if (tries >= retries || !isConflict(error)) throw error
        }
      }
    },
    orphans: () =>
      read(async (client) => {
        const statements = await writer(client, none, new Date(0))
        const findings: OrphanFinding[] = []
        for (const table of of.tables.values()) {
          if (table.map.subject !== undefined || table.nodes.length === 0 || table.map.orphans === 'nobody') continue
          const rows = await countOrphans(client, table, statements)
          if (rows > 0) findings.push({ table: table.name, rows })
        }
        return findings
      }, timeoutMs * 10),
    search: (values) =>
      read(async (client) => searchSchema(client, map, await describeSchema(client, home), values), timeoutMs * 10),
    async close() {
      await reader.end()
      if (eraser !== undefined && eraser !== reader) await eraser.end()
    },
  }
}

/** The store's own schema, and those its tables name. */
function schemasOf(map: StoreMap): string[] {
  const named = Object.keys(map.tables).flatMap((name) =>
    name.includes('.') ? [name.slice(0, name.indexOf('.'))] : [],
  )
  return [...new Set([map.schema ?? 'public', ...named])]
}

function readCatalogue(schema: DescribedSchema, traits: Awaited<ReturnType<typeof tableTraits>>): Catalogue {
  const columns = (table: DescribedTable) => new Map(table.columns.map((column) => [column.name, column.type]))
  const enforced = schema.tables
    .filter((table) => !traits.unchecked.has(table.name))
    .flatMap((table) =>
      table.foreignKeys.map((key) => {
        const pairs = key.columns.map((column, i) => [column, key.references[i]!] as const)
        return referenceId(table.name, key.table, pairs)
      }),
    )
  return {
    types: new Map(schema.tables.map((table) => [table.name, columns(table)])),
    enforced: new Set(enforced),
    partitioned: traits.partitioned,
  }
}

/** A row that no path leads from to any subject at all, and that still holds something. */
async function countOrphans(client: PostgresClient, table: OwnedTable, writer: Writer): Promise<number> {
  const query = writer.write(`orphans ${table.name}`, (statement) => {
    const t = alias(statement)
    const where = writeTest(statement, table.name, t, all(not(others(table.nodes)), differs(blankOf(table))))
    if (where === 'false') return undefined
    return finish(
      statement,
      `select count(*)::int8 as rows from ${tableName(statement, table.name)} ${t} where ${where}`,
    )
  })
  if (query === undefined) return 0
  const { rows } = await client.query<{ rows: string }>(query.text, query.values)
  return Number(rows[0]!.rows)
}

/** Another transaction got in between: nothing of this one stays, and it can run again. */
const isConflict = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
