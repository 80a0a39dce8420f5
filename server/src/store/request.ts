/**
 * Requests of people: their rows, and the key that seals what each must remember of the person until it is done.
 * Does not: decide what happens next (jobs/erasure.ts).
 */
import { AvowError } from '@avow/core/errors'
import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** What a request does, did or would do in one store. Names of the map and counts, never a value of the person. */
export interface StoreProgress {
  readonly store: string
  readonly steps: readonly {
    readonly step: string
    readonly kind: 'give' | 'redact' | 'anonymise' | 'unlink' | 'delete'
    readonly table: string
    readonly rows: number
  }[]
  readonly kept: readonly {
    readonly table: string
    readonly because: string
    readonly rows: number
    readonly until: string
  }[]
}

export interface RequestRow {
  readonly requestId: string
  readonly kind: 'access' | 'erase'
  readonly state: 'running' | 'done' | 'failed'
  readonly stage: string | null
  readonly stores: readonly StoreProgress[]
  readonly failure: { readonly code: string; readonly detail: string } | null
  readonly receipt: string | null
  readonly entryId: string | null
  readonly openedAt: Date
  /** Both null once the key is destroyed. */
  readonly sealed: Uint8Array | null
  readonly wrappedKey: Uint8Array | null
}

export interface NewRequest {
  readonly requestId: string
  readonly kind: 'access' | 'erase'
  readonly state: 'running' | 'done'
  readonly stage: string | null
  readonly stores: readonly StoreProgress[]
  readonly sealed: Uint8Array
  readonly wrappedKey: Uint8Array
  readonly openedAt: Date
}

export async function insertRequest(tx: Tx, request: NewRequest): Promise<void> {
  await tx
    .insertInto('avow.request')
    .values({
      request_id: request.requestId,
      kind: request.kind,
      state: request.state,
      stage: request.stage,
      stores: JSON.stringify(request.stores),
      failure: null,
      receipt: null,
      entry_id: null,
      sealed: request.sealed,
      opened_at: request.openedAt,
      changed_at: request.openedAt,
    })
    .execute()
  await tx
    .insertInto('avow_keys.request_key')
    .values({ request_id: request.requestId, wrapped: request.wrappedKey })
    .execute()
}

/** Reads a request and locks it, so that no two carry it on at once. @throws AvowError REQUEST_UNKNOWN */
export async function lockRequest(tx: Tx, requestId: string): Promise<RequestRow> {
  return required(await select(tx, requestId).forUpdate('r').executeTakeFirst())
}

/** @throws AvowError REQUEST_UNKNOWN */
export async function readRequest(tx: Tx, requestId: string): Promise<RequestRow> {
  return required(await select(tx, requestId).executeTakeFirst())
}

function select(tx: Tx, requestId: string) {
  return tx
    .selectFrom('avow.request as r')
    .leftJoin('avow_keys.request_key as k', 'k.request_id', 'r.request_id')
    .where('r.request_id', '=', requestId)
    .select([
      'r.request_id as requestId',
      'r.kind',
      'r.state',
      'r.stage',
      'r.stores',
      'r.failure',
      'r.receipt',
      'r.entry_id as entryId',
      'r.opened_at as openedAt',
      'r.sealed',
      'k.wrapped as wrappedKey',
    ])
}

function required(row: unknown): RequestRow {
  if (row === undefined) {
    throw new AvowError('REQUEST_UNKNOWN', 'no request has that id: give the id that was printed when it was opened')
  }
  return row as RequestRow // the columns selected above; `stores` was written by this file
}

export interface RequestChange {
  readonly state?: RequestRow['state']
  readonly stage?: string | null
  readonly stores?: readonly StoreProgress[]
  readonly failure?: RequestRow['failure']
  readonly receipt?: string
  readonly entryId?: string
}

export async function changeRequest(tx: Tx, requestId: string, change: RequestChange, at: Date): Promise<void> {
  await tx
    .updateTable('avow.request')
    .set({
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.stage === undefined ? {} : { stage: change.stage }),
      ...(change.stores === undefined ? {} : { stores: JSON.stringify(change.stores) }),
      ...(change.failure === undefined
        ? {}
        : { failure: change.failure === null ? null : JSON.stringify(change.failure) }),
      ...(change.receipt === undefined ? {} : { receipt: change.receipt }),
      ...(change.entryId === undefined ? {} : { entry_id: change.entryId }),
      changed_at: at,
    })
    .where('request_id', '=', requestId)
    .execute()
}

/** Destroys the request's key and what it sealed: from here on the request remembers counts alone. */
export async function destroyRequestKey(tx: Tx, requestId: string): Promise<void> {
  await tx.deleteFrom('avow_keys.request_key').where('request_id', '=', requestId).execute()
  await tx.updateTable('avow.request').set({ sealed: null }).where('request_id', '=', requestId).execute()
}

/** Requests that were begun and not finished, oldest first: what a start carries on. */
export async function runningRequests(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('avow.request')
    .where('state', '=', 'running')
    .orderBy('opened_at')
    .select('request_id')
    .execute()
  return rows.map((row) => row.request_id)
}

/** Erasures after which something was still found, oldest first. */
export async function failedErasures(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('avow.request')
    .where('kind', '=', 'erase')
    .where('state', '=', 'failed')
    .orderBy('opened_at')
    .select('request_id')
    .execute()
  return rows.map((row) => row.request_id)
}

/** Destroys the keys of access requests opened before `before`: what they found can no longer be handed out. */
export async function expireAccessRequests(tx: Tx, before: Date): Promise<void> {
  const expired = await tx
    .updateTable('avow.request')
    .set({ sealed: null })
    .where('kind', '=', 'access')
    .where('sealed', 'is not', null)
    .where('opened_at', '<', before)
    .returning('request_id')
    .execute()
  if (expired.length === 0) return
  await tx
    .deleteFrom('avow_keys.request_key')
    .where('request_id', '=', sql<string>`any(${expired.map((row) => row.request_id)}::uuid[])`)
    .execute()
}
