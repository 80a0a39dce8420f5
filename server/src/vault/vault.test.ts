import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openNote, signNote } from '@avow/core/ledger/note'
import fc from 'fast-check'
import { verifyEd25519 } from './digest.ts'
import { hashForSuppression, hashIdentifier, normalise } from './identifier.ts'
import { createKeyFiles, environmentKeys, fileKeys } from './keySource.ts'
import { open, openJson, seal, sealJson } from './seal.ts'
import { createSubjectKey, logSigner, openVault, unwrapKey, wrapKey } from './vault.ts'

const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const vaultOf = (wrapping: number, log = 9) =>
  openVault(environmentKeys({ AVOW_WRAPPING_KEY: base64(wrapping), AVOW_LOG_KEY: base64(log) }))

const place = { subjectId: 's', record: 'r', field: 'f' }
const places = fc.record({ subjectId: fc.string(), record: fc.string(), field: fc.string() })

test('what is sealed opens at its own place with its own key, and nowhere else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), places, places, (plain, here, there) => {
      const key = createSubjectKey()
      const sealed = seal(key, here, plain)
      assert.deepEqual(Buffer.from(open(key, here, sealed)), Buffer.from(plain))
      assert.throws(() => open(createSubjectKey(), here, sealed), { code: 'SEAL_INVALID' })
      const isElsewhere = JSON.stringify(Object.values(here)) !== JSON.stringify(Object.values(there))
      if (isElsewhere) assert.throws(() => open(key, there, sealed), { code: 'SEAL_INVALID' })
    }),
  )
})

test('no byte of a sealed value can be changed, dropped or added', () => {
  const key = createSubjectKey()
  const sealed = seal(key, place, Buffer.from('a lane'))
  for (let at = 0; at < sealed.length; at++) {
    const altered = Uint8Array.from(sealed, (byte, i) => (i === at ? byte ^ 1 : byte))
    assert.throws(() => open(key, place, altered), { code: 'SEAL_INVALID' })
    assert.throws(() => open(key, place, sealed.subarray(0, at)), { code: 'SEAL_INVALID' })
  }
  assert.throws(() => open(key, place, Buffer.concat([sealed, Buffer.of(0)])), { code: 'SEAL_INVALID' })
})

test('one value sealed twice shows no likeness', () => {
  const key = createSubjectKey()
  const seals = Array.from({ length: 200 }, () => Buffer.from(seal(key, place, Buffer.from('yes'))).toString('hex'))
  assert.equal(new Set(seals.map((each) => each.slice(0, 26))).size, 200)
})

test('values of every kind come back as they were', () => {
  const key = createSubjectKey()
  for (const value of ['', 'ü\u0000😀', 0, -1.5, true, false]) {
    assert.deepEqual(openJson(key, place, sealJson(key, place, value)), value)
  }
})

test('a wrapped key opens for its own subject and sensitivity, under its own wrapping key', async () => {
  const [vault, other] = [await vaultOf(1), await vaultOf(2)]
  const key = createSubjectKey()
  const wrapped = wrapKey(vault, 'a', 'ordinary', key)
  assert.deepEqual(Buffer.from(unwrapKey(vault, 'a', 'ordinary', wrapped)), Buffer.from(key))
  assert.throws(() => unwrapKey(vault, 'a', 'sensitive', wrapped), { code: 'SEAL_INVALID' })
  assert.throws(() => unwrapKey(vault, 'b', 'ordinary', wrapped), { code: 'SEAL_INVALID' })
  assert.throws(() => unwrapKey(other, 'a', 'ordinary', wrapped), { code: 'SEAL_INVALID' })
})

