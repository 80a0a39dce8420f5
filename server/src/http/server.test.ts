import assert from 'node:assert/strict'
import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { addressOf, type CallName, contract, packagePath } from '@avow/core/api/contract'
import { problem, problemMediaType } from '@avow/core/api/problem'
import { AvowError, type ErrorCode, errorCodes } from '@avow/core/errors'
import type { PolicyDocument } from '@avow/core/policy/document'
import Fastify from 'fastify'
import type { Application, Commands } from './application.ts'
import { serverLog } from './log.ts'
import { problemOf, statusOf } from './problems.ts'
import { privateServer, publicServer } from './server.ts'
import { listenPrivately, socketPath } from './socket.ts'

const canary = 'canary.7d1f09c4ab@people.example'
const written: string[] = []
const log = serverLog('trace', { write: (line: string) => void written.push(line) })

const policy: PolicyDocument = {
  avow: 1,
  name: 'Test',
  controller: {
    name: 'Test',
    country: 'GB',
    subsidiaries: [],
    contact: { email: 'a@b.example', phone: '1' },
    countries: [],
  },
  contexts: {},
  categories: {},
  fields: {},
  sources: {},
  purposes: {},
  recipients: {},
  promises: {},
  rules: [],
  resolutions: [],
  properties: {},
  rights: {},
}

const fail = async () => {
  throw Object.assign(new Error(`duplicate key (email)=(${canary})`), { code: '23505', detail: canary })
}
/** The HTTP layer alone is under test: the commands behind it answer or fail as each test needs. */
const commands: Commands = {
  decide: async () => ({ kind: 'permit', rule: 'r', obligations: [], policyVersion: 'v' }),
  explain: fail,
  collect: async () => ({ kind: 'refused', rule: 'avoid', field: 'health', reason: 'no requirement on file' }),
  choose: async () => {
    throw new AvowError('SUBJECT_UNKNOWN', 'no subject answers to that identifier: check its kind')
  },
  read: fail,
  correct: fail,
  importRows: fail,
  openRequest: fail,
  request: fail,
  promises: async () => [],
  checkpoint: async () => ({ note: 'n', size: 0, key: 'k' }),
  proveEntry: fail,
  checkLedger: fail,
  map: fail,
  checkMap: fail,
  describeStore: fail,
}
const application: Application = {
  commands,
  package: async () => ({
    mediaType: 'application/json',
    fileName: 'package.json',
    chunks: (async function* () {
      yield new TextEncoder().encode('{"a":')
      yield new TextEncoder().encode('1}')
    })(),
  }),
  published: {
    policy,
    policyVersion: 'ab',
    effectiveDay: '2026-01-01',
    logKey: 'origin+00000000+key',
    demonstration: true,
    board: async () => [],
    checkpoint: async () => 'origin\n0\n',
    ready: async () => ({ ready: false, reason: 'the store is being migrated' }),
  },
  close: async () => {},
}
const hidden = await privateServer(application, { log })
const open = await publicServer(application, { log, callsPerMinute: 50 })
after(async () => {
  await hidden.close()
  await open.close()
})

const calls = Object.keys(contract) as CallName[]
const id = '3f2b1c9e-9d4e-4c37-8a31-0c6d2c0f7a11'

test('no call of the contract and no package answers on the public listener, by any method', async () => {
  let calledFrom = 0
  for (const path of [...calls.map((name) => contract[name].path), packagePath]) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const) {
      const url = addressOf(path, { id, index: 0 })
      const answer = await open.inject({ method, url, remoteAddress: `10.0.0.${calledFrom++ % 250}` })
      assert.equal(answer.statusCode, 404, `${method} ${path}`)
      assert.ok(!answer.body.includes(canary))
    }
  }
})

