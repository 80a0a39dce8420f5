/**
 * The data map: what lies in a company's own stores, field by field, and whose it is, row by row. Types only.
 * Plain data: the same in TypeScript (`defineMap`) and in JSON. What it means is in spec/map.md; whether it can stand,
 * in check.ts; what is done with it, in plan.ts.
 *
 * Ownership is not reach. A row belongs to whom an ownership path leads, and to nobody else; every other link only
 * reaches, and what is only reached is never given and never destroyed.
 */

export type Scalar = string | number | boolean | null

/**
 * `seen`: mapped, only read. `answered`: access, erasure and retention work on it. `enforced`: the application, its SQL
 * or a tag obeys the policy.
 */
export type Level = 'seen' | 'answered' | 'enforced'

/** A column that holds something personal. */
export interface PersonalColumn<F extends string = string> {
  readonly field: F
  /**
   * Whose value it is, in a row that may have several owners: the owners named, or `all` for what is common to them
   * (given to each, kept while one of them remains). A row of one owner needs none.
   */
  readonly of?: string | readonly string[]
  /** The kind of identifier; in a table of subjects, the same value of the same kind elsewhere is the same subject. */
  readonly identifier?: string
  /** The value is particular enough to look for after an erasure. Identifiers always are. */
  readonly search?: true
  /** Free text: it may hold anything, and so is looked through. */
  readonly freeText?: true
  /** What stands in its place once anonymised; null where nothing is said. */
  readonly erased?: Scalar
}

/** A column that joins rows and is not shown. */
export interface KeyColumn {
  readonly key: true
  readonly identifier?: string
  readonly erased?: Scalar
}

/** A guess of `avow map init`: not an answer until someone puts the answer in its place. null: nothing comes to mind. */
export interface ProposedColumn<F extends string = string> {
  readonly proposed: F | 'notPersonal' | 'key' | null
  readonly because?: string
}

/** What a column is: a field of the policy, `notPersonal`, or `key` (joins rows, not shown). */
export type ColumnMap<F extends string = string> =
  | F
  | 'notPersonal'
  | 'key'
  | PersonalColumn<F>
  | KeyColumn
  | ProposedColumn<F>

/** From this row to rows of another table (or of its own): equal columns, several for a composite key. */
export interface Reference {
  readonly table: string
  /** This table's column → the other table's column. The side whose columns are its key is the one pointed at. */
  readonly on: Readonly<Record<string, string>>
  /** Only rows of this table where these columns have these values (a polymorphic reference: `{ type: 'order' }`). */
  readonly when?: Readonly<Record<string, Scalar>>
  /** Only rows of the other table where these columns have these values. */
  readonly where?: Readonly<Record<string, Scalar>>
  /** The columns cannot be null: the reference always leads somewhere, and can never be cut by nulling it. */
  readonly required?: true
  /** A guess of `avow map init`, not reviewed. */
  readonly proposed?: true
}

/**
 * Whose row it is: the owners of the row it leads to, or the subject itself where that is a table of subjects.
 * From a table through others (a join table, a parent, itself) by each having owners of its own.
 */
export interface Owner extends Reference {
  /** Only these owners of the row it leads to; all of them where absent. */
  readonly as?: readonly string[]
}

/** A link that only reaches. */
export interface Link extends Reference {
  /**
   * Columns of the row reached that are shown beside this one; the others are redacted. Nothing where absent.
   * Only from a table that belongs to nobody.
   */
  readonly give?: readonly string[]
  /**
   * When the row pointed at is erased and this one is not: `unlink` this row (the default), `keep` the other side
   * anonymised while a row of somebody else points at it, or `anonymise` these columns of this row and unlink it.
   */
  readonly onErasure?: 'unlink' | 'keep' | { readonly anonymise: Readonly<Record<string, Scalar>> }
}

/** Rows that law or contract makes the company keep, and for how long. Afterwards an erasure deletes them. */
export interface Keep {
  /** The reason the person is told. */
  readonly because: string
  /** Ids of rules of law behind it. */
  readonly law?: readonly string[]
  /** A date or time column: the row is kept for `days` from it. */
  readonly from: string
  readonly days: number
  /** The personal columns the duty covers; every other is anonymised at the erasure. All of them where absent. */
  readonly columns?: readonly string[]
}

export interface TableMap<F extends string = string, C extends string = string> {
  /** The context of collection, for every row. */
  readonly context: C
  /** The columns that tell its rows apart: its primary key, or another unique key without nulls. */
  readonly key: readonly string[]
  /** Further unique keys. */
  readonly unique?: readonly (readonly string[])[]
  readonly columns: Readonly<Record<string, ColumnMap<F>>>
  /** Each row is a subject: a person, or a household, which is a subject of its own and no member's. */
  readonly subject?: 'person' | 'household'
  /** By name. A row belongs to everyone any of them leads to. */
  readonly owners?: Readonly<Record<string, Owner>>
  readonly links?: Readonly<Record<string, Link>>
  /** Set in rows the product hides as deleted. They are still there: given, marked so, and erased. */
  readonly softDelete?: string
  /**
   * What becomes of rows of one owner, and of several when the last goes: deleted (the default), anonymised, or kept.
   * While another owner remains, a row stays and only this owner's columns and links are taken out of it.
   */
  readonly erase?: 'delete' | 'anonymise' | { readonly keep: Keep }
  /** A row that no path leads from: a `finding`, or `nobody`'s by nature. Needed where no path is `required`. */
  readonly orphans?: 'finding' | 'nobody'
}

export interface StoreMap<F extends string = string, C extends string = string> {
  readonly kind: 'postgres'
  readonly level: Level
  /** ISO 3166-1 alpha-2: where the store stands. */
  readonly country: string
  /** The schema of tables whose name does not say; `public` where absent. Another is written `schema.table`. */
  readonly schema?: string
  /** Kinds of identifier compared without regard to case (e-mail). They need an index on `lower(column)`. */
  readonly caseless?: readonly string[]
  readonly tables: Readonly<Record<string, TableMap<F, C>>>
}

export interface DataMap<F extends string = string, C extends string = string> {
  /** The version of the language. */
  readonly avow: 1
  readonly stores: Readonly<Record<string, StoreMap<F, C>>>
}

/** What of a policy a map is written against. */
export interface MapVocabulary {
  readonly fields: Readonly<Record<string, unknown>>
  readonly contexts: Readonly<Record<string, unknown>>
}

/**
 * A map against a policy: `defineMap(policy, {...})`. A field or context the policy does not declare is a compile error.
 */
export function defineMap<const V extends MapVocabulary>(
  _policy: V,
  map: DataMap<keyof V['fields'] & string, keyof V['contexts'] & string>,
): DataMap {
  return map
}
