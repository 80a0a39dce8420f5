/**
 * A map against the schema as it stands: what nobody has classified, what is gone, what the map says of keys, nulls and
 * foreign keys that is not so, and which indexes an answer would miss.
 * Does not: judge the map for itself (check.ts).
 */
import type { ErrorCode, ErrorPath } from '../errors.ts'
import type { StoreMap, TableMap } from './document.ts'
import { type Edge, type Ownership, ownershipOf } from './ownership.ts'
import { planErasure } from './plan.ts'
import type { DescribedForeignKey, DescribedSchema, DescribedTable } from './schema.ts'

/** `advice` fails nothing: the map holds, but costs more than it need. */
export interface SchemaFinding {
  readonly code: Extract<ErrorCode, 'MAP_UNCLASSIFIED' | 'MAP_UNSOUND'> | 'advice'
  readonly message: string
  readonly path: ErrorPath
}

/** @param store a map without faults of its own. @param name the store's name in the map */
export function schemaFindings(name: string, store: StoreMap, schema: DescribedSchema): SchemaFinding[] {
  const of = ownershipOf(store)
  const described = new Map(schema.tables.map((table) => [table.name, table]))
  const at = ['stores', name, 'tables']
  const findings = schema.tables.flatMap((table): SchemaFinding[] => {
    const map = store.tables[table.name]
    if (map === undefined)
      return [
        {
          code: 'MAP_UNCLASSIFIED',
          message: `table \`${table.name}\` is not in the map: \`avow map init\` proposes it`,
          path: [...at, table.name],
        },
      ]
    return [
      ...columnFindings(table, map, [...at, table.name]),
      ...keyFindings(table, map, [...at, table.name]),
      ...foreignKeyFindings(of, table, [...at, table.name]),
    ]
  })
  const gone = Object.keys(store.tables)
    .filter((table) => !described.has(table))
    .map((table) => unsound(`table \`${table}\` is gone from the store: take it out of the map`, [...at, table]))
  return [
    ...findings,
    ...gone,
    ...of.edges.flatMap((edge) => edgeFindings(edge, described, at)),
    ...stepFindings(of, described, at),
    ...identifierAdvice(store, described, at),
  ]
}

const unsound = (message: string, path: ErrorPath): SchemaFinding => ({ code: 'MAP_UNSOUND', message, path })
const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each) => b.includes(each))
const leads = (index: readonly string[], columns: readonly string[]) =>
  columns.every((column) => index.slice(0, columns.length).includes(column))

function columnFindings(table: DescribedTable, map: TableMap, at: ErrorPath): SchemaFinding[] {
  const unknown = table.columns
    .filter((column) => map.columns[column.name] === undefined)
    .map((column): SchemaFinding => {
      const path = [...at, 'columns', column.name]
      const message = `column \`${table.name}.${column.name}\` (${column.type}) is not in the map: say its field, \`notPersonal\` or \`key\``
      return { code: 'MAP_UNCLASSIFIED', message, path }
    })
  const gone = Object.keys(map.columns)
    .filter((name) => !table.columns.some((column) => column.name === name))
    .map((name) =>
      unsound(`column \`${table.name}.${name}\` is gone from the store: take it out of the map`, [
        ...at,
        'columns',
        name,
      ]),
    )
  return [...unknown, ...gone]
}

function keyFindings(table: DescribedTable, map: TableMap, at: ErrorPath): SchemaFinding[] {
  const unique = [table.primaryKey, ...table.unique].filter((key) => key.length > 0)
  const findings = [map.key, ...(map.unique ?? [])]
    .filter((key) => !unique.some((each) => sameSet(each, key)))
    .map((key) =>
      unsound(`\`${key.join(', ')}\` is not unique in \`${table.name}\`: name a primary key or a unique one`, [
        ...at,
        'key',
      ]),
    )
  const nullable = map.key.filter((name) => table.columns.find((column) => column.name === name)?.nullable === true)
  for (const name of nullable)
    findings.push(
      unsound(`the key column \`${table.name}.${name}\` may be null, and such rows would not be found`, [...at, 'key']),
    )
  return findings
}

