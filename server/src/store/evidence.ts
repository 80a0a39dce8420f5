/**
 * The live questions that show whether a promise is kept in the vault: each looks at every row it speaks of, in one
 * statement, and says how many it looked at and what it found wrong. Findings are counts and names the policy declares,
 * never anything of a person.
 * Does not: decide what a finding means for a promise (core/src/promise/board.ts), or look into company stores.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'

export interface Found {
  /** How many things were looked at; zero shows nothing. */
  readonly examined: number
  readonly findings: readonly string[]
}

/** What a policy declares, as far as these questions need it. */
export interface Declared {
  readonly contexts: readonly string[]
  readonly sources: readonly string[]
  /** Field → its one category. */
  readonly categoryOf: Readonly<Record<string, string>>
}

async function count(tx: Tx, rows: RawBuilder<unknown>): Promise<number> {
  const { rows: found } = await sql<{ n: string | number }>`select count(*) as n from ${rows}`.execute(tx)
  return Number(found[0]?.n ?? 0)
}

const records = sql`avow.record`

function finding(n: number, what: string): readonly string[] {
  return n === 0 ? [] : [`${n} ${what}`]
}

/** Every record names a declared context, a purpose, and a version of the policy that was published. */
export async function recordsCarryContext(tx: Tx, declared: Declared): Promise<Found> {
  const strange = await count(
    tx,
    sql`avow.record r where not (r.context = any(${declared.contexts})) or r.purpose = '' or not exists
        (select from avow.policy_version v where v.id = r.policy_version)`,
  )
  return {
    examined: await count(tx, records),
    findings: finding(strange, 'records without a declared context, a purpose or a published version of the policy'),
  }
}

/** Every record's field is declared, and its category is the one the policy gives that field. */
export async function fieldsInOneCategory(tx: Tx, declared: Declared): Promise<Found> {
  const strange = await count(
    tx,
    sql`avow.record r left join jsonb_each_text(${JSON.stringify(declared.categoryOf)}::jsonb) d on d.key = r.field
        where d.value is distinct from r.category`,
  )
  return {
    examined: await count(tx, records),
    findings: finding(strange, 'records whose field is not declared, or not in that category'),
  }
}

/** Every record names a declared source. */
export async function sourceOnEveryRecord(tx: Tx, declared: Declared): Promise<Found> {
  const strange = await count(tx, sql`avow.record r where not (r.source = any(${declared.sources}))`)
  return { examined: await count(tx, records), findings: finding(strange, 'records without a declared source') }
}

/** The shortest sealed value: version, nonce and tag around nothing. */
const shortestSealed = 28

/** Every value is sealed: long enough to be a sealed one, with its subject's key of that sensitivity in place. */
export async function sealedAtRest(tx: Tx): Promise<Found> {
  const strange = await count(
    tx,
    sql`avow.record r where octet_length(r.sealed) < ${shortestSealed} or not exists
        (select from avow_keys.subject_key k where k.subject_id = r.subject_id and k.sensitivity = r.sensitivity)`,
  )
  return {
    examined: await count(tx, records),
    findings: finding(strange, 'records that no key of their subject seals'),
  }
}

/** No subject has records that no entry of the ledger tells of. */
export async function collectionsLedgered(tx: Tx): Promise<Found> {
  const strange = await count(
    tx,
    sql`(select distinct subject_id from avow.record) r where not exists
        (select from avow.ledger_leaf l where l.subject_id = r.subject_id) and not exists
        (select from avow.ledger_pending p where p.subject_id = r.subject_id)`,
  )
  return {
    examined: await count(tx, sql`(select distinct subject_id from avow.record) r`),
    findings: finding(strange, 'subjects with records that no ledger entry tells of'),
  }
}

/** Every entry of the ledger names a version of the policy that was published. */
export async function actsUnderStandingVersion(tx: Tx): Promise<Found> {
  const strange = await count(
    tx,
    sql`avow.ledger_leaf l where not exists
        (select from avow.policy_version v where v.id = convert_from(l.public, 'UTF8')::jsonb ->> 'policyVersion')`,
  )
  return {
    examined: await count(tx, sql`avow.ledger_leaf`),
    findings: finding(strange, 'ledger entries under a version of the policy that was never published'),
  }
}

/** Every erasure that is done was searched after, and found nothing; one that found something is not done. */
export async function erasuresSearched(tx: Tx): Promise<Found> {
  const survivors = await count(tx, sql`avow.request where kind = 'erase' and state = 'failed'`)
  const unproven = await count(tx, sql`avow.request where kind = 'erase' and state = 'done' and receipt is null`)
  return {
    examined: await count(tx, sql`avow.request where kind = 'erase' and state in ('done', 'failed')`),
    findings: [
      ...finding(survivors, 'erasures after which something of the person was still found'),
      ...finding(unproven, 'erasures said to be done without a receipt'),
    ],
  }
}
