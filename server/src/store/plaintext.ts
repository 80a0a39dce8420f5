/**
 * What each column of ours holds. The compiler asks for a line for every column of schema.ts, and a test compares them
 * with the database, so that no new column can hold a person's words without anybody having said so.
 * INVARIANT: a person's values, identifiers and words stand in `sealed` columns alone; `closed` columns hold names that a
 * policy, a map or this program declares.
 */
import type { Schema } from './schema.ts'

export type Nature =
  /** Ciphertext under a subject's or a request's key, or such a key wrapped. */
  | 'sealed'
  /** A hash or a keyed hash. */
  | 'hash'
  /** A random or time-ordered id of ours. */
  | 'id'
  | 'time'
  | 'number'
  /** Values from a closed list, or JSON of them alone. */
  | 'closed'
  /** Text that is published: policies, signed notes, public parts of entries. */
  | 'published'
  /** Text or JSON that this program writes from names and counts, never from values. */
  | 'written'

export const columns: { readonly [T in keyof Schema]: { readonly [C in keyof Schema[T]]: Nature } } = {
  'avow.migration': { name: 'closed', applied_at: 'time' },
  'avow.subject': { subject_id: 'id', kind: 'closed', facts: 'closed', linked: 'id', created_at: 'time' },
  'avow.identifier': { hash: 'hash', subject_id: 'id', kind: 'closed', sealed: 'sealed' },
  'avow.record': {
    subject_id: 'id',
    record_id: 'id',
    field: 'closed',
    context: 'closed',
    category: 'closed',
    source: 'closed',
    purpose: 'closed',
    policy_version: 'hash',
    facts: 'closed',
    collected_at: 'time',
    sensitivity: 'closed',
    sealed: 'sealed',
  },
  'avow.choice': {
    subject_id: 'id',
    choice_id: 'id',
    kind: 'closed',
    purpose: 'closed',
    value: 'closed',
    policy_version: 'hash',
    how: 'closed',
    text_version: 'closed',
    sealed_note: 'sealed',
    chosen_at: 'time',
  },
  'avow.suppression': { hash: 'hash', facts: 'closed', since: 'time' },
  'avow.policy_version': { id: 'hash', document: 'published', published_at: 'time' },
  'avow.policy_head': { one: 'closed', id: 'hash' },
  'avow.ledger_pending': {
    entry_id: 'id',
    subject_id: 'id',
    public: 'published',
    commitment: 'hash',
    sealed: 'sealed',
    added_at: 'time',
  },
  'avow.ledger_leaf': {
    index: 'number',
    entry_id: 'id',
    subject_id: 'id',
    public: 'published',
    commitment: 'hash',
    sealed: 'sealed',
  },
  'avow.ledger_node': { number: 'number', hash: 'hash' },
  'avow.ledger_checkpoint': { size: 'number', root: 'hash', note: 'published', signed_at: 'time' },
  'avow.sequencer_lease': { one: 'closed', fence: 'number', until: 'time' },
  'avow.request': {
    request_id: 'id',
    kind: 'closed',
    state: 'closed',
    stage: 'closed',
    stores: 'written',
    failure: 'written',
    receipt: 'written',
    entry_id: 'id',
    sealed: 'sealed',
    opened_at: 'time',
    changed_at: 'time',
  },
  'avow.imported': { hash: 'hash', imported_at: 'time' },
  'avow_keys.subject_key': { subject_id: 'id', sensitivity: 'closed', wrapped: 'sealed' },
  'avow_keys.request_key': { request_id: 'id', wrapped: 'sealed' },
}