/** Each foreign key is a path or a link of the map; else what is deleted could take rows of others with it, or fail. */
function foreignKeyFindings(of: Ownership, table: DescribedTable, at: ErrorPath): SchemaFinding[] {
  const known = (key: DescribedForeignKey) =>
    of.edges.some((edge) => {
      const pairs = key.columns.map((column, i) => [column, key.references[i]].join('\n'))
      const mapped = edge.holderColumns.map((column, i) => [column, edge.targetColumns[i]].join('\n'))
      return edge.holder === table.name && edge.target === key.table && sameSet(pairs, mapped)
    })
  return table.foreignKeys
    .filter((key) => !known(key))
    .map((key) => {
      const danger = key.onDelete === 'cascade' ? ', and a deletion there would delete rows here' : ''
      return unsound(
        `\`${table.name}\` points by \`${key.columns.join(', ')}\` at \`${key.table}\`, and the map does not say so${danger}: make it an owner or a link`,
        at,
      )
    })
}

function edgeFindings(edge: Edge, described: ReadonlyMap<string, DescribedTable>, at: ErrorPath): SchemaFinding[] {
  const holder = described.get(edge.holder)
  if (holder === undefined) return []
  const findings: SchemaFinding[] = []
  const path = [...at, ...edge.name.split('.')]
  const nullable = edge.holderColumns.filter(
    (name) => holder.columns.find((column) => column.name === name)?.nullable === true,
  )
  if (edge.required && nullable.length > 0)
    findings.push(
      unsound(`\`${edge.name}\` is marked \`required\`, and \`${edge.holder}.${nullable[0]}\` may be null`, path),
    )
  if (![...holder.indexes, holder.primaryKey].some((index) => leads(index, edge.holderColumns)))
    findings.push({
      code: 'advice',
      message: `no index on \`${edge.holder}\` begins with \`${edge.holderColumns.join(', ')}\`: following \`${edge.name}\` reads the whole table`,
      path,
    })
  return findings
}

/** What an erasure would write can be written. */
function stepFindings(of: Ownership, described: ReadonlyMap<string, DescribedTable>, at: ErrorPath): SchemaFinding[] {
  const findings = new Map<string, SchemaFinding>()
  for (const step of planErasure(of).steps)
    for (const [name, value] of Object.entries(step.set)) {
      const table = described.get(step.table)
      const column = table?.columns.find((each) => each.name === name)
      if (table === undefined || column === undefined) continue
      const path = [...at, step.table, 'columns', name]
      const say = (message: string) => findings.set(`${step.table}.${name}`, unsound(message, path))
      if (value === null && !column.nullable)
        say(
          `an erasure would empty \`${step.table}.${name}\` (${step.id}), which cannot be null: say with \`erased\` what stands in its place`,
        )
      if (column.generated)
        say(
          `an erasure would empty \`${step.table}.${name}\` (${step.id}), which the store generates: classify what it is made from`,
        )
      if (value !== null && [table.primaryKey, ...table.unique].some((key) => sameSet(key, [name])))
        say(
          `an erasure would write the same value into the unique \`${step.table}.${name}\` (${step.id}) for every subject: let it be null`,
        )
    }
  return [...findings.values()]
}

function identifierAdvice(
  store: StoreMap,
  described: ReadonlyMap<string, DescribedTable>,
  at: ErrorPath,
): SchemaFinding[] {
  return Object.entries(store.tables).flatMap(([name, map]) => {
    const table = described.get(name)
    if (map.subject === undefined || table === undefined) return []
    return Object.entries(map.columns).flatMap(([column, of]): SchemaFinding[] => {
      if (typeof of !== 'object' || !('identifier' in of) || of.identifier === undefined) return []
      // An index on an expression is not described, so nothing is said where one is needed.
      if (store.caseless?.includes(of.identifier) === true) return []
      if ([...table.indexes, table.primaryKey].some((index) => index[0] === column)) return []
      const message = `no index on \`${name}\` begins with \`${column}\`: finding a subject by it reads the whole table`
      return [{ code: 'advice', message, path: [...at, name, 'columns', column] }]
    })
  })
}
