/**
 * The cells of a policy: what a decision is asked about before any fact is read.
 * A place is a context and a field (its category with it); a deed is an action, a purpose and a recipient. Places that
 * no rule tells apart form one row, such deeds one column; a cell is a row and a column, with the rules that can match
 * there. What holds in one place and deed of a cell holds in all of them.
 * Does not: read a condition's outcome (see reference.ts for its meaning, diagram.ts for its compiled form).
 */
import { passesOn } from '../law/saleAndShare.ts'
import {
  type Action,
  actions,
  controller,
  type Forbid,
  type Permit,
  type PolicyDocument,
  type PurposeDeclaration,
  type Standing,
} from '../policy/document.ts'
import { createInterner } from './intern.ts'
import { factsOf, isWithin } from './reference.ts'

export interface Place {
  readonly context: string
  readonly category: string
  readonly field: string
}

export interface Deed {
  readonly action: Action
  readonly purpose: string
  /** `controller` where nothing is passed on. */
  readonly recipient: string
}

/** Rules by their position among the permits and forbids of the policy: bit `i % 32` of word `i / 32`. */
export type RuleSet = Int32Array

export interface Row {
  readonly places: readonly Place[]
  readonly rules: RuleSet
  /** The field itself is sensitive under some regime; else only its content may be. */
  readonly isSensitive: boolean
}

export interface Column {
  readonly deeds: readonly Deed[]
  readonly rules: RuleSet
  /** What sale and sharing hang on: all undefined where nothing is passed on. */
  readonly standing: Standing | undefined
  readonly advertising: PurposeDeclaration['advertising']
}

export interface Grid {
  /** The permits and forbids, as declared. */
  readonly rules: readonly (Permit | Forbid)[]
  readonly rows: readonly Row[]
  readonly columns: readonly Column[]
}

/** Every cell of the policy, by its rows and columns. The names in the document must all be declared. */
export function gridOf(policy: PolicyDocument): Grid {
  const rules = policy.rules.filter((rule) => rule.kind !== 'retain')
  const select = (matches: (rule: Permit | Forbid) => boolean) => ruleSet(rules, matches)

  const ofContext = mapKeys(policy.contexts, (context) =>
    select((rule) =>
      rule.kind === 'permit'
        ? rule.contexts.includes(context)
        : (rule.contexts?.some((each) => isWithin(policy, context, each)) ?? true),
    ),
  )
  const ofField = mapKeys(policy.fields, (field) =>
    select(
      (rule) =>
        (rule.categories?.includes(policy.fields[field]!.category) ?? true) && (rule.fields?.includes(field) ?? true),
    ),
  )
  const ofPurpose = mapKeys(policy.purposes, (purpose) => select((rule) => rule.purposes?.includes(purpose) ?? true))
  const ofAction = actions.map((action) => [action, select((rule) => rule.actions?.includes(action) ?? true)] as const)
  const ofRecipient = [controller, ...Object.keys(policy.recipients)].map(
    (recipient) =>
      [
        recipient,
        select((rule) =>
          (rule.recipients ?? (rule.kind === 'permit' ? [controller] : [recipient])).includes(recipient),
        ),
      ] as const,
  )

  const key = new Int32Array(Math.ceil(rules.length / 32) + 1)
  const rowNumbers = createInterner()
  const rows: (Row & { readonly places: Place[] })[] = []
  for (const [context, inContext] of ofContext) {
    for (const [field, onField] of ofField) {
      const { category, sensitiveUnder = [] } = policy.fields[field]!
      const isSensitive = sensitiveUnder.length > 0
      const number = rowNumbers.numberOf(marked(key, inContext, onField, isSensitive ? 1 : 0))
      rows[number] ??= { places: [], rules: key.slice(0, -1), isSensitive }
      rows[number].places.push({ context, category, field })
    }
  }
  const columnNumbers = createInterner()
  const columns: (Column & { readonly deeds: Deed[] })[] = []
  for (const [action, onAction] of ofAction) {
    for (const [recipient, toRecipient] of ofRecipient) {
      const standing = passesOn(action) ? policy.recipients[recipient]?.standing : undefined
      const onDeed = both(onAction, toRecipient)
      for (const [purpose, forPurpose] of ofPurpose) {
        const advertising = standing && policy.purposes[purpose]!.advertising
        const kind = standings.indexOf(standing) * advertisings.length + advertisings.indexOf(advertising)
        const number = columnNumbers.numberOf(marked(key, onDeed, forPurpose, kind))
        columns[number] ??= { deeds: [], rules: key.slice(0, -1), standing, advertising }
        columns[number].deeds.push({ action, purpose, recipient })
      }
    }
  }
  return { rules, rows, columns }
}

