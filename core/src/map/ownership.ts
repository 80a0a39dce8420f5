/**
 * What a store's map says about whose each row is, in the form that planning and checking work on.
 * A node is a table and one of its owners; a table of subjects has the one owner `self`. A row is a subject's at a node
 * if the node's reference leads from it to a row that is the subject's. Nothing else makes it so.
 * Does not: judge the map (check.ts); it may be asked of maps that cannot stand, and must not loop on them.
 */
import type { ColumnMap, Keep, Link, Owner, Reference, Scalar, StoreMap, TableMap } from './document.ts'

export const self = 'self'

export type Column =
  | {
      readonly kind: 'personal'
      readonly name: string
      readonly field: string
      /** Owners whose value it is; undefined where the map does not say. */
      readonly of: readonly string[] | 'all' | undefined
      readonly identifier: string | undefined
      readonly search: boolean
      readonly freeText: boolean
      readonly erased: Scalar
    }
  | {
      readonly kind: 'key'
      readonly name: string
      readonly identifier: string | undefined
      readonly erased: Scalar | undefined
    }
  | { readonly kind: 'notPersonal' | 'unclassified'; readonly name: string }

export type PersonalColumn = Extract<Column, { kind: 'personal' }>

export function readColumn(name: string, map: ColumnMap): Column {
  if (map === 'notPersonal') return { kind: 'notPersonal', name }
  if (map === 'key') return { kind: 'key', name, identifier: undefined, erased: undefined }
  if (typeof map === 'string') return readColumn(name, { field: map })
  if ('proposed' in map) return { kind: 'unclassified', name }
  if ('key' in map) return { kind: 'key', name, identifier: map.identifier, erased: map.erased }
  return {
    kind: 'personal',
    name,
    field: map.field,
    of: map.of === undefined || map.of === 'all' ? map.of : [map.of].flat(),
    identifier: map.identifier,
    search: map.search === true || map.identifier !== undefined,
    freeText: map.freeText === true,
    erased: map.erased ?? null,
  }
}

/**
 * A reference with its direction: `holder` has the columns that point, `target` the key they point at.
 * A join on columns that are no key of either side points nowhere: `isKey` is false.
 */
export interface Edge {
  /** For messages: `orders.owners.buyer`. */
  readonly name: string
  readonly holder: string
  readonly target: string
  /** Columns of the holder, and of the target, pairwise. */
  readonly holderColumns: readonly string[]
  readonly targetColumns: readonly string[]
  readonly holderWhere: Readonly<Record<string, Scalar>>
  readonly targetWhere: Readonly<Record<string, Scalar>>
  readonly isKey: boolean
  readonly required: boolean
  /** The owners of the holder that this edge is the path of; none for a mere link, or a path the other way. */
  readonly owners: readonly string[]
  readonly onErasure: NonNullable<Link['onErasure']>
}

/** One path of ownership. `forward`: this table's columns are the ones that point. */
export interface Node {
  readonly table: string
  readonly owner: string
  /** Undefined at a table of subjects. */
  readonly path: Owner | undefined
  readonly forward: boolean
  /** It may lead to more than one row, so to more than one subject. */
  readonly many: boolean
  /** Nodes it leads to. */
  readonly to: readonly Node[]
}

export interface OwnedTable {
  readonly name: string
  readonly map: TableMap
  readonly columns: readonly Column[]
  readonly personal: readonly PersonalColumn[]
  readonly nodes: readonly Node[]
  /** A row may have several owners. */
  readonly several: boolean
  readonly keep: Keep | undefined
}

export interface Ownership {
  readonly store: StoreMap
  readonly tables: ReadonlyMap<string, OwnedTable>
  readonly edges: readonly Edge[]
}

/** Whether `columns` hold a whole key, so that equal values mean one row. */
export function coversKey(table: TableMap, columns: readonly string[]): boolean {
  return [table.key, ...(table.unique ?? [])].some(
    (key) => key.length > 0 && key.every((column) => columns.includes(column)),
  )
}

export function ownershipOf(store: StoreMap): Ownership {
  const nodes = readNodes(store)
  const tables = new Map<string, OwnedTable>()
  for (const [name, map] of Object.entries(store.tables)) {
    const columns = Object.entries(map.columns).map(([column, of]) => readColumn(column, of))
    const own = nodes.filter((node) => node.table === name)
    tables.set(name, {
      name,
      map,
      columns,
      personal: columns.filter((column) => column.kind === 'personal'),
      nodes: own,
      several: own.some((node) => node.many) || own.some((a, i) => own.slice(i + 1).some((b) => !exclusive(a, b))),
      keep: typeof map.erase === 'object' ? map.erase.keep : undefined,
    })
  }
  return { store, tables, edges: readEdges(store) }
}

