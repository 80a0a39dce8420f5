/**
 * Whether a map can stand. Three questions: is it well formed; has every column an answer; and is every row somebody's,
 * with no answer holding the data of another person and no erasure reaching a row that is not the subject's.
 * Does not: compare the map with a live schema (checkSchema.ts), or look at rows (the connector's `orphans`).
 */
import { AvowError, type ErrorCode, type ErrorPath } from '../errors.ts'
import type { DataMap, MapVocabulary, Reference, StoreMap, TableMap } from './document.ts'
import {
  coversKey,
  type Edge,
  type Node,
  type OwnedTable,
  type Ownership,
  ownershipOf,
  readColumn,
} from './ownership.ts'
import { anonymised, canCut, cutOf, deleted, deletionOrder, emptied, unlinked } from './plan.ts'
import { isNever } from './rowTest.ts'

export interface MapFault {
  readonly code: Extract<ErrorCode, 'MAP_MALFORMED' | 'MAP_UNCLASSIFIED' | 'MAP_UNSOUND'>
  readonly message: string
  readonly path: ErrorPath
}

/** Every fault of a map; none where it can stand. @param vocabulary the policy it is written against */
export function mapFaults(map: DataMap, vocabulary: MapVocabulary): MapFault[] {
  return Object.entries(map.stores).flatMap(([name, store]) => {
    const at = ['stores', name, 'tables']
    const malformed = Object.entries(store.tables).flatMap(([table, of]) =>
      formFaults(store, table, of, vocabulary, [...at, table]),
    )
    // What a malformed map would mean cannot be asked.
    if (malformed.some((fault) => fault.code === 'MAP_MALFORMED')) return malformed
    const of = ownershipOf(store)
    const unsound = [...of.tables.values()].flatMap((table) => [
      ...ownerFaults(of, table, [...at, table.name]),
      ...answerFaults(of, table, [...at, table.name]),
      ...remainFaults(of, table, [...at, table.name]),
    ])
    return [...malformed, ...unsound, ...edgeFaults(of, at), ...identifierFaults(of, at)]
  })
}

/**
 * @throws AvowError with the first fault and the number of the others: MAP_MALFORMED, MAP_UNSOUND or MAP_UNCLASSIFIED,
 * in that order
 */
export function checkMap(map: DataMap, vocabulary: MapVocabulary): void {
  const faults = mapFaults(map, vocabulary)
  const order = ['MAP_MALFORMED', 'MAP_UNSOUND', 'MAP_UNCLASSIFIED']
  const [first] = faults.toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code))
  if (first === undefined) return
  const more = faults.length === 1 ? '' : ` (and ${faults.length - 1} more: \`avow map check\` lists them)`
  throw new AvowError(first.code, first.message + more, { path: first.path })
}

