/**
 * `avow verify`: checks a receipt with nothing of ours but the log's public key. Offline where the key is given;
 * without one it asks the installation here for its key, which shows only that the receipt is that installation's.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { AvowError } from '@avow/core/errors'
import { parseNoteKey } from '@avow/core/ledger/note'
import { maximumReceiptLength, parseReceipt, type Receipt, verifyReceipt } from '@avow/core/ledger/receipt'
import { Command } from 'commander'
import { printJson, type Shell, withClient, withConfig, withJson } from './shell.ts'

interface Options {
  readonly config?: string
  readonly json?: true
  readonly key?: string
}

export function verifyCommand(shell: Shell): Command {
  const command = new Command('verify')
    .description('check a receipt, offline where the key of the log is given')
    .argument('<file>', 'the receipt')
    .option('--key <key>', 'the key of the log as name+id+base64, or a file that holds it')
  return withJson(withConfig(command)).action(async (file: string, options: Options) => {
    const path = resolve(shell.terminal.folder, file)
    const receipt = parseReceipt(readReceipt(path))
    const text = options.key === undefined ? await ownKey(shell, options.config) : givenKey(shell, options.key)
    const key = parseNoteKey(text.trim(), sha256)
    const checkpoint = verifyReceipt(receipt, { origin: key.name, keys: [key] }, sha256, verifyEd25519)
    if (options.json) return printJson(shell, { verifies: true, log: key.name, size: checkpoint.size, receipt })
    shell.terminal.out(`${formatReceiptText(receipt)}verified: entry ${receipt.index} of the log \`${key.name}\`\n`)
  })
}

function readReceipt(path: string): string {
  if (!existsSync(path)) throw new AvowError('INPUT_INVALID', `no receipt at \`${path}\`: check the path`)
  if (statSync(path).size > 4 * maximumReceiptLength) {
    throw new AvowError('LEDGER_RECEIPT_INVALID', `\`${path}\` is longer than a receipt may be`)
  }
  return readFileSync(path, 'utf8')
}

function givenKey({ terminal }: Shell, given: string): string {
  const path = resolve(terminal.folder, given)
  return existsSync(path) ? readFileSync(path, 'utf8') : given
}

async function ownKey(shell: Shell, config: string | undefined): Promise<string> {
  return withClient(shell, config, async (client) => (await client.call('checkpoint', {})).key)
}

function formatReceiptText({ entry, subject }: Receipt): string {
  const head = `${entry.kind} on ${entry.day}, under policy ${entry.policyVersion.slice(0, 12)}\n`
  if (!('statement' in subject)) return `${head}the receipt tells nothing of the person's part\n`
  const { statement } = subject
  switch (statement.kind) {
    case 'erasure': {
      const lines = statement.stores.flatMap(({ store, level, tables }) => [
        `${store}: ${levelWords[level]}\n`,
        ...tables.map(({ table, action, rows }) => `  ${table}: ${rows} ${action}\n`),
      ])
      const kept = statement.kept.map(({ table, rows, because, until }) => {
        return `kept ${rows} in ${table}: ${because}${until === undefined ? '' : `, until ${until}`}\n`
      })
      const { values, found, stores } = statement.search
      return [head, ...lines, ...kept, `searched ${stores.join(', ')} for ${values} values: ${found} found\n`].join('')
    }
    case 'access':
      return [
        head,
        ...statement.stores.flatMap(({ store, tables }) =>
          tables.map(({ table, rows }) => `${store}.${table}: ${rows} given\n`),
        ),
      ].join('')
    case 'choice':
      return `${head}${statement.choice} ${statement.state}${statement.purpose === undefined ? '' : ` for ${statement.purpose}`}\n`
  }
}

const levelWords = {
  deleted: 'deleted from the live store',
  keyGone: 'the key that sealed it is destroyed',
  keyBackupsGone: 'the key and its backups are gone',
} as const

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())

/** DER of an Ed25519 public key up to its 32 bytes (RFC 8410 §4). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex')

function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([ed25519Prefix, publicKey]), format: 'der', type: 'spki' })
  return verify(null, message, key, signature)
}
