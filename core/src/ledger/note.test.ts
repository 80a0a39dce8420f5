import assert from 'node:assert/strict'
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import {
  formatNoteKey,
  maximumNoteLength,
  type NoteSigner,
  noteKey,
  openNote,
  parseNoteKey,
  signNote,
  type Verify,
} from './note.ts'

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
/** Ed25519 keys as DER (RFC 8410), from their 32 bytes. */
const secretKey = (seed: Uint8Array) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })
const verifyEd25519: Verify = (publicKey, message, signature) => {
  const key = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
  return verify(null, message, createPublicKey({ key, format: 'der', type: 'spki' }), signature)
}
function signerOf(name: string, seed: Uint8Array): NoteSigner {
  const secret = secretKey(seed)
  const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { key: noteKey(name, publicKey, hash), sign: (message) => sign(null, message, secret) }
}
const invalid = { code: 'LEDGER_NOTE_INVALID' }
const refused = { code: 'INPUT_INVALID' }

interface Case {
  readonly what: string
  readonly note: string
  readonly keys: readonly string[]
  readonly text: string
}
const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/ledger-note.json', import.meta.url), 'utf8'))
const keysOf = (each: Case) => each.keys.map((key) => parseNoteKey(key, hash))

test('a key from the Go implementation reads, and writes as it was', () => {
  for (const each of vectors.keys) assert.equal(formatNoteKey(parseNoteKey(each, hash)), each)
})

test('no part of a key and no key with one character changed is a key', () => {
  const [key]: string[] = vectors.keys
  for (let from = 0; from < key!.length; from++) {
    for (let to = from; to <= key!.length; to++) {
      if (to - from < key!.length) assert.throws(() => parseNoteKey(key!.slice(from, to), hash), invalid)
    }
    const next = String.fromCharCode(key!.charCodeAt(from) + 1)
    assert.throws(() => parseNoteKey(key!.slice(0, from) + next + key!.slice(from + 1), hash), invalid)
  }
  for (const each of vectors.refuseKeys) assert.throws(() => parseNoteKey(each, hash), invalid)
})

test('a signature is byte for byte that of the Go implementation', () => {
  const { name, seedHex, text, note } = vectors.sign
  assert.equal(signNote(text, [signerOf(name, Buffer.from(seedHex, 'hex'))]), note)
})

for (const each of vectors.open as readonly Case[]) {
  test(`a note opens: ${each.what}`, () => {
    const opened = openNote(each.note, keysOf(each), verifyEd25519)
    assert.equal(opened.text, each.text)
    assert.deepEqual(opened.signedBy.map(formatNoteKey), each.keys)
  })
}

for (const each of vectors.refuse as readonly Case[]) {
  test(`a note is refused: ${each.what}`, () => {
    assert.throws(() => openNote(each.note, keysOf(each), verifyEd25519), invalid)
  })
}

const alice = signerOf('example.org/log', Buffer.alloc(32, 1))
const bob = signerOf('example.org/witness', Buffer.alloc(32, 2))
const text = 'one\n\nthree\n'
const note = signNote(text, [alice, bob])

test('a note that is signed opens again, with an empty line in its text', () => {
  assert.deepEqual(openNote(note, [bob.key, alice.key], verifyEd25519), { text, signedBy: [alice.key, bob.key] })
})

test('a note with one character changed, left out or put in is refused, or still says the same', () => {
  const changes = fc.record({
    at: fc.nat(note.length - 1),
    put: fc.constantFrom('', 'A', '\n', ' ', '=', '+', '\r', '—'),
  })
  fc.assert(
    fc.property(changes, fc.boolean(), ({ at, put }, insert) => {
      const changed = note.slice(0, at) + put + note.slice(insert ? at : at + 1)
      if (changed === note) return
      try {
        // What a change of the other key's line may leave is the text itself, signed by this one.
        assert.equal(openNote(changed, [alice.key], verifyEd25519).text, text)
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error
        assert.equal((error as { code?: string }).code, 'LEDGER_NOTE_INVALID') // thrown by openNote alone
      }
    }),
    { numRuns: 2000 },
  )
})

test('garbage is never a note, and is refused as one', () => {
  const garbage = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((each) => `${each}\n\n— ${each} ${btoa('x'.repeat(68))}\n`),
  )
  fc.assert(fc.property(garbage, (each) => assert.throws(() => openNote(each, [alice.key], verifyEd25519), invalid)))
})

test('a key with the name or the id of a known one, but not both, is ignored', () => {
  const other = signerOf('example.org/log', Buffer.alloc(32, 3))
  assert.throws(() => openNote(signNote(text, [other]), [alice.key], verifyEd25519), invalid)
  assert.equal(openNote(signNote(text, [other, alice]), [alice.key], verifyEd25519).text, text)
})

test('a key that collides in name and id with a known one cannot sign for it', () => {
  const mallory = signerOf('example.org/log', Buffer.alloc(32, 4))
  const collided = signNote(text, [{ key: alice.key, sign: mallory.sign }])
  assert.throws(() => openNote(collided, [alice.key], verifyEd25519), /is false/)
})

