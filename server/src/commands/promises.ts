/**
 * The promise board as it is now: the proofs that promises name are run over the policy that holds, the live queries
 * over what is really there, and core/src/promise/board.ts decides what that shows. One registry of queries: a promise
 * that names another is told so, and is never green.
 * Does not: keep what a query found for longer than the run; a page shows the last run (main.ts).
 */
import { AvowError } from '@avow/core/errors'
import type { StoreMap } from '@avow/core/map/document'
import type { PolicyDocument } from '@avow/core/policy/document'
import { type BoardEntry, type EvidenceResult, type GovernedStore, promiseBoard } from '@avow/core/promise/board'
import { proveEvidence } from '@avow/core/promise/proofs'
import type { Tx } from '../store/database.ts'
import {
  actsUnderStandingVersion,
  collectionsLedgered,
  type Declared,
  erasuresSearched,
  type Found,
  fieldsInOneCategory,
  recordsCarryContext,
  sealedAtRest,
  sourceOnEveryRecord,
} from '../store/evidence.ts'
import { mapFindings } from './checkMaps.ts'
import { type Desk, vaultStore } from './desk.ts'
import { reportLedger } from './ledger.ts'

export interface BoardContext {
  readonly desk: Desk
  readonly policy: PolicyDocument
  /** The map of each company store, by its name. */
  readonly maps: Readonly<Record<string, StoreMap>>
  /** The people in these stores are made up. */
  readonly demonstration: boolean
  /** Of this policy, run once: what they show changes with the policy alone. */
  readonly proofs: () => readonly EvidenceResult[]
}

export function boardContext(context: Omit<BoardContext, 'proofs'>): BoardContext {
  let proofs: readonly EvidenceResult[] | undefined
  return {
    ...context,
    proofs() {
      proofs ??= proveEvidence(context.policy, context.desk.installation.now().getTime())
      return proofs
    },
  }
}

interface Query {
  /** What it looks at, in words. */
  readonly title: string
  /** Whether it speaks of the company's stores too, or of the vault alone. */
  readonly reach: 'vault' | 'everywhere'
  readonly ask: (context: BoardContext) => Promise<Found>
}

const inVault = (ask: (tx: Tx, declared: Declared) => Promise<Found>): Query['ask'] => {
  return ({ desk, policy }) => desk.database.transaction((tx) => ask(tx, declaredIn(policy)))
}

/** Every live query a promise may name. Its breach is planted in promises.test.ts, which lists the same names. */
export const queries = {
  recordsCarryContext: {
    title: 'every record in the vault',
    reach: 'vault',
    ask: inVault(recordsCarryContext),
  },
  fieldsInOneCategory: { title: 'every record in the vault', reach: 'vault', ask: inVault(fieldsInOneCategory) },
  sourceOnEveryRecord: { title: 'every record in the vault', reach: 'vault', ask: inVault(sourceOnEveryRecord) },
  sealedAtRest: { title: 'every record in the vault', reach: 'vault', ask: inVault(sealedAtRest) },
  collectionsLedgered: {
    title: 'every subject with records in the vault',
    reach: 'vault',
    ask: inVault(collectionsLedgered),
  },
  actsUnderStandingVersion: {
    title: 'every entry of the ledger',
    reach: 'vault',
    ask: inVault(actsUnderStandingVersion),
  },
  erasuresSearched: {
    title: 'every erasure that was carried out, in the vault and the mapped stores',
    reach: 'everywhere',
    ask: inVault(erasuresSearched),
  },
  ledgerIntact: {
    title: 'the whole ledger, entry by entry, against its signed checkpoints',
    reach: 'vault',
    ask: async ({ desk }) => {
      const { size, findings } = await reportLedger(desk.database, desk.installation)
      return { examined: size, findings }
    },
  },
  storesMapped: {
    title: 'every column of every connected store',
    reach: 'everywhere',
    ask: async ({ desk, policy, maps }) => mapsFound(await mapFindings(desk.connectors, maps, policy)),
  },
} as const satisfies Record<string, Query>

export type QueryName = keyof typeof queries

/** Runs all evidence that the policy names, and tells what it shows. */
export async function evaluateBoard(context: BoardContext): Promise<readonly BoardEntry[]> {
  const { desk, policy } = context
  const atMs = desk.installation.now().getTime()
  const results = [...context.proofs()]
  for (const name of namedQueries(policy)) results.push(await runQuery(context, name, atMs))
  return promiseBoard(policy, results, storesOf(context, 'everywhere'))
}

function namedQueries(policy: PolicyDocument): readonly string[] {
  const evidence = Object.values(policy.promises).flatMap((promise) => promise.evidence ?? [])
  return [...new Set(evidence.flatMap((each) => (each.kind === 'query' ? [each.query] : [])))]
}

/** @throws AvowError POLICY_UNKNOWN_NAME for a query that is not in the registry */
export async function runQuery(context: BoardContext, name: string, atMs: number): Promise<EvidenceResult> {
  if (!Object.hasOwn(queries, name)) {
    const known = Object.keys(queries).join(', ')
    throw new AvowError('POLICY_UNKNOWN_NAME', `a promise names the query \`${name}\`: use one of ${known}`)
  }
  const query: Query = queries[name as QueryName] // one of its own keys
  const { examined, findings } = await query.ask(context)
  return {
    ...{ kind: 'query', name, holds: findings.length === 0, examined, findings, atMs },
    scope: {
      title: query.title,
      stores: storesOf(context, query.reach),
      demonstration: context.demonstration,
    },
  }
}

/** The vault obeys every decision itself: nothing reads or writes it but `act`. A company's store is as its map says. */
function storesOf({ maps }: BoardContext, reach: Query['reach']): readonly GovernedStore[] {
  const company = Object.entries(maps).map(([name, { level }]) => ({ name, level }))
  return [{ name: vaultStore, level: 'enforced' }, ...(reach === 'vault' ? [] : company)]
}

function mapsFound(stores: Awaited<ReturnType<typeof mapFindings>>): Found {
  return {
    examined: stores.reduce((sum, { columns }) => sum + columns, 0),
    findings: stores.flatMap(({ name, findings }) =>
      findings.filter(({ code }) => code !== 'advice').map(({ detail }) => `\`${name}\`: ${detail}`),
    ),
  }
}

function declaredIn(policy: PolicyDocument): Declared {
  return {
    contexts: Object.keys(policy.contexts),
    sources: Object.keys(policy.sources),
    categoryOf: Object.fromEntries(Object.entries(policy.fields).map(([field, { category }]) => [field, category])),
  }
}
