/**
 * A first map of a schema, or what is new in one since it was mapped. Columns, paths and links are guessed from names,
 * keys and foreign keys, and each guess is marked `proposed`, so that `avow map check` fails until someone has looked.
 * What somebody has answered is never overwritten.
 */
import type { ColumnMap, Link, MapVocabulary, Owner, StoreMap, TableMap } from './document.ts'
import { conceptOf, isOperational, telling, wordsOf } from './lexicon.ts'
import type { DescribedColumn, DescribedForeignKey, DescribedSchema, DescribedTable } from './schema.ts'

/** Words by which a table of people is known, where nothing else tells. */
const people = new Set([
  'account',
  'user',
  'customer',
  'person',
  'people',
  'member',
  'client',
  'contact',
  'applicant',
  'subscriber',
  'visitor',
  'patient',
  'employee',
  'profile',
  'lead',
])

/** @param existing the map as far as it is written: it is kept, and only what it lacks is added */
export function proposeStore(
  schema: DescribedSchema,
  vocabulary: MapVocabulary,
  existing: Omit<StoreMap, 'tables'> & Partial<Pick<StoreMap, 'tables'>>,
): StoreMap {
  const subjects = new Set(schema.tables.filter(isOfPeople).map((table) => table.name))
  for (const [name, table] of Object.entries(existing.tables ?? {}))
    if (table.subject === undefined) subjects.delete(name)
    else subjects.add(name)
  const owned = ownedFrom(schema, subjects)
  const proposed = schema.tables.map((table): [string, TableMap] => [
    table.name,
    mergeTable(proposeTable(table, vocabulary, subjects, owned), existing.tables?.[table.name], table),
  ])
  return { ...existing, tables: { ...existing.tables, ...Object.fromEntries(proposed) } }
}

/** A table named for people that has a way to find one. */
function isOfPeople(table: DescribedTable): boolean {
  const words = telling(wordsOf(table.name.slice(table.name.indexOf('.') + 1)))
  if (!people.has(words.at(-1) ?? '') || table.primaryKey.length === 0) return false
  return table.columns.some((column) =>
    ['email', 'phone', 'handle', 'cookie'].includes(conceptOf(wordsOf(column.name)) ?? ''),
  )
}

/** Tables that a chain of foreign keys leads from to people: the nearest way, so that no ring is proposed. */
function ownedFrom(schema: DescribedSchema, subjects: ReadonlySet<string>): Map<string, DescribedForeignKey> {
  const owned = new Map<string, DescribedForeignKey>()
  const reached = new Set(subjects)
  for (let grew = true; grew; ) {
    grew = false
    const found: [string, DescribedForeignKey][] = []
    for (const table of schema.tables) {
      if (reached.has(table.name)) continue
      const key = table.foreignKeys.find((each) => each.table !== table.name && reached.has(each.table))
      if (key !== undefined) found.push([table.name, key])
    }
    for (const [name, key] of found) {
      owned.set(name, key)
      reached.add(name)
      grew = true
    }
  }
  return owned
}

function proposeTable(
  table: DescribedTable,
  vocabulary: MapVocabulary,
  subjects: ReadonlySet<string>,
  owned: ReadonlyMap<string, DescribedForeignKey>,
): TableMap {
  const owners: Record<string, Owner> = {}
  const links: Record<string, Link> = {}
  for (const key of table.foreignKeys) {
    const name = key.columns.map((column) => column.replace(/_?id$/i, '')).join(' ') || key.table
    const reference = {
      table: key.table,
      on: Object.fromEntries(key.columns.map((column, i) => [column, key.references[i]!])),
      ...(key.columns.every((column) => table.columns.find((each) => each.name === column)?.nullable === false)
        ? { required: true as const }
        : {}),
      proposed: true as const,
    }
    // A row of people is its own; any other belongs to each of the people it points at, or else to whom its parent does.
    const toPeople = subjects.has(key.table)
    const straight = table.foreignKeys.some((each) => subjects.has(each.table))
    const owns = !subjects.has(table.name) && (toPeople || (!straight && owned.get(table.name) === key))
    if (owns) owners[name] = reference
    else links[name] = reference
  }
  const deleted = table.columns.find((column) => /^(is_?)?deleted(_?at|_?on)?$/i.test(column.name))
  return {
    context: Object.keys(vocabulary.contexts)[0] ?? '',
    key: table.primaryKey.length > 0 ? table.primaryKey : (table.unique[0] ?? []),
    ...(table.unique.length > 0 ? { unique: table.unique } : {}),
    columns: Object.fromEntries(table.columns.map((column) => [column.name, proposeColumn(table, column, vocabulary)])),
    ...(subjects.has(table.name) ? { subject: 'person' as const } : {}),
    ...(Object.keys(owners).length > 0 ? { owners } : {}),
    ...(Object.keys(links).length > 0 ? { links } : {}),
    ...(deleted === undefined ? {} : { softDelete: deleted.name }),
  }
}

