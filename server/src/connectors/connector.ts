/**
 * The one interface to a store that is not ours, and what passes through it. Types only.
 * A connector reads a schema, finds a subject, previews, gives, erases and searches; it decides nothing: what is whose
 * comes from the map (core/src/map), who may ask from the commands. suite.ts is what every connector must pass.
 */
import type { StepKind } from '@avow/core/map/plan'
import type { DescribedSchema } from '@avow/core/map/schema'
import type { Key, Subject } from '@avow/core/map/subject'

/** By what a person is to be found: kind of identifier → one value, or several that are all theirs. */
export type Identifiers = Readonly<Record<string, string | readonly string[]>>

/** One table of an answer, before its rows. */
export interface GivenTable {
  readonly store: string
  readonly table: string
  readonly context: string
  readonly columns: readonly { readonly column: string; readonly field: string; readonly search: boolean }[]
}

export interface GivenRow {
  readonly key: Key
  /** As which owners the subject has it. */
  readonly as: readonly string[]
  /** Column → value, of the columns that are this subject's. Times, numbers beyond 2^53 and bytes are strings. */
  readonly values: Readonly<Record<string, unknown>>
  /** Columns left out of this row because they are another owner's. */
  readonly redacted: readonly string[]
  /** Link → columns of what it reaches, where the map gives them. */
  readonly reached?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Hidden by the product as deleted; here all the same. */
  readonly softDeleted?: true
}

export interface AccessBatch {
  readonly of: GivenTable
  readonly rows: readonly GivenRow[]
}

export interface StepCount {
  /** Names the step: `delete orders`. */
  readonly step: string
  readonly kind: StepKind
  readonly table: string
  readonly rows: number
}

/** The plan as it would run, with the rows each step would touch. Needs no write access. */
export interface Preview {
  readonly steps: readonly StepCount[]
  /** Rows the map makes the company keep, with the reason and until when the last of them. */
  readonly kept: readonly KeptRows[]
}

export interface KeptRows {
  readonly table: string
  readonly because: string
  readonly rows: number
  /** ISO date. */
  readonly until: string
}

export interface ErasureResult {
  readonly steps: readonly StepCount[]
  readonly kept: readonly KeptRows[]
}

export interface OrphanFinding {
  readonly table: string
  readonly rows: number
}

export interface SearchHit {
  readonly table: string
  readonly column: string
  readonly rows: number
  /** The map lets rows of this table be kept, for this reason. */
  readonly kept?: string
}

export interface SearchResult {
  readonly hits: readonly SearchHit[]
  /** How many columns were looked through, and how many values were too short to look for. */
  readonly columns: number
  readonly tooShort: number
}

export interface Connector {
  /** The store's name in the map. */
  readonly store: string
  describe(): Promise<DescribedSchema>
  /** Finds a subject by what it gave, and from what is found, by what else identifies it. Undefined: nobody. */
  resolve(kind: 'person' | 'household', identifiers: Identifiers): Promise<Subject | undefined>
  preview(subject: Subject, at: Date): Promise<Preview>
  /** Everything that is the subject's, table by table, in key order; from one snapshot, in bounded memory. */
  access(subject: Subject, signal?: AbortSignal): AsyncIterable<AccessBatch>
  /** One transaction: all of it or none. Run again it does nothing. */
  erase(subject: Subject, at: Date, progress?: (done: StepCount) => void): Promise<ErasureResult>
  orphans(): Promise<readonly OrphanFinding[]>
  /** Where any of these values still stands, anywhere in the store, mapped or not. */
  search(values: readonly string[]): Promise<SearchResult>
  close(): Promise<void>
}
