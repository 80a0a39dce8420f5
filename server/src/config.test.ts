import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { AvowError } from '@avow/core/errors'
import { loadConfig, parseConfig } from './config.ts'

const minimal = { policy: './policy.json' }
const store = { name: 'shop', kind: 'postgres', map: './map.json', read: 'env:SHOP_READ' }

test('a minimal configuration gets the embedded store, loopback and a key beside the store', () => {
  const config = parseConfig(minimal, '/srv/avow/avow.json', {})
  assert.equal(config.policy, '/srv/avow/policy.json')
  assert.equal(config.folder, '/srv/avow/.avow')
  assert.equal(config.key, '/srv/avow/.avow/keys/wrapping.key')
  assert.equal(config.database, undefined)
  assert.deepEqual(config.listen, { host: '127.0.0.1', port: 8080 })
})

test('the environment wins over the file, and supplies what the file only names', () => {
  const config = parseConfig({ ...minimal, database: 'postgres://file/db', stores: [store] }, '/srv/avow.json', {
    DATABASE_URL: 'postgres://env/db',
    AVOW_KEY_FILE: '/run/secrets/key',
    SHOP_READ: 'postgres://reader@host/shop',
  })
  assert.equal(config.database, 'postgres://env/db')
  assert.equal(config.key, '/run/secrets/key')
  assert.equal(config.stores[0]?.read, 'postgres://reader@host/shop')
})

const faults: readonly [string, unknown, RegExp][] = [
  ['a setting nobody knows', { ...minimal, polcy: 1 }, /polcy/],
  ['a missing policy', {}, /`policy`/],
  ['a port that is none', { ...minimal, listen: { port: 99999 } }, /`listen\.port`/],
  ['a store of a kind that is not built', { ...minimal, stores: [{ ...store, kind: 'oracle' }] }, /`stores\.0\.kind`/],
  ['an environment variable that is not set', { ...minimal, stores: [store] }, /`SHOP_READ`, which is not set/],
]
for (const [what, value, message] of faults) {
  test(`${what} is one line that names the file and the setting`, () => {
    assert.throws(
      () => parseConfig(value, '/srv/avow.json', {}),
      (error) => {
        assert.ok(error instanceof AvowError && error.code === 'INPUT_INVALID')
        assert.match(error.message, message)
        assert.match(error.message, /\/srv\/avow\.json/)
        assert.ok(!error.message.includes('\n'))
        return true
      },
    )
  })
}

test('a missing file and a file that is not JSON each say so and what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-config-'))
  assert.throws(() => loadConfig(join(folder, 'avow.json'), {}), { code: 'INPUT_INVALID', message: /run `avow init`/ })
  writeFileSync(join(folder, 'avow.json'), '{ "policy": ')
  assert.throws(() => loadConfig(join(folder, 'avow.json'), {}), { code: 'INPUT_INVALID', message: /is not JSON/ })
})