test('an identifier has one hash however it is written, another under another key, and another for refusals', async () => {
  const [vault, other] = [await vaultOf(1), await vaultOf(2)]
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const same = [
    ['email', ['Ada@Example.org', ' ada@example.org\n', 'ADA@EXAMPLE.ORG']],
    ['email', ['jose\u0301@example.org', 'jos\u00e9@example.org']],
    ['phone', ['+44 (20) 7946-0000', '+442079460000', '0044 20 7946 0000', '+44.20.7946.0000']],
    ['account', ['A-17', ' A-17 ']],
  ] as const
  for (const [kind, values] of same) {
    const hashes = values.map((value) => hex(hashIdentifier(vault, { kind, value })))
    assert.equal(new Set(hashes).size, 1, kind)
    const [value] = values
    assert.notEqual(hex(hashIdentifier(other, { kind, value })), hashes[0])
    assert.notEqual(hex(hashForSuppression(vault, { kind, value })), hashes[0])
    assert.notEqual(hex(hashIdentifier(vault, { kind: 'other', value })), hashes[0])
  }
  const apart = ['a.da@example.org', 'ada+x@example.org', 'ada@example.com']
  assert.equal(new Set(apart.map((value) => hex(hashIdentifier(vault, { kind: 'email', value })))).size, 3)
})

test('a malformed identifier is refused without being quoted', () => {
  for (const [kind, value] of [
    ['email', 'ada'],
    ['email', 'a b@c'],
    ['phone', '020 7946 0000'],
    ['phone', '+44 ada'],
    ['account', '  '],
    ['constructor', ''],
  ] as const) {
    assert.throws(
      () => normalise({ kind, value }),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'INPUT_INVALID')
        return value.trim() === '' || !error.message.includes(value)
      },
    )
  }
})

test('normal forms are stable', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('email', 'phone', 'account'),
      fc.oneof(fc.emailAddress(), fc.string()),
      (kind, value) => {
        let normal: string
        try {
          normal = normalise({ kind, value })
        } catch {
          return
        }
        assert.equal(normalise({ kind, value: normal }), normal)
      },
    ),
  )
})

test('key files are made once, for their owner alone, and a missing or damaged one is one clear line', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'avow-key-')), 'keys', 'wrapping.key')
  const says = (message: RegExp) => ({ code: 'KEY_MISSING', message })
  await assert.rejects(openVault(fileKeys(path)), says(/cannot read the key file/))
  createKeyFiles(path)
  const first = readFileSync(path, 'utf8')
  createKeyFiles(path)
  assert.equal(readFileSync(path, 'utf8'), first)
  assert.ok(existsSync(`${path}.log`))
  assert.equal(statSync(path).mode & 0o077, 0)
  await openVault(fileKeys(path))
  for (const damaged of [
    '',
    'short',
    randomBytes(31).toString('base64'),
    `${first.slice(0, 20)}!${first.slice(21)}`,
    `${first}${first}`,
  ]) {
    writeFileSync(path, damaged)
    await assert.rejects(openVault(fileKeys(path)), says(/does not hold 32 bytes/))
  }
  await assert.rejects(openVault(environmentKeys({})), says(/AVOW_WRAPPING_KEY/))
  await assert.rejects(openVault(environmentKeys({ AVOW_WRAPPING_KEY: base64(1) })), says(/AVOW_LOG_KEY/))
})

// RFC 8032 §7.1, TEST 1.
test('the log signs as RFC 8032 says, and another key does not verify', async () => {
  const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
  const keys = { AVOW_WRAPPING_KEY: base64(1), AVOW_LOG_KEY: Buffer.from(seed, 'hex').toString('base64') }
  const signer = logSigner(await openVault(environmentKeys(keys)), 'log.test')
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  assert.equal(hex(signer.key.publicKey), 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
  assert.equal(
    hex(signer.sign(new Uint8Array(0))),
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  )
  const note = signNote('a line\n', [signer])
  assert.equal(openNote(note, [signer.key], verifyEd25519).text, 'a line\n')
  const other = logSigner(await vaultOf(1), 'log.test')
  assert.throws(() => openNote(note, [other.key], verifyEd25519), { code: 'LEDGER_NOTE_INVALID' })
  assert.equal(verifyEd25519(new Uint8Array(3), new Uint8Array(0), new Uint8Array(64)), false)
})
