/** What requests are carried out with: the vault, the stores of the company, and what every command shares. Types. */
import type { Connector } from '../connectors/connector.ts'
import type { Database } from '../store/database.ts'
import type { Installation } from './installation.ts'

export interface Desk {
  readonly database: Database
  readonly installation: Installation
  readonly connectors: readonly Connector[]
}

/** The vault, as one of the stores of an answer. */
export const vaultStore = 'vault'
