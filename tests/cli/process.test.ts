import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

const bin = new URL('../../server/bin/avow.js', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'avow-process-'))
const port = 20_000 + (process.pid % 20_000)

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command as a shell would. @param watch told what it has said so far, to act on it */
function avow(
  words: readonly string[],
  watch: (out: string, child: ReturnType<typeof spawn>) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk
    watch(out, child)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk
  })
  // Waiting is shown where a machine is slow: no part of what the command has to say.
  const told = () => err.replace(/^.* …\n/gm, '').replace(/^avow: this needs Node 24.*\n/, '')
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err: told() })))
}

before(async () => {
  assert.equal((await avow(['init'])).code, 0)
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('a reader that has seen enough ends the command quietly', async () => {
  const child = spawn('sh', ['-c', `"${process.execPath}" "${bin}" notice --json | head -c 10`], { cwd: folder })
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk
  })
  await new Promise((resolve) => child.on('close', resolve))
  assert.equal(err, '')
})

test('a mistake is one line and its number, without a trace', async () => {
  const { code, err } = await avow(['check', '--policy', 'nothing.json'])
  assert.equal(code, 2)
  assert.match(err, /^avow: no policy at `.*nothing\.json`: check the path\n$/)
})

test('a server answers commands over its private socket, keeps a second one out, and stops when told', async () => {
  let said: (() => void) | undefined
  const listening = new Promise<void>((resolve) => {
    said = resolve
  })
  let server: ReturnType<typeof spawn> | undefined
  const ended = avow(['serve', '--port', String(port), '--quiet'], (out, child) => {
    server = child
    if (out.includes('pages:')) said?.()
  })
  await Promise.race([listening, ended.then(({ err }) => assert.fail(`it ended: ${err}`))])
  try {
    const socket = join(folder, '.avow', 'avow.sock')
    assert.equal(statSync(socket).mode & 0o777, 0o600)
    const page = await fetch(`http://127.0.0.1:${port}/privacy`)
    assert.match(await page.text(), /Example Ltd\./)
    const asked = await avow(['promises', '--json'])
    assert.equal(asked.code, 0, asked.err)
    assert.equal(JSON.parse(asked.out).length, 5)
    const second = await avow(['serve', '--port', '0'])
    assert.equal(second.code, 69)
    assert.match(second.err, /^avow: .*held by process \d+.*\n$/)
  } finally {
    server?.kill('SIGTERM')
    server?.kill('SIGTERM') // as a terminal does, whose Ctrl-C reaches every process of a command
  }
  const { code, err } = await ended
  assert.equal(code, 0)
  assert.match(err, /one machine and gives no power-loss guarantees; set DATABASE_URL/)
  assert.ok(!existsSync(join(folder, '.avow', 'avow.sock')), 'nothing is left that looks like a server')
})

test('after it stopped the same command opens the same folder itself', async () => {
  const { code, out, err } = await avow(['ledger', 'check', '--json'])
  assert.equal(code, 0, err)
  assert.equal(JSON.parse(out).holds, true)
})

test('a port that is taken is said in one line that names the cure, and the folder is let go', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  assert.ok(typeof address === 'object' && address !== null)
  try {
    for (let again = 0; again < 2; again++) {
      const { code, err } = await avow(['serve', '--port', String(address.port), '--quiet'])
      assert.equal(code, 2)
      assert.match(err, /^avow: port \d+ of `127\.0\.0\.1` is taken: .* `--port`\n$/)
    }
  } finally {
    taken.close()
  }
})

test('a key file that is gone is said in one line, with 69, and nothing is made in its place', async () => {
  const keys = join(folder, '.avow', 'keys')
  const before = readdirSync(keys)
  for (const name of before) rmSync(join(keys, name))
  const { code, err } = await avow(['promises'])
  assert.equal(code, 69)
  assert.match(err, /^avow: .*key.*\n$/)
  assert.deepEqual(readdirSync(keys), [])
})