test('no address of the contract can hold an identifier of a person', () => {
  for (const name of calls) {
    const inPath = [...contract[name].path.matchAll(/:([a-z]+)/g)].map((found) => found[1])
    assert.ok(
      inPath.every((each) => each === 'id' || each === 'index'),
      name,
    )
    if (inPath.includes('id')) assert.equal(contract[name].input.safeParse({ id: canary }).success, false, name)
    if (inPath.includes('index')) assert.equal(contract[name].input.safeParse({ index: canary }).success, false, name)
  }
})

test('every code has a status, and a problem that says the code and the message', () => {
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    const body = problem.parse(problemOf(new AvowError(code, 'what is wrong: mend it'), 'c'))
    assert.equal(body.status, statusOf[code])
    assert.equal(body.code, code)
    assert.equal(body.detail, 'what is wrong: mend it')
  }
})

test('a fault of a driver answers 500 and nothing of what the driver said, in the answer and in the log', async () => {
  written.length = 0
  const answer = await hidden.inject({
    method: 'POST',
    url: '/v1/read',
    payload: { subject: { kind: 'email', value: canary }, purpose: 'support' },
  })
  assert.equal(answer.statusCode, 500)
  assert.ok(String(answer.headers['content-type']).startsWith(problemMediaType))
  assert.equal(problem.parse(answer.json()).code, undefined)
  assert.ok(!answer.body.includes('canary'))
  assert.ok(written.join('').includes('23505'), 'the log names the code of the fault')
  assert.ok(!written.join('').includes('canary'))
})

