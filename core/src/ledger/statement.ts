/**
 * What a receipt states, kind by kind: the subject part of an `erase`, `access` or `choose` entry, as plain data.
 * It counts and names stores, tables and days; it never holds a value of the person, whose receipt may be shown around.
 */
import type { EntryKind } from './entry.ts'
import { allShapes, count, day, kindShape, listShape, objectShape, type Shape, shapeOf, textShape } from './shape.ts'

export type Statement = ErasureStatement | AccessStatement | ChoiceStatement

export interface ErasureStatement {
  readonly kind: 'erasure'
  readonly requestId: string
  readonly stores: readonly ErasedStore[]
  /** Items that were kept, with the reason and, where known, until when (GDPR 17(3); 11 CCR 7022(f)). */
  readonly kept: readonly KeptItems[]
  readonly search: SearchResult
}

/**
 * How far the erasure of one store has come. `deleted`: its rows are gone from the live store. `keyGone`: they were
 * sealed, and their key is destroyed in the live key store as well, so that no copy of the data opens with it.
 * `keyBackupsGone`: so are the backups of the key, since the day given.
 */
export type ErasureLevel = 'deleted' | 'keyGone' | 'keyBackupsGone'

export interface ErasedStore {
  readonly store: string
  readonly level: ErasureLevel
  /** When the last backup that still holds the rows, or their key, will be gone or was gone; absent: nobody has said. */
  readonly backupsGoneBy?: string
  readonly tables: readonly ErasedTable[]
}

export interface ErasedTable {
  readonly table: string
  readonly action: 'deleted' | 'anonymised' | 'redacted'
  readonly rows: number
}

export interface KeptItems {
  readonly store: string
  readonly table: string
  readonly rows: number
  readonly because: string
  readonly until?: string
}

/** The search after the erasure: where it looked, for how many identifiers and values, and how many it found. */
export interface SearchResult {
  readonly stores: readonly string[]
  readonly values: number
  readonly found: number
}

export interface AccessStatement {
  readonly kind: 'access'
  readonly requestId: string
  readonly stores: readonly {
    readonly store: string
    readonly tables: readonly { readonly table: string; readonly rows: number }[]
  }[]
  /** SHA-256 of the package that was given, in hex; absent where it was shown and not handed out. */
  readonly packageHex?: string
}

export interface ChoiceStatement {
  readonly kind: 'choice'
  /** What was chosen about: `consent`, `optOut`, `objection` … */
  readonly choice: string
  readonly purpose?: string
  readonly state: string
}

/** The kind of entry that each kind of statement belongs to. */
export const statementKinds: Readonly<Record<Statement['kind'], EntryKind>> = {
  erasure: 'erase',
  access: 'access',
  choice: 'choose',
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a line may not hold
const line = textShape('a line of 1 to 500 characters', /^[^\x00-\x1f\x7f]{1,500}$/u)
const wellFormed: Shape = allShapes(
  line,
  shapeOf('Unicode', (text) => typeof text === 'string' && text.isWellFormed()),
)
const oneOf = (...names: readonly string[]) =>
  shapeOf(`one of ${names.join(', ')}`, (value) => names.some((each) => each === value))
const many = (of: Shape) => listShape(of, 0, 10_000)
const sha256 = textShape('64 hexadecimal digits', /^[0-9a-f]{64}$/)

export const statementShape: Shape = kindShape({
  erasure: objectShape({
    kind: wellFormed,
    requestId: wellFormed,
    stores: many(
      objectShape(
        {
          store: wellFormed,
          level: oneOf('deleted', 'keyGone', 'keyBackupsGone'),
          tables: many(
            objectShape({ table: wellFormed, action: oneOf('deleted', 'anonymised', 'redacted'), rows: count }),
          ),
        },
        { backupsGoneBy: day },
      ),
    ),
    kept: many(objectShape({ store: wellFormed, table: wellFormed, rows: count, because: wellFormed }, { until: day })),
    search: objectShape({ stores: many(wellFormed), values: count, found: count }),
  }),
  access: objectShape(
    {
      kind: wellFormed,
      requestId: wellFormed,
      stores: many(objectShape({ store: wellFormed, tables: many(objectShape({ table: wellFormed, rows: count })) })),
    },
    { packageHex: sha256 },
  ),
  choice: objectShape({ kind: wellFormed, choice: wellFormed, state: wellFormed }, { purpose: wellFormed }),
})
