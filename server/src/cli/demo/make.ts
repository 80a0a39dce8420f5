/**
 * Making the demonstration: the company's database in an embedded folder of its own, filled with made-up people, and
 * a configuration beside it. Written last, the file `made.json` says that all of it is there; without it, a run that
 * was interrupted, everything is made anew. What the company keeps nowhere else goes into the vault (fillVault.ts).
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AvowError } from '@avow/core/errors'
import { defaultPeople, defaultSeed, generate } from '@avow/example-imwebdesigns/generate'
import pg from 'pg'
import { loadConfig } from '../../config.ts'
import { startEmbedded } from '../../store/embedded.ts'
import { type Progress, startProgress } from '../progress.ts'
import type { Shell } from '../shell.ts'
import { emailsOf, fillVault, vaultRows } from './fillVault.ts'

/** Raised when the generator or the configuration changes, so that what was made before is made anew. */
const version = 2
const leastPeople = 20

interface Wanted {
  readonly people: number
  readonly seed: number
}

export const wantedOf = ({ people = defaultPeople, seed = defaultSeed }: Partial<Wanted>): Wanted => ({ people, seed })

export interface Made extends Wanted {
  readonly version: number
  readonly rows: number
  readonly tables: number
  /** Somebody in the data with a bit of everything, as the command line takes them. Made up, so no secret. */
  readonly example: string
}

/** What was made with the same people and seed; undefined where nothing was, or something else. */
export function madeBefore(folder: string, { people, seed }: Wanted): Made | undefined {
  const path = join(folder, 'made.json')
  if (!existsSync(path)) return undefined
  const made: unknown = JSON.parse(readFileSync(path, 'utf8'))
  return isMade(made) && made.people === people && made.seed === seed ? made : undefined
}

function isMade(value: unknown): value is Made {
  if (typeof value !== 'object' || value === null) return false
  const made: Readonly<Record<string, unknown>> = { ...value }
  const numbers = [made.people, made.seed, made.rows, made.tables]
  return made.version === version && numbers.every(Number.isSafeInteger) && typeof made.example === 'string'
}

/** @throws AvowError INPUT_INVALID for too few people; STORE_LOCKED while a server holds the demonstration */
export async function makeDemonstration(shell: Shell, folder: string, wanted: Wanted): Promise<Made> {
  const { terminal } = shell
  const { people, seed } = wanted
  if (people < leastPeople) {
    throw new AvowError('INPUT_INVALID', `\`--people\` must be ${leastPeople} or more, to hold every kind of person`)
  }
  await clear(folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const progress = startProgress(terminal)
  try {
    const rows = vaultRows(wanted)
    const company = await makeCompany(folder, wanted, emailsOf(rows), progress)
    writeFileSync(join(folder, 'avow.json'), `${JSON.stringify(configuration, null, 2)}\n`)
    await fillVault(shell, loadConfig(join(folder, 'avow.json'), terminal.environment), rows, progress)
    const made = { version, people, seed, ...company }
    writeFileSync(join(folder, 'made.json'), `${JSON.stringify(made)}\n`)
    return made
  } finally {
    progress.end()
  }
}

async function makeCompany(
  folder: string,
  { people, seed }: Wanted,
  inVault: readonly string[],
  progress: Progress,
): Promise<Pick<Made, 'rows' | 'tables' | 'example'>> {
  const embedded = await startEmbedded({ folder: join(folder, 'platform') })
  const client = new pg.Client({ connectionString: embedded.url })
  try {
    await client.connect()
    const { rows, rowsOf } = await generate(client, {
      people,
      seed,
      onProgress: ({ done, people: so, rows: far }) =>
        progress.update(done, 1, `making people: ${so} of ${people}, ${far} rows`),
    })
    const example = await exampleIn(client, inVault)
    await client.query('checkpoint')
    return { rows, tables: Object.keys(rowsOf).length, example }
  } finally {
    await client.end()
    await embedded.close()
  }
}

/** The stores are held for a moment first: what a server is using is not taken from under it. */
async function clear(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  for (const each of ['platform', 'store']) {
    const path = join(folder, each)
    if (existsSync(join(path, 'lock'))) await (await startEmbedded({ folder: path })).close()
  }
  rmSync(folder, { recursive: true })
}

const fileOf = (module: string) => fileURLToPath(import.meta.resolve(module))

const configuration = {
  policy: fileOf('@avow/policy-imwebdesigns'),
  folder: 'store',
  demonstration: true,
  origin: 'avow.localhost/demo',
  stores: [
    {
      name: 'platform',
      kind: 'postgres',
      map: fileOf('@avow/example-imwebdesigns/map'),
      read: 'embedded:platform',
      erase: 'embedded:platform',
    },
  ],
}

async function exampleIn(client: pg.Client, inVault: readonly string[]): Promise<string> {
  const { rows } = await client.query<{ email: string }>(
    `select a.email from accounts a
     where a.deleted_at is null
       and exists (select from order_holders h where h.account_id = a.id)
       and exists (select from tickets t where t.account_id = a.id)
     order by lower(a.email) = any($1::text[]) desc, a.id limit 1`,
    [inVault],
  )
  const email = rows[0]?.email
  if (email === undefined) throw new Error('internal: nobody in the demonstration has both an order and a ticket')
  return `email:${email}`
}