test('no malformed call makes an answer or a log line that quotes what was sent', async () => {
  written.length = 0
  const json = { 'content-type': 'application/json' }
  const sent = [
    { url: '/v1/collect', headers: json, payload: `{"subject": ${canary}}` },
    { url: '/v1/collect', headers: json, payload: `{"__proto__": {"${canary}": 1}}` },
    { url: '/v1/collect', headers: json, payload: JSON.stringify({ [canary]: 1 }) },
    { url: '/v1/collect', headers: json, payload: JSON.stringify({ subject: canary, fields: { [canary]: { a: 1 } } }) },
    { url: '/v1/collect', headers: json, payload: '' },
    { url: '/v1/collect', headers: { 'content-type': 'text/plain' }, payload: canary },
    { url: `/v1/${canary}?who=${canary}`, headers: json, payload: '{}' },
    { url: `/v1/decide?who=${canary}`, headers: { ...json, 'x-request-id': canary }, payload: '[]' },
    { url: `/%zz${canary}`, headers: json, payload: '{}' },
    { url: '/v1/imports', headers: json, payload: JSON.stringify({ rows: Array(501).fill(canary) }) },
    { url: '/v1/imports', headers: json, payload: `{"rows":["${canary.repeat(300_000)}"]}` },
  ]
  for (const call of sent) {
    const answer = await hidden.inject({ method: 'POST', ...call })
    assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${call.url.slice(0, 20)}: ${answer.statusCode}`)
    const said = problem.parse(answer.json())
    assert.ok(said.code !== undefined)
    assert.ok(!said.detail.includes('\n'))
    assert.ok(!JSON.stringify([answer.body, answer.headers]).includes('canary'), answer.body)
  }
  assert.ok(!written.join('').includes('canary'))
})

test('what the policy refused has a status of its own, an unknown person another', async () => {
  const subject = { kind: 'email', value: canary }
  const collect = { subject, context: 'w', purpose: 'p', source: 's', fields: { health: 'x' } }
  const refused = await hidden.inject({ method: 'POST', url: '/v1/collect', payload: collect })
  assert.equal(refused.statusCode, 403)
  assert.equal(contract.collect.answer.parse(refused.json()).kind, 'refused')
  const choice = { subject, choice: { kind: 'optOut', state: 'yes' } }
  const unknown = await hidden.inject({ method: 'POST', url: '/v1/choices', payload: choice })
  assert.equal(unknown.statusCode, 404)
  assert.equal(problem.parse(unknown.json()).code, 'SUBJECT_UNKNOWN')
})

test('a package is streamed with a name of its own and kept by no cache', async () => {
  const answer = await hidden.inject({ method: 'GET', url: addressOf(packagePath, { id }) })
  assert.equal(answer.body, '{"a":1}')
  assert.equal(answer.headers['content-disposition'], 'attachment; filename="package.json"')
  assert.equal(answer.headers['cache-control'], 'no-store')
})

test('every answer forbids scripts, frames and sniffing, and bears the id of its call', async () => {
  for (const url of ['/health', '/ready', '/promises.json', '/nothing']) {
    const { headers } = await open.inject({ method: 'GET', url, remoteAddress: '10.1.0.1' })
    assert.match(String(headers['content-security-policy']), /default-src 'none'/)
    assert.ok(!String(headers['content-security-policy']).includes('unsafe'))
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.match(String(headers['avow-call']), /^[0-9a-f-]{36}$/)
  }
})

test('an installation that is not ready says so with 503 and stays alive', async () => {
  assert.equal((await open.inject({ url: '/health', remoteAddress: '10.1.0.2' })).statusCode, 200)
  const ready = await open.inject({ url: '/ready', remoteAddress: '10.1.0.2' })
  assert.equal(ready.statusCode, 503)
  assert.match(ready.json().reason, /migrated/)
})

test('a browser is told of a fault by a page, a program by a problem, and a call about data always by a problem', async () => {
  const asBrowser = { accept: 'text/html,application/xhtml+xml' }
  const page = await open.inject({ url: `/${canary}`, headers: asBrowser, remoteAddress: '10.1.0.3' })
  assert.equal(page.statusCode, 404)
  assert.match(String(page.headers['content-type']), /^text\/html/)
  assert.ok(!page.body.includes('canary'))
  const program = await open.inject({ url: '/nothing', remoteAddress: '10.1.0.3' })
  assert.equal(problem.parse(program.json()).code, 'NOT_FOUND')
  const call = await hidden.inject({ method: 'GET', url: `/v1/requests/${canary}`, headers: asBrowser })
  assert.equal(problem.parse(call.json()).code, 'INPUT_INVALID')
})

test('one address that calls too often is told to wait; another is not', async () => {
  const statuses: number[] = []
  for (let n = 0; n < 55; n++) {
    statuses.push((await open.inject({ url: '/health', remoteAddress: '10.9.9.9' })).statusCode)
  }
  assert.deepEqual([...new Set(statuses)], [200, 429])
  const last = await open.inject({ url: '/health', remoteAddress: '10.9.9.9' })
  assert.equal(problem.parse(last.json()).code, 'TOO_MANY')
  assert.ok(Number(last.headers['retry-after']) > 0)
  assert.equal((await open.inject({ url: '/health', remoteAddress: '10.9.9.8' })).statusCode, 200)
})

test('the private socket and its folder are for their owner alone, and a second server is refused', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'avow-socket-')), 'data')
  const first = await privateServer(application, { log })
  const path = await listenPrivately(first, folder)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal(statSync(folder).mode & 0o777, 0o700)
  assert.equal(await statusOver(path, '/health'), 200)
  const second = Fastify()
  await assert.rejects(listenPrivately(second, folder), { code: 'STORE_LOCKED' })
  assert.equal(await statusOver(path, '/health'), 200, 'the first still answers')
  await first.close()
  await second.close()
})

test('a socket file left by a killed server is replaced, any other file there is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-stale-'))
  writeFileSync(socketPath(folder), 'something else')
  const server = await privateServer(application, { log })
  await assert.rejects(listenPrivately(server, folder), { code: 'INPUT_INVALID', message: /not a socket/ })
  await server.close()
})

test('a folder whose path is too long for a socket is refused before anything is made', async () => {
  const folder = join(tmpdir(), 'a'.repeat(120))
  await assert.rejects(listenPrivately(Fastify(), folder), { code: 'INPUT_INVALID', message: /shorter/ })
})

function statusOver(socket: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ socketPath: socket, path }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .once('error', reject)
      .end()
  })
}
