import assert from 'node:assert/strict'
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { signCheckpoint } from './checkpoint.ts'
import { commit, formatPublicPart, leafHashOf, type PublicPart } from './entry.ts'
import { noteKey, parseNoteKey, type Verify } from './note.ts'
import { inclusionNodes, proveInclusion } from './proof.ts'
import { formatReceipt, makeReceipt, parseReceipt, type Receipt, statementBytes, verifyReceipt } from './receipt.ts'
import type { Statement } from './statement.ts'
import { emptyFrontier, growTree, rootOf } from './tree.ts'

const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const spki = (publicKey: Uint8Array) => Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
const verifyEd25519: Verify = (publicKey, message, signature) =>
  verify(null, message, createPublicKey({ key: spki(publicKey), format: 'der', type: 'spki' }), signature)
const secret = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
  format: 'der',
  type: 'pkcs8',
})
const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32)
const origin = 'example.org/log'
const signer = { key: noteKey(origin, publicKey, hash), sign: (message: Uint8Array) => sign(null, message, secret) }
const log = { origin, keys: [signer.key] }

const erasure: Statement = {
  kind: 'erasure',
  requestId: 'r-1',
  stores: [
    {
      store: 'platform',
      level: 'deleted',
      backupsGoneBy: '2026-12-28',
      tables: [{ table: 'orders', action: 'deleted', rows: 4 }],
    },
    { store: 'vault', level: 'keyGone', backupsGoneBy: '2026-12-28', tables: [] },
  ],
  kept: [{ store: 'platform', table: 'invoices', rows: 2, because: 'tax law asks for ten years', until: '2036-12-31' }],
  search: { stores: ['platform', 'vault'], values: 31, found: 0 },
}
const access: Statement = {
  kind: 'access',
  requestId: 'r-2',
  stores: [{ store: 'platform', tables: [{ table: 'orders', rows: 4 }] }],
  packageHex: 'ab'.repeat(32),
}
const choice: Statement = { kind: 'choice', choice: 'optOut', state: 'yes' }
const kinds = { erasure: 'erase', access: 'access', choice: 'choose' } as const

/** A receipt of entry `index` in a log of `size` entries, all alike but for their salts. */
function receiptOf(statement: Statement, index = 5, size = 11): Receipt {
  const salt = (i: number) => hash(Uint8Array.of(i))
  const entry: PublicPart = { kind: kinds[statement.kind], day: '2026-11-23', policyVersion: 'v1' }
  const leaves = Array.from({ length: size }, (_, i) =>
    leafHashOf(formatPublicPart(entry), commit(salt(i), statementBytes(statement), hash), hash),
  )
  const { frontier, nodes } = growTree(emptyFrontier, leaves, hash)
  const proof = proveInclusion(
    index,
    size,
    inclusionNodes(index, size).map((each) => nodes[each]!),
    hash,
  )
  const checkpoint = signCheckpoint({ origin, size, root: rootOf(frontier, hash), extensions: [] }, [signer])
  return makeReceipt(index, entry, { salt: salt(index), statement }, proof, checkpoint)
}
const check = (receipt: Receipt) => verifyReceipt(receipt, log, hash, verifyEd25519)
const fails = (receipt: Receipt, step: string) =>
  assert.throws(() => check(receipt), { code: 'LEDGER_RECEIPT_INVALID', path: [step] })

test('a receipt of each kind survives its file and verifies', () => {
  for (const statement of [erasure, access, choice]) {
    for (const [index, size] of [
      [0, 1],
      [5, 11],
      [10, 11],
    ] as const) {
      const receipt = parseReceipt(formatReceipt(receiptOf(statement, index, size)))
      assert.deepEqual(receipt, receiptOf(statement, index, size))
      assert.equal(check(receipt).size, size)
    }
  }
})

test('a receipt made by a separate program verifies', () => {
  const { key, receipt } = JSON.parse(
    readFileSync(new URL('../../../spec/vectors/ledger-receipt.json', import.meta.url), 'utf8'),
  )
  const noted = parseNoteKey(key, hash)
  const trusted = { origin: noted.name, keys: [noted] }
  assert.equal(verifyReceipt(parseReceipt(receipt), trusted, hash, verifyEd25519).size, 7)
})

test('a receipt that tells nothing verifies by the commitment alone', () => {
  const receipt = receiptOf(erasure)
  assert.ok('statement' in receipt.subject)
  const salt = new Uint8Array(Buffer.from(receipt.subject.salt, 'base64'))
  const commitment = Buffer.from(commit(salt, statementBytes(erasure), hash)).toString('base64')
  const withheld = { ...receipt, subject: { commitment } }
  check(parseReceipt(formatReceipt(withheld)))
  fails({ ...withheld, subject: { commitment: Buffer.alloc(32).toString('base64') } }, 'proof')
})

test('whichever word or number of the statement is changed, the receipt fails', () => {
  const receipt = receiptOf(erasure)
  const text = formatReceipt(receipt)
  for (const [from, to] of [
    ['"rows": 4', '"rows": 5'],
    ['"found": 0', '"found": 1'],
    ['"values": 31', '"values": 32'],
    ['"level": "deleted"', '"level": "keyBackupsGone"'],
    ['2026-12-28', '2026-12-01'],
    ['ten years', 'two years'],
    ['"r-1"', '"r-2"'],
    ['"table": "orders"', '"table": "everything"'],
    ['"day": "2026-11-23"', '"day": "2026-11-22"'],
    ['"policyVersion": "v1"', '"policyVersion": "v2"'],
    ['"index": 5', '"index": 4'],
  ] as const) {
    assert.ok(text.includes(from), from)
    fails(parseReceipt(text.replace(from, to)), 'proof')
  }
})

