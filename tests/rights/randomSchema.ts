/**
 * A random product: tables, their rows, and the map of them, all from one seed. Everything the map can say turns up:
 * parents, join tables, several owners, shared rows, rings, self-reference, polymorphic references, composite keys,
 * links that unlink or keep, rows kept or anonymised, soft deletes, rows of nobody.
 */
import type { ColumnMap, Link, Owner, Scalar, StoreMap, TableMap } from '@avow/core/map/document'
import { ownershipOf } from '@avow/core/map/ownership'

export type Cell = Scalar
export type Row = Record<string, Cell>

export interface RandomSchema {
  readonly seed: number
  readonly name: string
  readonly map: StoreMap
  readonly ddl: string
  /** As inserted; foreign keys that could not be there yet are set afterwards, and shown here as they end up. */
  readonly rows: Readonly<Record<string, readonly Row[]>>
  readonly inserts: string
  /** E-mail addresses of the people. */
  readonly people: readonly string[]
}

export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type KeyType = 'bigint' | 'uuid' | 'text' | 'composite'

interface Draft {
  readonly name: string
  readonly keyType: KeyType
  readonly key: readonly string[]
  readonly columns: Record<string, ColumnMap>
  readonly types: Record<string, string>
  readonly owners: Record<string, Owner>
  readonly links: Record<string, Link>
  readonly foreignKeys: {
    columns: string[]
    table: string
    references: readonly string[]
    required: boolean
    action: string
  }[]
  subject?: 'person' | 'household'
  erase?: TableMap['erase']
  softDelete?: string
  readonly unique: string[][]
}

const keyTypes: readonly KeyType[] = ['bigint', 'uuid', 'text', 'composite']
export const now = new Date('2026-06-01T00:00:00Z')