function formFaults(
  store: StoreMap,
  name: string,
  table: TableMap,
  vocabulary: MapVocabulary,
  at: ErrorPath,
): MapFault[] {
  const faults: MapFault[] = []
  const malformed = (message: string, ...path: ErrorPath) =>
    faults.push({ code: 'MAP_MALFORMED', message, path: [...at, ...path] })
  const known = (of: string, column: string) => store.tables[of]?.columns[column] !== undefined
  const columnsKnown = (of: string, columns: readonly string[], ...path: ErrorPath) => {
    for (const column of columns)
      if (!known(of, column))
        malformed(`unknown column \`${column}\` of \`${of}\`: add it to the columns of the table`, ...path)
  }
  if (!Object.hasOwn(vocabulary.contexts, table.context))
    malformed(`unknown context \`${table.context}\` of \`${name}\`: use one the policy declares`, 'context')
  if (table.key.length === 0) malformed(`table \`${name}\` has no key: name columns that tell its rows apart`, 'key')
  columnsKnown(name, [...table.key, ...(table.unique ?? []).flat()], 'key')
  if (table.softDelete !== undefined) columnsKnown(name, [table.softDelete], 'softDelete')
  if (typeof table.erase === 'object') {
    columnsKnown(name, [table.erase.keep.from, ...(table.erase.keep.columns ?? [])], 'erase', 'keep')
    if (!(Number.isInteger(table.erase.keep.days) && table.erase.keep.days > 0))
      malformed(`\`keep.days\` of \`${name}\` must be a whole number of days, at least 1`, 'erase', 'keep', 'days')
  }
  if (table.subject !== undefined && Object.keys(table.owners ?? {}).length > 0)
    malformed(`\`${name}\` is a table of subjects and has owners too: a subject is its own`, 'owners')
  if (Object.hasOwn(table.owners ?? {}, 'self') || Object.hasOwn(table.owners ?? {}, 'all'))
    malformed(
      `an owner of \`${name}\` is named \`self\` or \`all\`, which have a meaning of their own: rename it`,
      'owners',
    )
  const reference = (kind: string, id: string, to: Reference) => {
    if (store.tables[to.table] === undefined)
      malformed(`\`${name}.${kind}.${id}\` leads to the unknown table \`${to.table}\`: map that table`, kind, id)
    else columnsKnown(to.table, [...Object.values(to.on), ...Object.keys(to.where ?? {})], kind, id)
    columnsKnown(name, [...Object.keys(to.on), ...Object.keys(to.when ?? {})], kind, id)
    if (Object.keys(to.on).length === 0)
      malformed(`\`${name}.${kind}.${id}\` joins on no column: say which are equal`, kind, id, 'on')
    if (to.proposed === true)
      faults.push({
        code: 'MAP_UNCLASSIFIED',
        message: `\`${name}.${kind}.${id}\` is proposed and not reviewed: take away \`proposed\`, or the path`,
        path: [...at, kind, id],
      })
  }
  for (const [id, owner] of Object.entries(table.owners ?? {})) {
    reference('owners', id, owner)
    const there = store.tables[owner.table]
    for (const as of owner.as ?? [])
      if (there !== undefined && there.owners?.[as] === undefined)
        malformed(
          `\`${name}.owners.${id}\` asks for the unknown owner \`${as}\` of \`${owner.table}\``,
          'owners',
          id,
          'as',
        )
  }
  for (const [id, link] of Object.entries(table.links ?? {})) {
    reference('links', id, link)
    if (link.give !== undefined) columnsKnown(link.table, link.give, 'links', id, 'give')
    if (typeof link.onErasure === 'object')
      columnsKnown(name, Object.keys(link.onErasure.anonymise), 'links', id, 'onErasure')
  }
  for (const [column, of] of Object.entries(table.columns)) {
    const read = readColumn(column, of)
    if (read.kind === 'unclassified')
      faults.push({
        code: 'MAP_UNCLASSIFIED',
        message: `column \`${name}.${column}\` is not classified: say its field, \`notPersonal\` or \`key\``,
        path: [...at, 'columns', column],
      })
    if (read.kind !== 'personal') continue
    if (!Object.hasOwn(vocabulary.fields, read.field))
      malformed(
        `unknown field \`${read.field}\` of \`${name}.${column}\`: use one the policy declares`,
        'columns',
        column,
      )
    if (read.of === undefined || read.of === 'all') continue
    for (const owner of read.of)
      if (table.owners?.[owner] === undefined)
        malformed(
          `\`${name}.${column}\` is of the unknown owner \`${owner}\`: use one of its owners, or \`all\``,
          'columns',
          column,
        )
  }
  return faults
}

const unsound = (message: string, path: ErrorPath): MapFault => ({ code: 'MAP_UNSOUND', message, path })

/** Every row with something personal in it belongs to someone, or the map says what it is when it does not. */
function ownerFaults(of: Ownership, table: OwnedTable, at: ErrorPath): MapFault[] {
  if (table.personal.length > 0 && table.nodes.length === 0)
    return [
      unsound(
        `table \`${table.name}\` holds \`${table.personal[0]!.name}\`, which is personal, and no path leads from it to a subject: declare an owner`,
        at,
      ),
    ]
  const faults = table.nodes
    .filter((node) => !leadsToSubject(node, new Set()))
    .map((node) =>
      unsound(
        `the path \`${table.name}.owners.${node.owner}\` never comes to a subject: \`${node.path!.table}\` has no owner it could lead to`,
        [...at, 'owners', node.owner],
      ),
    )
  if (faults.length > 0 || table.personal.length === 0) return faults
  if (!accountedFor(of, table.name, new Set()))
    faults.push(
      unsound(
        `a row of \`${table.name}\` may have no owner, as ${table.nodes.map((node) => `\`${table.name}.owners.${node.owner}\``).join(', ')} may be null or conditional: mark one \`required\`, or say with \`orphans\` what such a row is`,
        at,
      ),
    )
  return faults
}

