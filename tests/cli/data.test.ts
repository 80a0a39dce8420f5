import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { AvowError } from '@avow/core/errors'
import { runCommand } from '../../server/src/cli/program.ts'
import type { Terminal } from '../../server/src/cli/terminal.ts'
import type { Config } from '../../server/src/config.ts'
import type { Application, OpenApplication } from '../../server/src/http/application.ts'
import { openApplication } from '../../server/src/main.ts'
import { startEmbedded } from '../../server/src/store/embedded.ts'
import { withClient } from '../postgres.ts'
import { runTranscript } from './transcript.ts'

test('people taken in, answered and erased from the command line, on a real store, as data/people.txt has it', async () => {
  const file = new URL('./data/people.txt', import.meta.url)
  const text = readFileSync(file, 'utf8')
  // Opened once for the whole transcript: opening is what each of these commands would take longest for.
  let opened: Application | undefined
  const said = await runTranscript(
    text,
    async (config, options) => {
      opened ??= await openApplication(config, options)
      return { ...opened, close: async () => {} }
    },
    { end: async () => opened?.close() },
  )
  if (process.env.AVOW_TRANSCRIBE !== undefined) writeFileSync(file, said)
  else assert.equal(said, text)
})

test('a shop that never heard of Avow is mapped, checked and planned, as data/map.txt has it', async () => {
  const file = new URL('./data/map.txt', import.meta.url)
  const text = readFileSync(file, 'utf8')
  const said = await runTranscript(text, openApplication, {
    async prepare(folder) {
      const shop = await startEmbedded({ folder: join(folder, 'shop') })
      await withClient(shop.url, (client) =>
        client.query(`
          create table customers (id int primary key, email text not null unique, full_name text);
          create table orders (id int primary key, customer_id int not null references customers, note text);
          create index on orders (customer_id);
          create table rates (currency text primary key, rate numeric)`),
      )
      await shop.close()
    },
  })
  if (process.env.AVOW_TRANSCRIBE !== undefined) writeFileSync(file, said)
  else assert.equal(said, text)
})

test('an import that is cut off goes on where it stopped: every row is kept once, every bad one told once', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'avow-import-')))
  const rows = Array.from({ length: 450 }, (_, at) =>
    at % 100 === 7 ? `p${at}@people.example` : `p${at}@people.example,Q${at}`,
  )
  writeFileSync(join(folder, 'people.csv'), `e,question\n${rows.join('\n')}\n`)
  const words = 'import people.csv --subject email:e --context website --purpose answer --source person --json'.split(
    ' ',
  )
  let opened: Application | undefined
  let calls = 0
  let cutAt = 0
  let answersLost = false
  const open: OpenApplication<Config> = async (config, options) => {
    opened ??= await openApplication(config, options)
    const { commands } = opened
    const importRows: typeof commands.importRows = async (input) => {
      const cut = ++calls === cutAt
      if (cut && !answersLost) throw new AvowError('STORE_UNAVAILABLE', 'the store went away: try again')
      const answer = await commands.importRows(input)
      if (cut) throw new AvowError('STORE_UNAVAILABLE', 'the answer was lost: try again')
      return answer
    }
    return { ...opened, commands: { ...commands, importRows }, close: async () => {} }
  }
  const ran = async (given: readonly string[]) => {
    let out = ''
    const terminal: Terminal = {
      ...silent,
      folder,
      out: (text) => {
        out += text
      },
    }
    return { code: await runCommand(given, terminal, open, Promise.resolve()), out }
  }
  try {
    assert.equal((await ran(['init'])).code, 0)
    cutAt = 2 // failed, and not done
    assert.equal((await ran(words)).code, 69)
    calls = 0
    answersLost = true // failed, but done
    assert.equal((await ran(words)).code, 69)
    cutAt = 0
    const { code, out } = await ran(words)
    assert.equal(code, 1)
    const told = JSON.parse(out)
    assert.equal(told.rows, 450)
    assert.equal(told.refused, 5)
    assert.equal(told.kept + told.repeated, 445)
    assert.equal(told.repeated, 49, 'the batch whose answer was lost, and no other')
    const side = readFileSync(join(folder, 'people.csv.refused.csv'), 'utf8').trimEnd().split('\n')
    assert.equal(new Set(side).size, 6)
    assert.equal(side.length, 6)
    const preview = await opened!.commands.openRequest({
      ...{ kind: 'access', dryRun: true, subject: { kind: 'email', value: 'p300@people.example' } },
    })
    assert.equal(preview.stores.flatMap(({ steps }) => steps).find(({ step }) => step === 'give values')?.rows, 1)
  } finally {
    await opened?.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

const silent: Terminal = {
  out: () => {},
  err: () => {},
  isWatched: false,
  ask: async () => '',
  input: async () => '',
  environment: {},
  folder: '.',
}
