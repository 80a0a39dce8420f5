/**
 * What every command of one installation shares: its secrets, the compiled versions of its policy, its clock and the
 * name of its log. Made once (main.ts), passed to each command beside `tx`.
 */

import type { DecisionTable } from '@avow/core/decision/table'
import { compilePolicy } from '@avow/core/decision/table'
import { AvowError } from '@avow/core/errors'
import type { PolicyDocument } from '@avow/core/policy/document'
import type { Tx } from '../store/database.ts'
import { policyText } from '../store/policy.ts'
import { takeRandom } from '../vault/random.ts'
import type { Vault } from '../vault/vault.ts'

export interface Installation {
  readonly vault: Vault
  readonly policies: Policies
  readonly now: () => Date
  /** Name of the log, for ever. */
  readonly origin: string
}

export interface Policies {
  /** The compiled version; read from the store the first time. @throws AvowError NOT_FOUND */
  get(tx: Tx, id: string): Promise<DecisionTable>
}

/** Keeps what it compiled: a version's id is its hash, so what it means never changes. */
export function createPolicies(): Policies {
  const compiled = new Map<string, DecisionTable>()
  return {
    async get(tx, id) {
      const known = compiled.get(id)
      if (known) return known
      const text = await policyText(tx, id)
      if (text === undefined)
        throw new AvowError('NOT_FOUND', `no policy version \`${id}\` is stored: publish it first`)
      // Checked when it was published (publishPolicy.ts), and unchanged since: its id is its hash.
      const table = compilePolicy(JSON.parse(text) as PolicyDocument)
      compiled.set(id, table)
      return table
    },
  }
}

/** A time-ordered id: UUID version 7, RFC 9562 §5.7. */
export function createId(now: Date): string {
  const bytes = takeRandom(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
