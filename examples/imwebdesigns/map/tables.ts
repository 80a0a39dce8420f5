/** What the chapters of the map are written in: tables against the fields and contexts of the company's policy. */
import type { Owner, TableMap } from '@avow/core/map/document'
import type { contexts } from '@avow/policy-imwebdesigns/contexts'
import type { fields } from '@avow/policy-imwebdesigns/fields'

export type Tables = Readonly<Record<string, TableMap<keyof typeof fields, keyof typeof contexts>>>

/** The row is the account's that this column names. */
export const accountOf = (column: string): Owner => ({ table: 'accounts', on: { [column]: 'id' } })

/** The same, where the column cannot be null. */
export const alwaysAccountOf = (column: string): Owner => ({ ...accountOf(column), required: true })

/** What stands where somebody wrote and has since been forgotten. */
export const withdrawn = '[withdrawn]'
export const formerMember = 'former member'
/** And where a time must stand in a column that takes no null. */
export const noTime = '1970-01-01T00:00:00Z'