test('a statement cannot stand beside an entry of another kind', () => {
  const receipt = receiptOf(erasure)
  fails({ ...receipt, entry: { ...receipt.entry, kind: 'access' } }, 'statement')
})

test('a checkpoint of another log, of another key or altered fails at the checkpoint', () => {
  const receipt = receiptOf(erasure)
  fails({ ...receipt, checkpoint: receipt.checkpoint.replace('\n11\n', '\n12\n') }, 'checkpoint')
  fails({ ...receipt, checkpoint: '' }, 'checkpoint')
  const other = { origin: 'example.org/other', keys: [signer.key] }
  assert.throws(() => verifyReceipt(receipt, other, hash, verifyEd25519), { path: ['checkpoint'] })
  const noKey = { origin, keys: [] }
  assert.throws(() => verifyReceipt(receipt, noKey, hash, verifyEd25519), { path: ['checkpoint'] })
})

test('a proof that is cut, lengthened or of another entry fails at the proof', () => {
  const receipt = receiptOf(erasure)
  fails({ ...receipt, proof: receipt.proof.slice(1) }, 'proof')
  fails({ ...receipt, proof: [...receipt.proof, receipt.proof[0]!] }, 'proof')
  fails({ ...receipt, proof: receiptOf(erasure, 6).proof }, 'proof')
  fails({ ...receipt, index: 11 }, 'proof')
})

const invalid = { code: 'LEDGER_RECEIPT_INVALID' }

test('what is no receipt is refused, with the path of the fault', () => {
  const receipt = receiptOf(erasure)
  const bad: readonly [unknown, readonly (string | number)[]][] = [
    [null, []],
    [[], []],
    [{ ...receipt, more: 1 }, []],
    [{ ...receipt, avow: 'note' }, ['avow']],
    [{ ...receipt, version: 2 }, ['version']],
    [{ ...receipt, index: -1 }, ['index']],
    [{ ...receipt, index: '5' }, ['index']],
    [{ ...receipt, entry: { ...receipt.entry, day: 'today' } }, ['entry', 'day']],
    [{ ...receipt, subject: {} }, ['subject', 'commitment']],
    [{ ...receipt, subject: { ...receipt.subject, commitment: 'x' } }, ['subject']],
    [{ ...receipt, subject: { ...receipt.subject, salt: 'AAAA' } }, ['subject', 'salt']],
    [{ ...receipt, subject: { ...receipt.subject, statement: { kind: 'other' } } }, ['subject', 'statement', 'kind']],
    [
      {
        ...receipt,
        subject: { ...receipt.subject, statement: { ...erasure, stores: [{ store: 'platform', tables: [] }] } },
      },
      ['subject', 'statement', 'stores', 0, 'level'],
    ],
    [{ ...receipt, proof: ['x'] }, ['proof', 0]],
    [{ ...receipt, proof: Array(54).fill(receipt.proof[0]) }, ['proof']],
    [{ ...receipt, checkpoint: 1 }, ['checkpoint']],
  ]
  for (const [value, path] of bad) {
    assert.throws(() => parseReceipt(JSON.stringify(value)), { ...invalid, path }, JSON.stringify(path))
  }
})

test('a file that shows a reader another value than the one verified is refused', () => {
  const text = formatReceipt(receiptOf(erasure))
  parseReceipt(text.replaceAll('\n', '\r\n'))
  const twice = text.replace('"found": 0', '"found": 9, "found": 0')
  assert.throws(() => parseReceipt(twice), invalid)
  assert.throws(() => parseReceipt(text.replace('"index": 5', '"index": 5.0')), invalid)
  assert.throws(() => parseReceipt(text.replace('"index": 5', '"index": 0.5e1')), invalid)
  assert.throws(() => parseReceipt(text.replace('r-1', '\\u0072-1')), invalid)
})

test('garbage, and a receipt with any piece cut out or put in, never crashes the parser or the verifier', () => {
  const good = formatReceipt(receiptOf(erasure))
  const cut = fc.tuple(fc.nat(good.length), fc.nat(40), fc.string({ unit: 'binary', maxLength: 5 }))
  const garbage = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    cut.map(([at, length, put]) => good.slice(0, at) + put + good.slice(at + length)),
  )
  let verified = 0
  fc.assert(
    fc.property(garbage, (text) => {
      try {
        check(parseReceipt(text))
        verified++
        assert.deepEqual(JSON.parse(text), JSON.parse(good)) // white space may change, and nothing else
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error
        assert.equal((error as { code?: string }).code, 'LEDGER_RECEIPT_INVALID') // of an unknown error
      }
    }),
    { numRuns: 3000 },
  )
  assert.ok(verified < 300)
})

test('a value nested a hundred thousand deep is refused like any other', () => {
  assert.throws(() => parseReceipt('['.repeat(100_000) + ']'.repeat(100_000)), invalid)
  const deep = `{"avow":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`
  assert.throws(() => parseReceipt(deep), invalid)
})
