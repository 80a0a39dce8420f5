/**
 * Finds one person everywhere, before anything is done: in the vault by the blind hashes of their identifiers, in each
 * company store by its map. What one place knows helps to find them in the next: an account's e-mail address leads to
 * the vault, the vault's to another store. All of it is carried in the request from then on, so that deleting one row
 * loses no key to another.
 */
import { AvowError } from '@avow/core/errors'
import type { Subject } from '@avow/core/map/subject'
import type { Connector } from '../connectors/connector.ts'
import type { Tx } from '../store/database.ts'
import { personSubjects } from '../store/person.ts'
import { hashIdentifier, type Identifier } from '../vault/identifier.ts'
import { openJson } from '../vault/seal.ts'
import { unwrapKey } from '../vault/vault.ts'
import type { Installation } from './installation.ts'

export interface FoundPerson {
  /** The subjects of the vault that are this person. */
  readonly subjectIds: readonly string[]
  /** By the name of the store. */
  readonly stores: Readonly<Record<string, Subject>>
  /** All by which the person was found, the one given included. */
  readonly identifiers: readonly Identifier[]
}

export type Reading = <T>(use: (tx: Tx) => Promise<T>) => Promise<T>

/** More rounds than any chain of stores that know each other's identifiers. */
const rounds = 8

/** @throws AvowError SUBJECT_UNKNOWN where nobody anywhere answers to it; INPUT_INVALID where it is malformed */
export async function findPerson(
  reading: Reading,
  installation: Installation,
  connectors: readonly Connector[],
  given: Identifier,
): Promise<FoundPerson> {
  hashIdentifier(installation.vault, given) // says what is wrong with it before any store is asked
  const known = new Map<string, Identifier>([[keyOf(given), given]])
  const stores = new Map<string, Subject>()
  // What a store was asked by or answered with: it joins by those itself, and is not asked by them again.
  const asked = new Map(connectors.map((connector) => [connector, new Set<string>()]))
  let subjectIds: readonly string[] = []
  for (let round = 0, before = 0; round < rounds && known.size > before; round++) {
    before = known.size
    subjectIds = await reading((tx) => inVault(tx, installation, known))
    for (const [connector, keys] of asked) {
      const fresh = [...known].filter(([key]) => !keys.has(key))
      if (fresh.length === 0) continue
      for (const [key] of fresh) keys.add(key)
      const subject = await connector.resolve('person', byKind(fresh.map(([, identifier]) => identifier)))
      if (subject === undefined) continue
      const found = stores.get(connector.store)
      stores.set(connector.store, found === undefined ? subject : join(found, subject))
      for (const each of identifiersIn(subject)) {
        keys.add(keyOf(each))
        add(known, each)
      }
    }
  }
  if (subjectIds.length === 0 && stores.size === 0) {
    throw new AvowError('SUBJECT_UNKNOWN', 'no subject answers to that identifier: check its kind and value')
  }
  return { subjectIds, stores: Object.fromEntries(stores), identifiers: [...known.values()] }
}

async function inVault(tx: Tx, installation: Installation, known: Map<string, Identifier>): Promise<readonly string[]> {
  const hashes = [...known.values()].flatMap((each) => hashOf(installation, each) ?? [])
  const subjects = await personSubjects(tx, hashes)
  for (const { subjectId, wrappedOrdinary, identifiers } of subjects) {
    if (wrappedOrdinary === null) continue
    const key = unwrapKey(installation.vault, subjectId, 'ordinary', wrappedOrdinary)
    for (const { kind, sealed } of identifiers) {
      const value = openJson(key, { subjectId, record: 'identifier', field: kind }, sealed)
      if (typeof value === 'string') add(known, { kind, value })
    }
  }
  return subjects.map(({ subjectId }) => subjectId)
}

function byKind(identifiers: readonly Identifier[]): Readonly<Record<string, readonly string[]>> {
  const groups = Map.groupBy(identifiers, ({ kind }) => kind)
  return Object.fromEntries([...groups].map(([kind, group]) => [kind, group.map(({ value }) => value)]))
}

function identifiersIn({ identifiers }: Subject): readonly Identifier[] {
  return Object.entries(identifiers).flatMap(([kind, values]) => values.map((value) => ({ kind, value })))
}

function join(a: Subject, b: Subject): Subject {
  const merge = <T>(x: Readonly<Record<string, readonly T[]>>, y: Readonly<Record<string, readonly T[]>>) => {
    const names = new Set([...Object.keys(x), ...Object.keys(y)])
    return Object.fromEntries([...names].map((name) => [name, distinct([...(x[name] ?? []), ...(y[name] ?? [])])]))
  }
  return { kind: a.kind, rows: merge(a.rows, b.rows), identifiers: merge(a.identifiers, b.identifiers) }
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

/** An e-mail address is one however it is capitalised; of other kinds nobody knows. */
const keyOf = ({ kind, value }: Identifier) => JSON.stringify([kind, kind === 'email' ? value.toLowerCase() : value])

function add(known: Map<string, Identifier>, identifier: Identifier): void {
  const key = keyOf(identifier)
  if (!known.has(key)) known.set(key, identifier)
}

/** Undefined for what a company store keeps in a form that is no identifier to us: a half phone number. */
export function hashOf({ vault }: Installation, identifier: Identifier): Uint8Array | undefined {
  try {
    return hashIdentifier(vault, identifier)
  } catch (error) {
    if (error instanceof AvowError && error.code === 'INPUT_INVALID') return undefined
    throw error
  }
}
