/** The format of a data map (document.ts), for its parser and its JSON Schema. What it means: spec/map.md. */
import {
  constant,
  country,
  type DocumentFormat,
  days,
  either,
  flag,
  list,
  marked,
  type Names,
  named,
  object,
  oneOf,
  record,
  type Shape,
  scalar,
  text,
} from '../shape/shape.ts'
import type {
  ColumnMap,
  DataMap,
  Keep,
  KeyColumn,
  Link,
  Owner,
  PersonalColumn,
  ProposedColumn,
  Reference,
  StoreMap,
  TableMap,
} from './document.ts'

/** What every object has: as a name it would be found where nobody wrote it. */
export const inherited = [
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
] as const

/** Names of stores, tables, columns and paths: mostly the company's own, so they may be almost anything. */
const names: Names = {
  name: 'name',
  faultOf: (name) => {
    if (name === '') return 'it is empty: fill it in'
    if (!name.isWellFormed()) return 'it holds half of a surrogate pair: mend it'
    return inherited.some((each) => each === name) ? 'every JavaScript object has that one: choose another' : undefined
  },
  schema: { type: 'string', minLength: 1, not: { enum: inherited } },
}

const texts = named('texts', list(text))
const scalars = named('scalars', record(names, scalar))

const column: Shape<ColumnMap> = named(
  'column',
  either(
    text,
    marked<{ readonly field: PersonalColumn; readonly key: KeyColumn; readonly proposed: ProposedColumn }>({
      field: object<PersonalColumn>(
        { field: text },
        { of: either(text, texts), identifier: text, search: flag, freeText: flag, erased: scalar },
      ),
      key: object<KeyColumn>({ key: flag }, { identifier: text, erased: scalar }),
      proposed: object<ProposedColumn>({ proposed: either(text, constant(null)) }, { because: text }),
    }),
  ),
)

const join = { table: text, on: named('joinedColumns', record(names, text)) }
const conditions: { readonly [N in Exclude<keyof Reference, keyof typeof join>]-?: Shape<NonNullable<Reference[N]>> } =
  { when: scalars, where: scalars, required: flag, proposed: flag }

const owner = object<Owner>(join, { ...conditions, as: texts })

const link = object<Link>(join, {
  ...conditions,
  give: texts,
  onErasure: either(oneOf(['unlink', 'keep']), object<Extract<Link['onErasure'], object>>({ anonymise: scalars }, {})),
})

const keep = object<Keep>({ because: text, from: text, days }, { law: texts, columns: texts })

const table: Shape<TableMap> = named(
  'table',
  object<TableMap>(
    { context: text, key: texts, columns: record(names, column) },
    {
      unique: list(texts),
      subject: oneOf(['person', 'household']),
      owners: record(names, owner),
      links: record(names, link),
      softDelete: text,
      erase: either(oneOf(['delete', 'anonymise']), object<{ readonly keep: Keep }>({ keep }, {})),
      orphans: oneOf(['finding', 'nobody']),
    },
  ),
)

const store = object<StoreMap>(
  { kind: constant('postgres'), level: oneOf(['seen', 'answered', 'enforced']), country, tables: record(names, table) },
  { schema: text, caseless: texts },
)

export const mapFormat: DocumentFormat<DataMap> = {
  name: 'data map',
  code: 'MAP_MALFORMED',
  title: 'Avow data map, version 1 of the language',
  description: 'The shape alone; what it means, and what must hold besides, is in map.md beside this file.',
  shape: object<DataMap>({ avow: constant(1), stores: record(names, store) }, {}),
}