function leadsToSubject(node: Node, seen: Set<Node>): boolean {
  if (node.path === undefined) return true
  if (seen.has(node)) return false
  seen.add(node)
  return node.to.some((next) => leadsToSubject(next, seen))
}

/** Each row has an owner for certain, or the map says what one without is; here or where a required path leads. */
function accountedFor(of: Ownership, name: string, seen: ReadonlySet<string>): boolean {
  const table = of.tables.get(name)!
  if (table.map.subject !== undefined || table.map.orphans !== undefined) return true
  if (seen.has(name)) return false
  return table.nodes.some(({ path, forward }) => {
    const plain = Object.keys({ ...path?.when, ...path?.where }).length === 0 && path?.as === undefined
    return path?.required === true && forward && plain && accountedFor(of, path.table, new Set([...seen, name]))
  })
}

/** No answer holds the data of another person. */
function answerFaults(of: Ownership, table: OwnedTable, at: ErrorPath): MapFault[] {
  const faults: MapFault[] = []
  const paths = table.nodes.map((node) => `\`${table.name}.owners.${node.owner}\``).join(', ')
  if (table.several)
    for (const column of table.personal)
      if (column.of === undefined)
        faults.push(
          unsound(
            `a row of \`${table.name}\` may have several owners (${paths}), and each would be given \`${column.name}\`: say with \`of\` whose it is, or \`all\``,
            [...at, 'columns', column.name],
          ),
        )
  for (const [id, link] of Object.entries(table.map.links ?? {})) {
    const path = [...at, 'links', id]
    const there = of.tables.get(link.table)!
    if (link.give !== undefined && there.nodes.length > 0)
      faults.push(
        unsound(
          `the link \`${table.name}.links.${id}\` gives columns of \`${link.table}\`, whose rows belong to somebody: what is only reached is not given`,
          path,
        ),
      )
    if (link.give !== undefined && !coversKey(there.map, Object.values(link.on)))
      faults.push(
        unsound(
          `the link \`${table.name}.links.${id}\` gives columns of any number of rows: join on the key of \`${link.table}\``,
          path,
        ),
      )
    const changed = typeof link.onErasure === 'object' ? Object.keys(link.onErasure.anonymise) : []
    for (const column of changed)
      if (table.personal.some((each) => each.name === column))
        faults.push(
          unsound(
            `the link \`${table.name}.links.${id}\` would overwrite \`${column}\`, which belongs to the owner of the row: if it is about who is reached, make the link an owner and the column \`of\` it`,
            path,
          ),
        )
  }
  return faults
}

/** What an erasure leaves standing is empty, or no longer the subject's, or kept with a reason. */
function remainFaults(of: Ownership, table: OwnedTable, at: ErrorPath): MapFault[] {
  const faults: MapFault[] = []
  const changed = new Set([
    ...(isNever(anonymised(of, table)) ? [] : Object.keys(emptied(of, table))),
    ...(table.several ? table.personal.filter((column) => column.of !== 'all').map((column) => column.name) : []),
    ...(table.keep?.columns === undefined
      ? []
      : table.personal.map((column) => column.name).filter((name) => !table.keep!.columns!.includes(name))),
  ])
  for (const column of [...table.map.key, ...(table.keep === undefined ? [] : [table.keep.from])])
    if (changed.has(column))
      faults.push(
        unsound(
          `an erasure would empty \`${table.name}.${column}\`, by which its rows are told apart or kept: choose another key, or delete the row`,
          [...at, 'columns', column],
        ),
      )
  if (table.several)
    for (const node of table.nodes)
      if (!isCut(of, node, new Set()))
        faults.push(
          unsound(
            `after an erasure a row of \`${table.name}\` that another owner keeps would still be the subject's by \`${table.name}.owners.${node.owner}\`: let the path go through a row that is deleted, or by columns that can be emptied`,
            [...at, 'owners', node.owner],
          ),
        )
  return faults
}