export function randomSchema(seed: number): RandomSchema {
  const next = random(seed)
  const chance = (p: number) => next() < p
  const below = (n: number) => Math.floor(next() * n)
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!
  const drafts: Draft[] = []

  const draft = (name: string, keyType: KeyType = pick(keyTypes)): Draft => {
    const key = keyType === 'composite' ? ['tenant', 'no "x"'] : ['id']
    const types = Object.fromEntries(key.map((column) => [column, keyType === 'composite' ? 'integer' : keyType]))
    const made: Draft = { name, keyType, key, types, columns: {}, owners: {}, links: {}, foreignKeys: [], unique: [] }
    for (const column of key) made.columns[column] = 'key'
    drafts.push(made)
    return made
  }
  const personal = (table: Draft, name: string, of?: string | string[]) => {
    table.columns[name] =
      of === undefined ? 'thing' : { field: 'thing', of, ...(chance(0.2) ? { erased: 'gone' } : {}) }
    table.types[name] = pick(['text', 'text', 'jsonb', 'character varying(80)'])
    if (table.types[name] === 'jsonb' && typeof table.columns[name] === 'object')
      table.columns[name] = { field: 'thing', ...(of === undefined ? {} : { of }) }
  }
  /** Columns of `table` that point at `target`, with the foreign key. @returns the join */
  const point = (table: Draft, target: Draft, name: string, required: boolean): Record<string, string> => {
    const on: Record<string, string> = {}
    for (const column of target.key) {
      const own = target.key.length === 1 ? `${name}_id` : `${name}_${column}`
      table.columns[own] = 'key'
      table.types[own] = target.types[column]!
      on[own] = column
    }
    table.foreignKeys.push({
      columns: Object.keys(on),
      table: target.name,
      references: Object.values(on),
      required,
      action: pick(['no action', 'no action', 'restrict', 'cascade', 'set null']),
    })
    return on
  }
  const required = (yes: boolean) => (yes ? { required: true as const } : {})
  const owned = () => drafts.filter((each) => each.subject === 'person' || Object.keys(each.owners).length > 0)

  const people = draft('people')
  people.subject = 'person'
  people.columns.email = { field: 'thing', identifier: 'email' }
  people.types.email = 'text'
  people.unique.push(['email'])
  personal(people, 'name')
  if (chance(0.5)) {
    // Found through the account, not through the address.
    people.columns.code = { key: true, identifier: 'code' }
    people.types.code = 'text'
    people.unique.push(['code'])
    const visitors = draft('visitors')
    visitors.subject = 'person'
    visitors.columns.code = { key: true, identifier: 'code' }
    visitors.types.code = 'text'
    visitors.columns.cookie = { field: 'thing', identifier: 'cookie' }
    visitors.types.cookie = 'text'
    visitors.unique.push(['cookie'])
  }
  if (chance(0.25)) people.erase = 'anonymise'
  const catalogue = draft('catalogue')
  catalogue.columns.label = 'notPersonal'
  catalogue.types.label = 'text'

  const size = 2 + below(4)
  for (let n = 0; n < size; n++) {
    const name = `t${n} "q"`
    switch (below(9)) {
      case 0: {
        const child = draft(name)
        const target = pick(owned())
        const sure = chance(0.5)
        child.owners.parent = { table: target.name, on: point(child, target, 'parent', sure), ...required(sure) }
        break
      }
      case 1: {
        // A room, who is in it, and what they say there.
        const room = draft(name)
        const seat = draft(`${name} seat`)
        const inRoom = point(seat, room, 'room', true)
        const who = point(seat, people, 'who', true)
        seat.owners.who = { table: 'people', on: who, required: true }
        seat.links.room = { table: room.name, on: inRoom, required: true }
        const back = Object.fromEntries(Object.entries(inRoom).map(([own, its]) => [its, own]))
        room.owners.members = { table: seat.name, on: back }
        if (chance(0.7)) {
          const said = draft(`${name} said`)
          const by = point(said, people, 'by', false)
          said.owners.by = { table: 'people', on: by }
          said.owners.heard = { table: room.name, on: point(said, room, 'room', true), required: true }
        }
        break
      }
      case 2: {
        const letter = draft(name)
        letter.owners.sender = { table: 'people', on: point(letter, people, 'sender', false) }
        letter.owners.receiver = { table: 'people', on: point(letter, people, 'receiver', false) }
        break
      }
      case 3: {
        const folder = draft(name)
        folder.owners.holder = { table: 'people', on: point(folder, people, 'holder', false) }
        folder.owners.above = { table: folder.name, on: point(folder, folder, 'above', false) }
        break
      }
      case 4: {
        const post = draft(name)
        const sure = chance(0.3)
        post.owners.author = { table: 'people', on: point(post, people, 'author', sure), ...required(sure) }
        post.links.replyTo = {
          table: post.name,
          on: point(post, post, 'reply', false),
          ...(chance(0.5) ? { onErasure: 'keep' as const } : {}),
        }
        break
      }
      case 5: {
        const note = draft(name)
        note.columns.kind = 'key'
        note.types.kind = 'text'
        note.columns.about = 'key'
        note.types.about = 'text'
        const simple = owned().filter((each) => each.key.length === 1)
        for (const target of simple.slice(0, 3))
          note.owners[`on ${target.name}`] = { table: target.name, on: { about: 'id' }, when: { kind: target.name } }
        if (simple.length === 0) note.owners.who = { table: 'people', on: point(note, people, 'who', false) }
        break
      }
      case 6: {
        const address = draft(name)
        const on = point(people, address, `home${n}`, false)
        address.owners.resident = {
          table: 'people',
          on: Object.fromEntries(Object.entries(on).map(([own, its]) => [its, own])),
        }
        people.links[`home${n}`] = { table: address.name, on }
        break
      }
      case 7: {
        // Two tables that point at each other; one may own the other.
        const a = draft(name)
        const b = draft(`${name} pair`)
        a.owners.who = { table: 'people', on: point(a, people, 'who', false) }
        const toB = point(a, b, 'b', false)
        const toA = point(b, a, 'a', false)
        b.owners.a = { table: a.name, on: toA }
        if (chance(0.5)) a.owners.b = { table: b.name, on: toB }
        else a.links.b = { table: b.name, on: toB }
        break
      }
      default: {
        const sale = draft(name)
        const sure = chance(0.6)
        const to = chance(0.5) ? people : pick(owned())
        sale.owners.buyer = { table: to.name, on: point(sale, to, 'buyer', sure), ...required(sure) }
        sale.links.item = { table: 'catalogue', on: point(sale, catalogue, 'item', false), give: ['label'] }
      }
    }
  }
  // Links across, of any table to any owned one.
  for (const table of drafts.filter(() => chance(0.3))) {
    const target = pick(owned())
    table.links.across = {
      table: target.name,
      on: point(table, target, 'across', false),
      ...(chance(0.3) ? { onErasure: 'keep' as const } : {}),
    }
  }
  // Whether a row may have several owners decides if its columns must say whose they are; now and then they do not.
  const shape = ownershipOf({ kind: 'postgres', level: 'answered', country: 'GB', tables: mapTables(drafts) })
  for (const table of drafts) {
    const owners = Object.keys(table.owners)
    if (table === catalogue || table === people) continue
    const several = shape.tables.get(table.name)!.several
    const whose = (): string | string[] | undefined => {
      if (table.subject !== undefined || chance(several ? 0.02 : 0.9)) return undefined
      if (chance(0.4) || owners.length === 0) return 'all'
      return chance(0.3) && owners.length > 1 ? [owners[0]!, owners[1]!] : pick(owners)
    }
    for (let n = 0; n < 1 + below(2); n++) personal(table, `c${n} é`, whose())
    if (chance(0.2)) {
      table.softDelete = 'deleted_at'
      table.columns.deleted_at = 'notPersonal'
      table.types.deleted_at = 'timestamp with time zone'
    }
    const end = table.subject === undefined ? below(8) : 0
    if (end === 1) table.erase = 'anonymise'
    if (end === 2) {
      table.columns.made_on = 'notPersonal'
      table.types.made_on = 'date'
      const covered = Object.keys(table.columns).filter((column) => column.startsWith('c0'))
      const columns = chance(0.5) ? { columns: covered } : {}
      table.erase = { keep: { because: 'books', from: 'made_on', days: 365, ...columns } }
    }
  }
  return fill(seed, drafts, { chance, below, pick })
}