test('a note whose last line is not ended is refused, though the lines before it would do', () => {
  assert.throws(() => openNote(note.slice(0, -1), [alice.key], verifyEd25519), invalid)
})

test('a signature of a known key that has not 64 bytes is refused without asking the verifier', () => {
  const signatureBytes = decodeBase64(
    note
      .slice(text.length + 1)
      .split(' ')[2]!
      .split('\n')[0]!,
  )!
  const short = `${text}\n— ${alice.key.name} ${encodeBase64(signatureBytes.subarray(0, 67))}\n`
  assert.throws(() => openNote(short, [alice.key], () => assert.fail('it was asked')), invalid)
})

test('a text that no note can hold is not signed', () => {
  for (const each of [
    '',
    'no newline',
    'tab\there\n',
    'return\r\n',
    'half \ud800\n',
    `${'x'.repeat(maximumNoteLength)}\n`,
  ]) {
    assert.throws(() => signNote(each, [alice]), refused)
  }
  assert.throws(() => signNote(text, []), refused)
  assert.throws(() => signNote(text, [alice, alice]), refused)
  for (const each of ['', 'a b', 'a+b', 'a\u00a0b', 'a\nb']) {
    assert.throws(() => noteKey(each, alice.key.publicKey, hash), refused)
  }
})

test('a note longer than a note may be is refused unread', () => {
  const long = `${'x\n'.repeat(maximumNoteLength / 2)}\n${note}`
  assert.throws(() => openNote(long, [alice.key], () => assert.fail('it was read')), invalid)
})

test('base64 has one text for each run of bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      assert.equal(encodeBase64(bytes), Buffer.from(bytes).toString('base64'))
      assert.deepEqual(decodeBase64(encodeBase64(bytes)), bytes)
    }),
  )
  for (const each of ['QQ', 'QQ=', 'QR==', 'QQ==\n', ' QQ==', 'Q Q=', '====', 'A===', 'QQ==QQ==', 'Q-__', 'é===']) {
    assert.equal(decodeBase64(each), undefined)
  }
  const large = new Uint8Array(100_000).map((_, at) => at)
  assert.deepEqual(decodeBase64(encodeBase64(large)), large)
})

test('the checkpoint that C2SP prints reads, and writes as it was', () => {
  const { text: printed, origin, size, rootHex } = vectors.checkpoint
  const checkpoint = { origin, size, root: new Uint8Array(Buffer.from(rootHex, 'hex')), extensions: [] }
  assert.deepEqual(parseCheckpoint(printed), checkpoint)
  assert.equal(formatCheckpoint(checkpoint), printed)
})

const root = hash(new Uint8Array(0))
const log = { origin: 'example.org/log', keys: [alice.key] }

test('every checkpoint reads back as it was signed', () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !/[\p{Cc}\n]/u.test(each))
  const shape = {
    origin: fc.constant('example.org/log'),
    size: fc.maxSafeNat(),
    root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    extensions: fc.array(line, { maxLength: 3 }),
  }
  const any = fc.record(shape, { noNullPrototype: true })
  fc.assert(
    fc.property(any, (checkpoint) => {
      assert.deepEqual(openCheckpoint(signCheckpoint(checkpoint, [alice]), log, verifyEd25519), checkpoint)
    }),
  )
})

test('the checkpoint of another log is refused, though the same key signed it', () => {
  const other = signCheckpoint({ origin: 'example.org/other', size: 0, root, extensions: [] }, [alice])
  assert.throws(() => openCheckpoint(other, log, verifyEd25519), invalid)
})

test('a checkpoint with a size, a root or a line that has another form is refused', () => {
  const good = encodeBase64(root)
  const bad = [
    '',
    'o\n',
    `o\n0\n`,
    `o\n0\n${good}`,
    `\n0\n${good}\n`,
    `o\n00\n${good}\n`,
    `o\n-1\n${good}\n`,
    `o\n+1\n${good}\n`,
    `o\n1e3\n${good}\n`,
    `o\n0x1\n${good}\n`,
    `o\n9007199254740992\n${good}\n`,
    `o\n99999999999999999999\n${good}\n`,
    `o\n1 \n${good}\n`,
    `o\n1\n${good.slice(4)}\n`,
    `o\n1\n${good.replace('=', '')}\n`,
    `o\n1\n${good}\n\n`,
    `o\n1\n${good}\n\nx\n`,
  ]
  for (const each of bad) assert.throws(() => parseCheckpoint(each), invalid)
  parseCheckpoint(`o\n9007199254740991\n${good}\nx\n`)
  for (const size of [-1, 0.5, 2 ** 53]) {
    assert.throws(() => formatCheckpoint({ origin: 'o', size, root, extensions: [] }), refused)
  }
  for (const origin of ['', 'a\nb'])
    assert.throws(() => formatCheckpoint({ origin, size: 0, root, extensions: [] }), refused)
})
