/**
 * `npm test`: types, style, import directions, then every test, against a real PostgreSQL where one is installed.
 * Flags after `--`: file patterns, to run only those tests.
 * Ends with one plain line, `N passed, N failed, N skipped`; under CI a skipped test is a failure.
 */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { postgresMissing, startPostgres } from '../tests/postgres.ts'

const root = new URL('..', import.meta.url).pathname
process.chdir(root)

async function passes(command: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(command, args, { stdio: 'inherit' })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)))
}

const patterns = process.argv.slice(2)
const files = globSync(
  patterns.length > 0 ? patterns : ['{core,server,policies,examples,scripts,tests,bench}/**/*.test.ts'],
  { exclude: (name) => name.includes('node_modules') },
)

const checked = patterns.length > 0 || (await passes(process.execPath, ['scripts/check.ts']))

const missing = postgresMissing()
if (missing) console.log(`not tested here: ${missing}`)
const cluster = missing ? undefined : await startPostgres(['fsync=off', 'max_connections=200'])
if (cluster) process.env.AVOW_TEST_POSTGRES = cluster.url

const count = { passed: 0, failed: checked ? 0 : 1, skipped: 0 }
const stream = run({ files, concurrency: 2, timeout: 1_200_000 })
stream.on('test:pass', ({ skip, details }) => {
  if (details.type === 'suite') return
  if (skip !== undefined && skip !== false) count.skipped++
  else count.passed++
})
stream.on('test:fail', () => count.failed++)
stream.compose(spec).pipe(process.stdout)
await new Promise((resolve) => stream.on('end', resolve))
await cluster?.stop()

if (process.env.CI !== undefined && count.skipped > 0) {
  console.log(`${count.skipped} skipped: under CI nothing may be skipped`)
  count.failed += count.skipped
}
process.exitCode = count.failed === 0 ? 0 : 1
setTimeout(() => console.log(`${count.passed} passed, ${count.failed} failed`), 200)