/** Paths of which a row can only ever take one: they ask for different values of the same column. */
function exclusive(a: Node, b: Node): boolean {
  return Object.entries(a.path?.when ?? {}).some(([column, value]) => {
    const other = b.path?.when?.[column]
    return other !== undefined && other !== value
  })
}

function readNodes(store: StoreMap): Node[] {
  const nodes: (Omit<Node, 'many' | 'to'> & { many: boolean; to: Node[] })[] = []
  for (const [table, map] of Object.entries(store.tables)) {
    if (map.subject !== undefined)
      nodes.push({ table, owner: self, path: undefined, forward: false, many: false, to: [] })
    for (const [owner, path] of Object.entries(map.owners ?? {})) {
      const target = store.tables[path.table]
      const one = target !== undefined && coversKey(target, Object.values(path.on))
      nodes.push({ table, owner, path, forward: one, many: !one, to: [] })
    }
  }
  for (const node of nodes)
    if (node.path !== undefined) {
      const { table, as } = node.path
      node.to = nodes.filter((each) => each.table === table && (as === undefined || as.includes(each.owner)))
    }
  // A path to a row of several owners leads to several subjects: the least set closed under that.
  for (let changed = true; changed; ) {
    changed = false
    for (const node of nodes) {
      if (node.many) continue
      const severalThere =
        node.to.some((each) => each.many) || node.to.some((a, i) => node.to.slice(i + 1).some((b) => !exclusive(a, b)))
      if (severalThere) {
        node.many = true
        changed = true
      }
    }
  }
  return nodes
}

function readEdges(store: StoreMap): Edge[] {
  const edges: Edge[] = []
  for (const [table, map] of Object.entries(store.tables)) {
    for (const [name, path] of Object.entries(map.owners ?? {}))
      edges.push(readEdge(store, table, `${table}.owners.${name}`, path, [name], 'unlink'))
    for (const [name, link] of Object.entries(map.links ?? {}))
      edges.push(readEdge(store, table, `${table}.links.${name}`, link, [], link.onErasure ?? 'unlink'))
  }
  return mergeEdges(edges)
}

function readEdge(
  store: StoreMap,
  table: string,
  name: string,
  reference: Reference,
  owners: readonly string[],
  onErasure: NonNullable<Link['onErasure']>,
): Edge {
  const from = Object.keys(reference.on)
  const to = Object.values(reference.on)
  const target = store.tables[reference.table]
  const forward = target !== undefined && coversKey(target, to)
  const reverse = !forward && store.tables[table] !== undefined && coversKey(store.tables[table], from)
  const here = { table, columns: from, where: reference.when ?? {} }
  const there = { table: reference.table, columns: to, where: reference.where ?? {} }
  const [holder, pointed] = reverse ? [there, here] : [here, there]
  return {
    name,
    holder: holder.table,
    target: pointed.table,
    holderColumns: holder.columns,
    targetColumns: pointed.columns,
    holderWhere: holder.where,
    targetWhere: pointed.where,
    isKey: forward || reverse,
    required: !reverse && reference.required === true,
    owners: reverse ? [] : owners,
    onErasure,
  }
}

/** One foreign key may be named twice, as a path one way and as a link the other: they are one edge. */
function mergeEdges(edges: readonly Edge[]): Edge[] {
  const merged = new Map<string, Edge>()
  for (const edge of edges) {
    const pairs = edge.holderColumns.map((column, i) => [column, edge.targetColumns[i]]).sort()
    const id = JSON.stringify([edge.holder, edge.target, pairs])
    const before = merged.get(id)
    if (before === undefined) merged.set(id, edge)
    else {
      const narrow =
        JSON.stringify([before.holderWhere, before.targetWhere]) ===
        JSON.stringify([edge.holderWhere, edge.targetWhere])
      merged.set(id, {
        ...before,
        holderWhere: narrow ? before.holderWhere : {},
        targetWhere: narrow ? before.targetWhere : {},
        required: before.required || edge.required,
        owners: [...before.owners, ...edge.owners],
        onErasure: before.onErasure === 'unlink' ? edge.onErasure : before.onErasure,
      })
    }
  }
  return [...merged.values()]
}

/**
 * The columns of the holder that are emptied to cut an edge: none that tell its rows apart, and rather none that
 * another edge needs (one null is enough: with any column null, nothing is equal).
 */
export function cutColumns(of: Ownership, edge: Edge): readonly string[] {
  const key = of.tables.get(edge.holder)?.map.key ?? []
  const free = edge.holderColumns.filter((column) => !key.includes(column))
  const own = free.filter(
    (column) =>
      !of.edges.some((other) => other !== edge && other.holder === edge.holder && other.holderColumns.includes(column)),
  )
  return own.length > 0 ? own : free
}

/** What is put in the place of a column's value once it is erased. */
export function erasedValue(table: OwnedTable, column: string): Scalar {
  const found = table.columns.find((each) => each.name === column)
  return found !== undefined && 'erased' in found ? (found.erased ?? null) : null
}
