import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runCommand } from '../../server/src/cli/program.ts'
import { openApplication } from '../../server/src/main.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'avow-demo-')))
after(() => rmSync(folder, { recursive: true, force: true }))

async function avow(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const terminal = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
    isWatched: false,
    ask: async () => '',
    input: async () => '',
    environment: {},
    folder,
  }
  const code = await runCommand(words, terminal, openApplication, Promise.resolve())
  return { code, out, err: err.replace(/^.* …\n/gm, '') }
}

const madeFile = () => readFileSync(join(folder, '.avow', 'demo', 'made.json'), 'utf8')

test('a newcomer makes the demonstration, sees the board, previews and erases a person, and verifies the receipt', async () => {
  const made = await avow('demo', '--people', '40', '--seed', '7')
  assert.equal(made.code, 0, made.err)
  assert.match(made.out, /^made: 40 people in [\d,]+ rows of \d+ tables, seed 7/)
  const who = /email:\S+/.exec(made.out)?.[0] ?? assert.fail('it names somebody to try')

  const board = await avow('promises', '--json')
  assert.match(board.err, /the demonstration in \.avow\/demo/)
  const entries: { id: string; status: string; demonstration: boolean }[] = JSON.parse(board.out)
  assert.equal(board.code, entries.some(({ status }) => status === 'failing') ? 1 : 0)
  assert.ok(entries.some(({ status, demonstration }) => status === 'evidenced' && demonstration))

  const preview = await avow('erase', '--dry-run', '--json', who)
  assert.equal(preview.code, 0, preview.err)
  const touched = JSON.parse(preview.out).stores.flatMap(({ steps }: { steps: { rows: number }[] }) => steps)
  assert.ok(touched.filter(({ rows }: { rows: number }) => rows > 0).length >= 5)

  const erased = await avow('erase', '--yes', who, '--receipt', 'receipt.json')
  assert.equal(erased.code, 0, erased.err)
  const verified = await avow('verify', 'receipt.json')
  assert.equal(verified.code, 0, verified.err)
  assert.match(verified.out, /0 found\nverified: entry \d+ of the log `avow\.localhost\/demo`\n$/)
  assert.equal((await avow('erase', '--dry-run', who)).code, 1, 'nobody answers to it any more')

  const receipt = readFileSync(join(folder, 'receipt.json'), 'utf8')
  assert.ok(!receipt.includes(who.slice('email:'.length)), 'the receipt can be shown around')
})

test('a receipt that was changed in one figure does not verify', async () => {
  const receipt = readFileSync(join(folder, 'receipt.json'), 'utf8')
  const key = (await avow('ledger', 'checkpoint', '--json')).out
  const changed = join(folder, 'changed.json')
  writeFileSync(
    changed,
    receipt.replace(/"rows": (\d+)/, (_, rows: string) => `"rows": ${Number(rows) + 1}`),
  )
  const { code, err } = await avow('verify', changed, '--key', JSON.parse(key).key)
  assert.equal(code, 1)
  assert.match(err, /^avow: the receipt does not verify: .*\n$/)
})

test('the same people and seed are used again as they are; another seed, or a run cut short, is made anew', async () => {
  const before = madeFile()
  const again = await avow('demo', '--people', '40', '--seed', '7')
  assert.match(again.out, /^made before: 40 people/)
  assert.equal(madeFile(), before)
  rmSync(join(folder, '.avow', 'demo', 'made.json')) // what a run that was cut short leaves
  const anew = await avow('demo', '--people', '30', '--seed', '8')
  assert.equal(anew.code, 0, anew.err)
  assert.match(anew.out, /^made: 30 people/)
  const { people } = JSON.parse(madeFile())
  assert.equal(people, 30)
  // The vault is of the new people alone: its log begins anew, without the erasure of before.
  assert.equal(JSON.parse((await avow('ledger', 'check', '--json')).out).erased, 0)
})