const standings = [undefined, 'processor', 'thirdParty', 'sameBusiness', 'authority', 'successor', 'public'] as const
const advertisings = [undefined, 'crossContext', 'own'] as const

/** The rules that can match in the cell, as declared. */
export function rulesAt(grid: Grid, row: Row, column: Column): readonly (Permit | Forbid)[] {
  return membersOf(both(row.rules, column.rules)).map((rule) => grid.rules[rule]!)
}

/**
 * The stated facts on which a decision in the cell can hang, in the order of their declaration: those its rules name,
 * and those behind the derived ones. No other fact can matter there.
 */
export function factsAt(
  policy: PolicyDocument,
  row: Row,
  column: Column,
  rules: readonly (Permit | Forbid)[],
): string[] {
  const named = new Set(rules.flatMap(({ when = {} }) => [when].flat().flatMap((all) => Object.keys(all))))
  if (named.has('sensitive') && !row.isSensitive) named.add('sensitiveContent')
  if (named.has('sale') && (column.standing === 'processor' || column.standing === 'thirdParty')) {
    named.add('consideration')
    if (column.standing === 'processor') named.add('contract')
  }
  return Object.keys(factsOf(policy)).filter((fact) => named.has(fact))
}

export function ruleSet(rules: readonly (Permit | Forbid)[], matches: (rule: Permit | Forbid) => boolean): RuleSet {
  const set = new Int32Array(Math.ceil(rules.length / 32))
  rules.forEach((rule, i) => {
    if (matches(rule)) set[i >> 5]! |= 1 << (i & 31)
  })
  return set
}

export function both(a: RuleSet, b: RuleSet): RuleSet {
  const set = new Int32Array(a.length)
  for (let i = 0; i < a.length; i++) set[i] = a[i]! & b[i]!
  return set
}

export function either(a: RuleSet, b: RuleSet): RuleSet {
  return a.map((word, i) => word | b[i]!)
}

/** Fills `key` with the rules in both sets and a number after them, to tell sets apart by that too. */
export function marked(key: Int32Array, a: RuleSet, b: RuleSet, mark: number): Int32Array {
  for (let i = 0; i < a.length; i++) key[i] = a[i]! & b[i]!
  key[a.length] = mark
  return key
}

/** The first rule that is in all three sets, or -1. */
export function firstInAll(a: RuleSet, b: RuleSet, c: RuleSet): number {
  for (let i = 0; i < a.length; i++) {
    const word = a[i]! & b[i]! & c[i]!
    if (word !== 0) return 32 * i + 31 - Math.clz32(word & -word)
  }
  return -1
}

export function meets(a: RuleSet, b: RuleSet): boolean {
  return a.some((word, i) => (word & b[i]!) !== 0)
}

/** Positions of the rules in the set, rising. */
export function membersOf(set: RuleSet): number[] {
  const members: number[] = []
  set.forEach((word, i) => {
    for (let left = word; left !== 0; left &= left - 1) members.push(32 * i + 31 - Math.clz32(left & -left))
  })
  return members
}

export function has(set: RuleSet, rule: number): boolean {
  return ((set[rule >> 5]! >> (rule & 31)) & 1) === 1
}

function mapKeys<V>(
  record: Readonly<Record<string, unknown>>,
  value: (key: string) => V,
): readonly (readonly [string, V])[] {
  return Object.keys(record).map((key) => [key, value(key)] as const)
}
