/**
 * Every table of ours as types: the same names as migrations.ts makes. Types only.
 * `bytea` columns hold ciphertext, keyed hashes or hashes; every other column is on the closed list of plaintext columns
 * in plaintext.ts, which a test compares with the database. Columns of `avow_keys` stay out of data backups.
 */
import type { ColumnType } from 'kysely'

/** Plain JSON in a jsonb column: parsed when read, given as text when written. */
type Json<T> = ColumnType<T, string, string>
/** A bigint below 2^53: the driver is told to read it as a number. */
type Int8 = number

/** What a subject has said or is known to be, in closed values alone; absent means never said. */
export interface StoredFacts {
  readonly region?: string
  readonly age?: string
  readonly optOut?: string
  readonly limitSensitive?: string
  readonly restricted?: string
  /** By purpose. */
  readonly consent?: Readonly<Record<string, string>>
  readonly parentConsent?: Readonly<Record<string, string>>
  readonly objection?: Readonly<Record<string, string>>
  /** Ids of the policy versions whose wider uses the subject has agreed to. */
  readonly agreed?: readonly string[]
}

export type SubjectKind = 'person' | 'household'
export type Sensitivity = 'ordinary' | 'sensitive'

export interface Schema {
  'avow.migration': { name: string; applied_at: Date }
  /** The facts stand on the subject's own row, so that one row lock and one statement give them as last committed. */
  'avow.subject': {
    subject_id: string
    kind: SubjectKind
    facts: Json<StoredFacts>
    /** A person: the other subjects that are the same person. A household: its members. */
    linked: string[]
    created_at: Date
  }
  'avow.identifier': { hash: Uint8Array; subject_id: string; kind: string; sealed: Uint8Array }
  'avow.record': {
    subject_id: string
    record_id: string
    field: string
    context: string
    category: string
    source: string
    purpose: string
    policy_version: string
    /** Value facts other than the source, in closed values. */
    facts: Json<Readonly<Record<string, string>>>
    collected_at: Date
    sensitivity: Sensitivity
    sealed: Uint8Array
  }
  /** What a subject chose, one row a statement, never changed: the evidence behind `subject.facts`. */
  'avow.choice': {
    subject_id: string
    choice_id: string
    kind: string
    purpose: string | null
    value: string
    policy_version: string
    how: string
    text_version: string | null
    sealed_note: Uint8Array | null
    chosen_at: Date
  }
  /** Refusals that outlive an erasure, so that they are honoured should the person come back (GDPR 17(3)(b), 21(3)). */
  'avow.suppression': { hash: Uint8Array; facts: Json<StoredFacts>; since: Date }
  'avow.policy_version': { id: string; document: string; published_at: Date }
  'avow.policy_head': { one: boolean; id: string }
  'avow.ledger_pending': {
    entry_id: string
    subject_id: string | null
    public: Uint8Array
    commitment: Uint8Array
    sealed: Uint8Array | null
    added_at: Date
  }
  'avow.ledger_leaf': {
    index: Int8
    entry_id: string
    subject_id: string | null
    public: Uint8Array
    commitment: Uint8Array
    sealed: Uint8Array | null
  }
  /** Hashes of complete subtrees by node number: core/src/ledger/tree.ts. */
  'avow.ledger_node': { number: Int8; hash: Uint8Array }
  'avow.ledger_checkpoint': { size: Int8; root: Uint8Array; note: string; signed_at: Date }
  'avow.sequencer_lease': { one: boolean; fence: Int8; until: Date }
  'avow_keys.subject_key': { subject_id: string; sensitivity: Sensitivity; wrapped: Uint8Array }
  /** A person's request. What it must remember of the person is sealed under its own key, destroyed when it is done. */
  'avow.request': {
    request_id: string
    kind: 'access' | 'erase'
    state: 'running' | 'done' | 'failed'
    /** What is done next; null when nothing is. */
    stage: string | null
    /** Steps and counts by store: names of the map, no values. */
    stores: Json<readonly unknown[]>
    failure: ColumnType<{ readonly code: string; readonly detail: string } | null, string | null, string | null>
    receipt: string | null
    /** The ledger entry that holds its statement. */
    entry_id: string | null
    sealed: Uint8Array | null
    opened_at: Date
    changed_at: Date
  }
  /** Rows that were imported, by the keyed hash of the caller's name for each: sent again, they are not kept twice. */
  'avow.imported': { hash: Uint8Array; imported_at: Date }
  'avow_keys.request_key': { request_id: string; wrapped: Uint8Array }
}