/** Once the subject is erased, the path of a row that stays no longer leads to it. */
function isCut(of: Ownership, node: Node, seen: Set<Node>): boolean {
  if (node.path === undefined) return isGone(of, of.tables.get(node.table)!)
  if (seen.has(node)) return true
  seen.add(node)
  const target = of.tables.get(node.path.table)!
  if (target.map.subject !== undefined) {
    const cut = cutOf(of, of.tables.get(node.table)!, node.owner)
    return Object.keys(cut).length > 0 || isGone(of, target)
  }
  if (target.keep !== undefined) return false
  return (isGone(of, target) && !target.several) || node.to.every((next) => isCut(of, next, seen))
}

/** Rows of it that are the subject's alone are deleted, always. */
const isGone = (of: Ownership, table: OwnedTable): boolean =>
  isNever(anonymised(of, table)) && !isNever(deleted(of, table)) && table.keep === undefined

/** What points at a row that goes can be cut from it, and rows that go can be put in an order. */
function edgeFaults(of: Ownership, at: ErrorPath): MapFault[] {
  const faults: MapFault[] = []
  const path = (edge: Edge) => [...at, ...edge.name.split('.')]
  for (const edge of of.edges) {
    if (!isNever(unlinked(of, edge)) && !canCut(of, edge))
      faults.push(
        unsound(
          `rows of \`${edge.holder}\` that stay point by \`${edge.name}\`, which cannot be emptied, at rows of \`${edge.target}\` that are deleted: let \`${edge.target}\` be anonymised, or the link \`keep\` it`,
          path(edge),
        ),
      )
    const holder = of.tables.get(edge.holder)
    if (holder === undefined || canCut(of, edge)) continue
    const anchored = edge.owners.length > 0 && of.tables.get(edge.target)?.map.subject !== undefined
    if (anchored && holder.several)
      faults.push(
        unsound(
          `\`${edge.name}\` cannot be emptied when one of several owners is erased: give its columns an \`erased\` value, or let it be null`,
          path(edge),
        ),
      )
  }
  const { order, broken } = deletionOrder(of)
  for (const edge of of.edges) {
    const [holder, target] = [order.indexOf(edge.holder), order.indexOf(edge.target)]
    if (edge.isKey && !broken.has(edge) && holder > target && target >= 0)
      faults.push(
        unsound(
          `rows of \`${edge.holder}\` and \`${edge.target}\` point at each other and none can be deleted first: let one path of the ring, as \`${edge.name}\`, be null`,
          path(edge),
        ),
      )
  }
  return faults
}

/** The same value never means two subjects: somewhere it is unique. */
function identifierFaults(of: Ownership, at: ErrorPath): MapFault[] {
  const holders = new Map<string, { table: OwnedTable; column: string; unique: boolean }[]>()
  const faults: MapFault[] = []
  for (const table of of.tables.values()) {
    if (table.map.subject === undefined) continue
    const identifiers = table.columns.flatMap((column) =>
      (column.kind === 'personal' || column.kind === 'key') && column.identifier !== undefined
        ? [{ table, column: column.name, kind: column.identifier, unique: coversKey(table.map, [column.name]) }]
        : [],
    )
    if (identifiers.length === 0)
      faults.push(
        unsound(
          `no column of \`${table.name}\` identifies its subjects: nobody could be found in it; declare an \`identifier\``,
          [...at, table.name],
        ),
      )
    for (const each of identifiers) {
      const kind = `${table.map.subject}\n${each.kind}`
      holders.set(kind, [...(holders.get(kind) ?? []), each])
    }
  }
  for (const [kind, found] of holders)
    if (!found.some((each) => each.unique)) {
      const { table, column } = found[0]!
      faults.push(
        unsound(
          `two subjects may have the same \`${kind.split('\n')[1]}\`, as \`${table.name}.${column}\` is not unique, and one would be answered with the data of the other: declare it \`unique\` where it is, or make it no identifier`,
          [...at, table.name, 'columns', column],
        ),
      )
    }
  return faults
}
