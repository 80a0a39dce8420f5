/**
 * A throwaway PostgreSQL cluster for tests and benchmarks: real, on loopback, gone at the end.
 * Uses the binaries of the machine (Debian: `apt-get install postgresql`). As root it runs as the user `postgres`,
 * because initdb refuses root. `AVOW_TEST_POSTGRES`, where set, is a cluster somebody else started, and is used instead.
 */
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface Cluster {
  /** URL of the database `postgres`, as superuser. */
  readonly url: string
  stop(): Promise<void>
}

/** Folder of the server's binaries, or undefined where PostgreSQL 15 or later is not installed. */
export function postgresBinaries(): string | undefined {
  const folders = ['/usr/lib/postgresql/*/bin', '/usr/local/pgsql/bin', '/opt/homebrew/opt/postgresql*/bin']
  return folders
    .flatMap((pattern) => globSync(pattern))
    .filter((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
    .sort()
    .at(-1)
}

/** Why a test against PostgreSQL cannot run here, for `test(name, { skip })`; false where it can. CI never skips. */
export function postgresMissing(): string | false {
  if (process.env.AVOW_TEST_POSTGRES !== undefined || postgresBinaries() !== undefined) return false
  return 'PostgreSQL 15 is not installed here: apt-get install postgresql'
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('internal: no port')
  return address.port
}

/** Starts a cluster. @param settings further `name=value` for postgresql.conf; durability is on unless switched off. */
export async function startPostgres(settings: readonly string[] = []): Promise<Cluster> {
  const given = process.env.AVOW_TEST_POSTGRES
  if (given !== undefined && settings.length === 0) return { url: given, stop: async () => {} }
  const bin = postgresBinaries()
  if (bin === undefined) throw new Error(postgresMissing() || 'internal: no PostgreSQL')
  const folder = mkdtempSync(join(tmpdir(), 'avow-pg-'))
  const user = process.getuid?.() === 0 ? idsOf('postgres') : undefined
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], {
    stdio: 'ignore',
    cwd: folder,
    ...user,
  })
  const port = await freePort()
  const options = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'max_connections=100',
  ]
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...[...options, ...settings].flatMap((each) => ['-c', each])],
    {
      stdio: 'ignore',
      cwd: folder,
      ...user,
    },
  )
  const end = () => child.kill('SIGQUIT')
  process.once('exit', end)
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  await answering(url)
  return {
    url,
    async stop() {
      process.removeListener('exit', end)
      const gone = new Promise((resolve) => child.once('exit', resolve))
      // Smart shutdown: a connection that is just being closed ends by itself, and is not cut off under a test's hands.
      child.kill('SIGTERM')
      const impatient = setTimeout(() => child.kill('SIGINT'), 5_000)
      await gone
      clearTimeout(impatient)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let databases = 0

/** A new empty database in the cluster. @returns its URL, as superuser */
export async function createDatabase(cluster: Cluster): Promise<string> {
  const name = `t_${process.pid}_${databases++}_${Date.now().toString(36)}`
  await withClient(cluster.url, (client) => client.query(`create database ${name}`))
  const url = new URL(cluster.url)
  url.pathname = `/${name}`
  return url.href
}

export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

function idsOf(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }).trim())
  return { uid: id('-u'), gid: id('-g') }
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await withClient(url, async (client) => void (await client.query('select 1')))
    } catch (error) {
      if (tries >= 200) throw new Error('PostgreSQL did not start within 20 s', { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