/** The best guess for one column, with what it rests on. */
export function proposeColumn(table: DescribedTable, column: DescribedColumn, vocabulary: MapVocabulary): ColumnMap {
  if (table.primaryKey.includes(column.name) && !/^(text|character)/.test(column.type))
    return { proposed: 'key', because: 'primary key' }
  if (table.foreignKeys.some((key) => key.columns.includes(column.name)))
    return { proposed: 'key', because: 'foreign key' }
  const words = wordsOf(column.name)
  const best = bestField(table, words, vocabulary)
  if (best !== undefined) return { proposed: best.field, because: best.because }
  if (table.primaryKey.includes(column.name) || words.at(-1) === 'id')
    return { proposed: 'key', because: 'by its name' }
  if (conceptOf(words) !== undefined)
    return { proposed: null, because: `looks personal (${conceptOf(words)}); no field of the policy fits` }
  const plain = /^(boolean|smallint|integer|bigint|numeric|real|double|date|time|interval)/.test(column.type)
  if (plain || isOperational(words))
    return { proposed: 'notPersonal', because: plain ? `a ${column.type}` : 'by its name' }
  return { proposed: null }
}

function bestField(
  table: DescribedTable,
  words: readonly string[],
  vocabulary: MapVocabulary,
): { field: string; because: string } | undefined {
  const concept = conceptOf(words)
  const own = telling(words)
  const around = telling(wordsOf(table.name))
  const scored = Object.entries(vocabulary.fields).map(([field, declared]) => {
    const title = typeof declared === 'object' && declared !== null && 'title' in declared ? String(declared.title) : ''
    const names = [wordsOf(field), wordsOf(title)]
    const theirs = new Set(names.flatMap((each) => telling(each)))
    const shared = own.filter((word) => theirs.has(word)).length
    const sameConcept = concept !== undefined && names.some((each) => conceptOf(each) === concept)
    // The table's name only breaks ties: `tickets.body` is rather the text of a ticket than of a chat.
    const score =
      (sameConcept ? 1 : 0) + shared / Math.max(own.length, 1) + around.filter((word) => theirs.has(word)).length * 0.2
    return { field, score, sameConcept, whole: shared === own.length && own.length > 1 }
  })
  const [best] = scored.filter((each) => each.sameConcept || each.whole).sort((a, b) => b.score - a.score)
  if (best === undefined) return undefined
  return { field: best.field, because: best.sameConcept ? `both are about ${concept}` : 'the same words' }
}

/** What is answered stays; what is new is added; a proposal that is still one is made again. */
function mergeTable(proposed: TableMap, existing: TableMap | undefined, table: DescribedTable): TableMap {
  if (existing === undefined) return proposed
  const answered = (column: ColumnMap) => !(typeof column === 'object' && 'proposed' in column)
  const columns = Object.fromEntries(
    table.columns.map((column) => {
      const before = existing.columns[column.name]
      return [column.name, before !== undefined && answered(before) ? before : proposed.columns[column.name]!]
    }),
  )
  const gone = Object.fromEntries(Object.entries(existing.columns).filter(([name]) => columns[name] === undefined))
  const known = new Set(
    [...Object.values(existing.owners ?? {}), ...Object.values(existing.links ?? {})]
      .filter((each) => each.proposed !== true)
      .map((each) => joinOf(each)),
  )
  const fresh = <T extends Owner | Link>(
    references: Readonly<Record<string, T>> | undefined,
    before: Readonly<Record<string, T>> | undefined,
  ) => {
    const kept = Object.entries(before ?? {}).filter(([, each]) => each.proposed !== true)
    const added = Object.entries(references ?? {}).filter(([, each]) => !known.has(joinOf(each)))
    const names = new Set(kept.map(([name]) => name))
    return Object.fromEntries([
      ...added.map(([name, each]) => [names.has(name) ? `${name} (new)` : name, each] as const),
      ...kept,
    ])
  }
  const owners = fresh(proposed.owners, existing.owners)
  const links = fresh(proposed.links, existing.links)
  return {
    ...existing,
    columns: { ...columns, ...gone },
    ...(Object.keys(owners).length > 0 ? { owners } : {}),
    ...(Object.keys(links).length > 0 ? { links } : {}),
  }
}

const joinOf = (reference: Owner | Link): string =>
  JSON.stringify([reference.table, Object.entries(reference.on).sort()])
