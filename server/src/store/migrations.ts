/**
 * Our tables, as a list of steps that only grows: a step that has run anywhere is never changed.
 * Made for one machine and for Citus alike: a subject's table has a primary key that begins with `subject_id`,
 * `identifier` is keyed by its own hash, and no sequence gives an index. Times are parameters everywhere.
 */

export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

export const migrations: readonly Migration[] = [
  {
    name: '0001-spine',
    statements: [
      `create schema avow_keys`,
      `create table avow.subject (
        subject_id uuid primary key,
        kind text not null check (kind in ('person', 'household')),
        facts jsonb not null,
        linked uuid[] not null,
        created_at timestamptz not null
      )`,
      `create index subject_linked on avow.subject using gin (linked)`,
      `create table avow.identifier (
        hash bytea primary key,
        subject_id uuid not null,
        kind text not null,
        sealed bytea not null
      )`,
      `create index identifier_subject on avow.identifier (subject_id)`,
      `create table avow.record (
        subject_id uuid not null,
        record_id uuid not null,
        field text not null,
        context text not null,
        category text not null,
        source text not null,
        purpose text not null,
        policy_version text not null,
        facts jsonb not null,
        collected_at timestamptz not null,
        sensitivity text not null check (sensitivity in ('ordinary', 'sensitive')),
        sealed bytea not null,
        primary key (subject_id, record_id, field)
      )`,
      `create table avow.choice (
        subject_id uuid not null,
        choice_id uuid not null,
        kind text not null,
        purpose text,
        value text not null,
        policy_version text not null,
        how text not null,
        text_version text,
        sealed_note bytea,
        chosen_at timestamptz not null,
        primary key (subject_id, choice_id)
      )`,
      `create table avow.suppression (hash bytea primary key, facts jsonb not null, since timestamptz not null)`,
      `create table avow.policy_version (id text primary key, document text not null, published_at timestamptz not null)`,
      `create table avow.policy_head (one boolean primary key check (one), id text not null)`,
      `create table avow.ledger_pending (
        entry_id uuid primary key,
        subject_id uuid,
        public bytea not null,
        commitment bytea not null,
        sealed bytea,
        added_at timestamptz not null
      )`,
      `create table avow.ledger_leaf (
        index bigint primary key,
        entry_id uuid not null unique,
        subject_id uuid,
        public bytea not null,
        commitment bytea not null,
        sealed bytea
      )`,
      `create index ledger_leaf_subject on avow.ledger_leaf (subject_id) where subject_id is not null`,
      `create table avow.ledger_node (number bigint primary key, hash bytea not null)`,
      `create table avow.ledger_checkpoint (
        size bigint primary key,
        root bytea not null,
        note text not null,
        signed_at timestamptz not null
      )`,
      `create table avow.sequencer_lease (
        one boolean primary key check (one),
        fence bigint not null,
        until timestamptz not null
      )`,
      `insert into avow.sequencer_lease (one, fence, until) values (true, 0, '-infinity')`,
      `create table avow_keys.subject_key (
        subject_id uuid not null,
        sensitivity text not null check (sensitivity in ('ordinary', 'sensitive')),
        wrapped bytea not null,
        primary key (subject_id, sensitivity)
      )`,
    ],
  },
  {
    name: '0002-requests',
    statements: [
      `create table avow.request (
        request_id uuid primary key,
        kind text not null check (kind in ('access', 'erase')),
        state text not null check (state in ('running', 'done', 'failed')),
        stage text,
        stores jsonb not null,
        failure jsonb,
        receipt text,
        entry_id uuid,
        sealed bytea,
        opened_at timestamptz not null,
        changed_at timestamptz not null
      )`,
      `create index request_running on avow.request (opened_at) where state = 'running'`,
      `create table avow_keys.request_key (request_id uuid primary key, wrapped bytea not null)`,
    ],
  },
  {
    name: '0003-imports',
    statements: [`create table avow.imported (hash bytea primary key, imported_at timestamptz not null)`],
  },
]