interface Dice {
  chance(p: number): boolean
  below(n: number): number
  pick<T>(from: readonly T[]): T
}

function mapTables(drafts: readonly Draft[]): Record<string, TableMap> {
  const tables: Record<string, TableMap> = {}
  for (const each of drafts)
    tables[each.name] = {
      context: 'here',
      key: each.key,
      columns: each.columns,
      owners: each.owners,
      links: each.links,
      orphans: 'finding',
      ...(each.unique.length > 0 ? { unique: each.unique } : {}),
      ...(each.subject === undefined ? {} : { subject: each.subject }),
      ...(each.erase === undefined ? {} : { erase: each.erase }),
      ...(each.softDelete === undefined ? {} : { softDelete: each.softDelete }),
    }
  return tables
}

function fill(seed: number, drafts: readonly Draft[], { chance, below, pick }: Dice): RandomSchema {
  const name = `s${seed}`
  const quote = (each: string) => `"${each.replaceAll('"', '""')}"`
  const table = (each: string) => `${quote(name)}.${quote(each)}`
  const tables = mapTables(drafts)
  const rows: Record<string, Row[]> = {}
  const keyOf = (type: KeyType, n: number, from: number): Cell[] => {
    if (type === 'composite') return [1 + (n % 2), n]
    if (type === 'uuid') return [`00000000-0000-4000-8000-${String(from * 1000 + n).padStart(12, '0')}`]
    return [type === 'text' ? `key ${n}'"` : 1000 * from + n]
  }
  for (const [index, each] of drafts.entries()) {
    const count = each.subject === undefined ? 3 + below(7) : 4
    rows[each.name] = Array.from({ length: count }, (_, n) => {
      const key = keyOf(each.keyType, n, index)
      const row: Row = Object.fromEntries(each.key.map((column, i) => [column, key[i]!]))
      for (const [column, of] of Object.entries(each.columns)) {
        if (column in row) continue
        const canary = `canary-${seed}-${index}-${n}-${Object.keys(each.columns).indexOf(column)}-end`
        if (column === 'email') row[column] = `p${n}.${seed}@example.com`
        else if (column === 'code') row[column] = `code ${n}`
        else if (column === 'made_on') row[column] = chance(0.15) ? null : chance(0.6) ? '2026-01-15' : '2020-01-15'
        else if (column === 'deleted_at') row[column] = chance(0.5) ? null : '2026-02-02 10:00:00+00'
        else if (of === 'notPersonal') row[column] = `label ${n}`
        else if (of === 'key' || (typeof of === 'object' && 'key' in of)) row[column] = null
        else row[column] = chance(0.1) && column !== 'cookie' ? null : canary
      }
      return row
    })
  }
  for (const each of drafts) {
    for (const key of each.foreignKeys)
      for (const row of rows[each.name]!) {
        const to = rows[key.table]!
        if (to.length === 0 || (!key.required && chance(0.25))) continue
        const target = pick(to)
        for (const [i, column] of key.columns.entries()) row[column] = target[key.references[i]!]!
      }
    if (each.columns.kind !== undefined && each.columns.about !== undefined)
      for (const row of rows[each.name]!) {
        const owner = pick(Object.values(each.owners))
        row.kind = String(Object.values(owner.when ?? { kind: 'none' })[0])
        row.about = String(pick(rows[owner.table]!).id ?? 'none')
      }
  }
  // Rows hold what a key needs only if it is required; a row of a required key with no row to point at cannot be.
  const columns = (each: Draft) =>
    Object.entries(each.types).map(([column, type]) => {
      const must =
        each.key.includes(column) || each.foreignKeys.some((key) => key.required && key.columns.includes(column))
      return `${quote(column)} ${type}${must ? ' not null' : ''}`
    })
  const literal = (value: Cell, type: string) => {
    if (value === null) return 'null'
    return `'${(type === 'jsonb' ? JSON.stringify({ v: value }) : String(value)).replaceAll("'", "''")}'::${type}`
  }
  const ddl = [
    `create schema ${quote(name)}`,
    ...drafts.map(
      (each) =>
        `create table ${table(each.name)} (${[...columns(each), `primary key (${each.key.map(quote).join(', ')})`, ...(each.subject === undefined ? [] : each.unique.map((unique) => `unique (${unique.map(quote).join(', ')})`))].join(', ')})`,
    ),
  ]
  const keys = drafts.flatMap((each) =>
    each.foreignKeys.map(
      (key) =>
        `alter table ${table(each.name)} add foreign key (${key.columns.map(quote).join(', ')}) references ${table(key.table)} (${key.references.map(quote).join(', ')}) on delete ${key.action}`,
    ),
  )
  const inserts = drafts.flatMap((each) => {
    const names = Object.keys(each.types)
    const values = rows[each.name]!.map(
      (row) => `(${names.map((column) => literal(row[column] ?? null, each.types[column]!)).join(', ')})`,
    )
    return values.length === 0
      ? []
      : [`insert into ${table(each.name)} (${names.map(quote).join(', ')}) values ${values.join(', ')}`]
  })
  return {
    seed,
    name,
    map: { kind: 'postgres', level: 'answered', country: 'GB', schema: name, tables },
    ddl: ddl.join(';\n'),
    rows,
    inserts: [...inserts, ...keys].join(';\n'),
    people: rows.people!.map((row) => String(row.email)),
  }
}
