/**
 * A store's schema as it stands, read by a connector: what a map is proposed from and checked against. Types only.
 */

export interface DescribedSchema {
  readonly tables: readonly DescribedTable[]
}

export interface DescribedTable {
  /** As a map names it: `table`, or `schema.table` outside the store's own schema. */
  readonly name: string
  readonly comment?: string
  /** An estimate; negative where the store has never counted. */
  readonly rows: number
  readonly columns: readonly DescribedColumn[]
  readonly primaryKey: readonly string[]
  readonly unique: readonly (readonly string[])[]
  readonly foreignKeys: readonly DescribedForeignKey[]
  /** The columns of each index, in order. */
  readonly indexes: readonly (readonly string[])[]
}

export interface DescribedColumn {
  readonly name: string
  /** As the store prints it: `bigint`, `character varying(20)`. */
  readonly type: string
  readonly nullable: boolean
  readonly generated: boolean
  readonly comment?: string
}

export interface DescribedForeignKey {
  readonly columns: readonly string[]
  readonly table: string
  readonly references: readonly string[]
  readonly onDelete: 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'
}
