/**
 * What an answer and an erasure should be, worked out from the rows themselves, one at a time, in plain loops. It shares
 * nothing with the planner but the shape of the map: no plan, no set, no SQL.
 */
import type { ColumnMap, Scalar, StoreMap, TableMap } from '@avow/core/map/document'

/** Table → rows, each cell as text. */
export type State = Readonly<Record<string, readonly Readonly<Record<string, string | null>>[]>>
type Row = Readonly<Record<string, string | null>>

/** The subject of a row of a table of subjects: people by number, whatever table they are met in. */
type SubjectOf = (table: string, row: Row) => string

export interface Expected {
  /** Values the answer holds. */
  readonly given: ReadonlySet<string>
  /** Values left in the store after the erasure. */
  readonly left: ReadonlySet<string>
  /** Rows left, as `table:key`. */
  readonly rows: ReadonlySet<string>
  /** Values of rows a duty keeps: the answer after the erasure. */
  readonly kept: ReadonlySet<string>
  readonly orphans: Readonly<Record<string, number>>
}

export const canaries = (text: string): string[] => text.match(/canary-[\d-]+-end|p\d+\.\d+@example\.com/g) ?? []

export const rowId = (table: string, map: TableMap, row: Row): string =>
  `${table}:${map.key.map((column) => row[column]).join('|')}`

export function expect(map: StoreMap, state: State, subject: string, subjectOf: SubjectOf, now: Date): Expected {
  const owners = ownersOf(map, state, subjectOf)
  const given = new Set<string>()
  const left = new Set<string>()
  const rows = new Set<string>()
  const kept = new Set<string>()
  const orphans: Record<string, number> = {}
  const each = (visit: (table: string, of: TableMap, row: Row, roles: Roles) => void) => {
    for (const [table, of] of Object.entries(map.tables))
      for (const row of state[table]!) visit(table, of, row, owners.get(row)!)
  }
  const isHeld = (of: TableMap, row: Row) => {
    if (typeof of.erase !== 'object') return false
    const from = row[of.erase.keep.from]
    return from === null || from === undefined || Date.parse(from) + of.erase.keep.days * 86_400_000 > now.getTime()
  }
  const endsHere = (of: TableMap, row: Row, roles: Roles) => roles.has(subject) && roles.size === 1 && !isHeld(of, row)
  const leaves = (of: TableMap, row: Row, roles: Roles) => endsHere(of, row, roles) && of.erase !== 'anonymise'
  const held = new Set<Row>()
  // Rows that something which stays points at, along a link that keeps.
  each((_, of, row, roles) => {
    if (leaves(of, row, roles)) return
    for (const link of Object.values(of.links ?? {}))
      if (link.onErasure === 'keep')
        for (const target of state[link.table]!)
          if (Object.entries(link.on).every(([a, b]) => row[a] !== null && row[a] === target[b])) held.add(target)
  })
  each((table, of, row, roles) => {
    const mine = roles.get(subject)
    const add = (to: Set<string>, column: string) => {
      for (const found of canaries(row[column] ?? '')) to.add(found)
    }
    const columns = Object.entries(of.columns).flatMap(([column, what]) => (isPersonal(what) ? [{ column, what }] : []))
    const whose = (what: ColumnMap): string[] | undefined =>
      typeof what === 'object' && 'of' in what && what.of !== undefined && what.of !== 'all'
        ? [what.of].flat()
        : undefined
    if (roles.size === 0 && Object.keys(of.owners ?? {}).length > 0 && !isBlank(of, row))
      orphans[table] = (orphans[table] ?? 0) + 1
    for (const { column, what } of columns)
      if (mine !== undefined && whose(what)?.some((owner) => mine.has(owner)) !== false) add(given, column)
    if (mine !== undefined && leaves(of, row, roles) && !held.has(row)) return
    rows.add(rowId(table, of, row))
    for (const { column, what } of columns) {
      const stays = () => {
        if (mine === undefined) return true
        if (isHeld(of, row)) {
          const covers = typeof of.erase === 'object' ? of.erase.keep.columns : undefined
          return covers === undefined || covers.includes(column) || roles.size > 1
        }
        if (endsHere(of, row, roles)) return false
        const owner = whose(what)
        if (owner === undefined || !owner.some((role) => mine.has(role))) return true
        return [...roles].some(([other, as]) => other !== subject && owner.some((role) => as.has(role)))
      }
      if (stays()) {
        add(left, column)
        const shown = whose(what)?.some((owner) => mine?.has(owner) === true) !== false
        if (mine !== undefined && isHeld(of, row) && shown) add(kept, column)
      }
    }
  })
  return { given, left, rows, kept, orphans }
}

const isPersonal = (what: ColumnMap): boolean =>
  typeof what === 'string' ? what !== 'key' && what !== 'notPersonal' : 'field' in what

function isBlank(of: TableMap, row: Row): boolean {
  return Object.entries(of.columns).every(([column, what]) => {
    if (!isPersonal(what)) return true
    const erased: Scalar = typeof what === 'object' && 'erased' in what ? (what.erased ?? null) : null
    return row[column] === erased
  })
}

/** Subject → the names under which it owns the row. */
type Roles = Map<string, Set<string>>

/** Spreads ownership along every path, row by row, until nothing more is owned. */
function ownersOf(map: StoreMap, state: State, subjectOf: SubjectOf): Map<Row, Roles> {
  const owners = new Map<Row, Roles>()
  for (const [table, rows] of Object.entries(state))
    for (const row of rows) {
      const self = map.tables[table]?.subject === undefined ? [] : [[subjectOf(table, row), new Set(['self'])] as const]
      owners.set(row, new Map(self))
    }
  for (let changed = true; changed; ) {
    changed = false
    for (const [table, of] of Object.entries(map.tables))
      for (const [name, path] of Object.entries(of.owners ?? {}))
        for (const row of state[table]!)
          for (const target of state[path.table]!) {
            const meets =
              Object.entries(path.on).every(([a, b]) => row[a] !== null && row[a] === target[b]) &&
              Object.entries(path.when ?? {}).every(([column, value]) => row[column] === value) &&
              Object.entries(path.where ?? {}).every(([column, value]) => target[column] === value)
            if (!meets) continue
            const roles = owners.get(row)!
            for (const [subject, as] of owners.get(target)!) {
              if (path.as !== undefined && !path.as.some((role) => as.has(role))) continue
              if (roles.get(subject)?.has(name) === true) continue
              roles.set(subject, (roles.get(subject) ?? new Set()).add(name))
              changed = true
            }
          }
  }
  return owners
}
