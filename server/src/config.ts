/**
 * What an installation is told: which policy, which store, which keys, which stores of the company, where to listen.
 * Read from `avow.json` and the environment; the environment wins, so that secrets need not stand in a file.
 * Paths are relative to the folder of the configuration file. Does not open anything.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { AvowError } from '@avow/core/errors'
import { z } from 'zod'

const companyStore = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be lower case letters, digits and dashes'),
  kind: z.literal('postgres'),
  map: z.string().min(1),
  /** Read-only credentials. `env:NAME` reads an environment variable; `embedded:FOLDER` is the demonstration's own. */
  read: z.string().min(1),
  /** Separate credentials that may erase; without them the store can only be seen and previewed. */
  erase: z.string().min(1).optional(),
})

const configShape = z.strictObject({
  policy: z.string().min(1),
  /** Folder of the embedded store, of the private socket and, unless `key` says otherwise, of the keys. */
  folder: z.string().min(1).default('.avow'),
  /** PostgreSQL 15 or later; absent: the embedded store in `folder`. */
  database: z.string().min(1).optional(),
  /** File of the wrapping key. */
  key: z.string().min(1).optional(),
  stores: z.array(companyStore).default([]),
  listen: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.int().min(0).max(65535).default(8080) })
    .default({ host: '127.0.0.1', port: 8080 }),
  /** Says on every page and board that the people in it are made up. */
  demonstration: z.boolean().default(false),
  /** Name of the log, in its checkpoints and receipts. */
  origin: z.string().min(1).default('avow.localhost/log'),
})

export type CompanyStoreConfig = z.infer<typeof companyStore>
export type Config = z.infer<typeof configShape> & { readonly key: string }

/** Environment variables that Avow reads. */
export interface Environment {
  readonly DATABASE_URL?: string | undefined
  readonly AVOW_KEY_FILE?: string | undefined
  readonly [name: string]: string | undefined
}

/** @throws AvowError INPUT_INVALID, one line, naming the file, the setting and the cure */
export function loadConfig(file: string, environment: Environment): Config {
  if (!existsSync(file)) {
    throw new AvowError(
      'INPUT_INVALID',
      `no configuration at \`${file}\`: run \`avow init\`, or name one with \`--config\``,
    )
  }
  return parseConfig(readJson(file), file, environment)
}

export function parseConfig(value: unknown, file: string, environment: Environment): Config {
  const parsed = configShape.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const where = issue.path.length === 0 ? 'it' : `\`${issue.path.join('.')}\``
    throw new AvowError('INPUT_INVALID', `configuration \`${file}\`: ${where}: ${lower(issue.message)}`, {
      path: issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
    })
  }
  const config = parsed.data
  const at = (path: string) => resolve(dirname(file), path)
  const folder = at(config.folder)
  const address = (value: string, setting: string) =>
    value.startsWith('embedded:')
      ? `embedded:${at(value.slice('embedded:'.length))}`
      : secret(value, setting, file, environment)
  const database = environment.DATABASE_URL ?? config.database
  const keyFile = environment.AVOW_KEY_FILE ?? (config.key === undefined ? undefined : at(config.key))
  const { database: _written, ...rest } = config
  return {
    ...rest,
    ...(database === undefined ? {} : { database }),
    policy: at(config.policy),
    folder,
    key: keyFile ?? resolve(folder, 'keys', 'wrapping.key'),
    stores: config.stores.map((store) => ({
      ...store,
      map: at(store.map),
      read: address(store.read, `stores.${store.name}.read`),
      ...(store.erase === undefined ? {} : { erase: address(store.erase, `stores.${store.name}.erase`) }),
    })),
  }
}

function secret(value: string, setting: string, file: string, environment: Environment): string {
  if (!value.startsWith('env:')) return value
  const name = value.slice('env:'.length)
  const found = environment[name]
  if (found === undefined || found === '') {
    throw new AvowError(
      'INPUT_INVALID',
      `configuration \`${file}\`: \`${setting}\` asks for the environment variable \`${name}\`, which is not set`,
    )
  }
  return found
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new AvowError('INPUT_INVALID', `configuration \`${file}\` is not JSON: mend its syntax`, { cause })
  }
}

const lower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1)
