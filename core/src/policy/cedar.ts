/**
 * A policy exported to Cedar (https://www.cedarpolicy.com, language version 4): policies, schema and entities, and the
 * request that asks one label. Pure: writes text and plain data, needs no Cedar. Mapping in spec/proofs.md §4.
 * Meant as an independent judge of our own reading, so nothing of it calls our decision code: sensitivity, sale and
 * sharing are written again below, from the statute, as Cedar expressions.
 * Does not: carry obligations, retention or unknown facts. Cedar answers one fully known label at a time; a request of
 * several labels is permitted if Cedar allows each.
 */
import type { DecisionRequest } from '../decision/request.ts'
import type { Condition, Forbid, Permit, PolicyDocument, Test } from './document.ts'
import { actions, controller } from './document.ts'
import { standardFacts } from './facts.ts'

export interface CedarEntityUid {
  readonly type: string
  readonly id: string
}

export interface CedarEntity {
  readonly uid: CedarEntityUid
  readonly attrs: Readonly<Record<string, string | readonly string[]>>
  readonly parents: readonly CedarEntityUid[]
}

export interface CedarPolicy {
  /** The text of each permit and forbid, under the id of its rule. */
  readonly policies: Readonly<Record<string, string>>
  readonly schema: string
  readonly entities: readonly CedarEntity[]
}

export interface CedarRequest {
  readonly principal: CedarEntityUid
  readonly action: CedarEntityUid
  readonly resource: CedarEntityUid
  readonly context: {
    readonly collectedIn: { readonly __entity: CedarEntityUid }
    readonly purpose: { readonly __entity: CedarEntityUid }
    readonly facts: Readonly<Record<string, string>>
  }
}

const text = (value: string) => JSON.stringify(value)
const entity = (type: string, id: string) => `${type}::${text(id)}`
const fact = (name: string) => `context.facts[${text(name)}]`
const all = (terms: readonly string[]) => (terms.length === 0 ? 'true' : terms.map((term) => `(${term})`).join(' && '))
const any = (terms: readonly string[]) => (terms.length === 0 ? 'false' : terms.map((term) => `(${term})`).join(' || '))

/** Exports a policy that has passed `checkPolicy`. */
export function toCedar(document: PolicyDocument): CedarPolicy {
  const permits = document.rules.filter((rule) => rule.kind === 'permit')
  const forbids = document.rules.filter((rule) => rule.kind === 'forbid')
  const policies: Record<string, string> = {}
  for (const permit of permits) {
    policies[permit.id] = `permit (principal, action, resource)\nwhen { ${scopeOf(permit)} };`
  }
  for (const forbid of forbids) {
    const over = permits.filter((permit) => keeps(document, permit, forbid))
    const unless = over.length === 0 ? '' : `\nunless { ${any(over.map((permit) => standing(document, permit)))} }`
    policies[forbid.id] = `forbid (principal, action, resource)\nwhen { ${scopeOf(forbid)} }${unless};`
  }
  return { policies, schema: schemaOf(document), entities: entitiesOf(document) }
}

/** The request for one label. Its field and every fact that the policy names must be known. */
export function toCedarRequest(request: DecisionRequest, label: DecisionRequest['labels'][number]): CedarRequest {
  if (label.field === undefined) throw new Error('internal: cedar is asked only of known fields')
  return {
    principal: { type: 'Recipient', id: request.recipient ?? controller },
    action: { type: 'Action', id: request.action },
    resource: { type: 'Field', id: label.field },
    context: {
      collectedIn: { __entity: { type: 'Context', id: label.context } },
      purpose: { __entity: { type: 'Purpose', id: request.purpose } },
      facts: { ...request.facts, ...label.facts },
    },
  }
}

/** Cedar has no exception to a forbid but its own `unless`: so there stands each permit kept over it, wherever that
 * permit is kept over every other forbid that matches as well. */
function standing(document: PolicyDocument, permit: Permit): string {
  const against = document.rules
    .filter((rule) => rule.kind === 'forbid')
    .filter((forbid) => !keeps(document, permit, forbid))
  return all([scopeOf(permit), ...against.map((forbid) => `!(${scopeOf(forbid)})`)])
}

/** Read from the resolutions directly: `keep` and `over` name rules, or promises and then all of their rules. */
function keeps(document: PolicyDocument, permit: Permit, forbid: Forbid): boolean {
  for (const { keep, over } of document.resolutions) {
    if (over === '*') continue
    const named = [permit.id, ...permit.promises].includes(keep)
    if (named && [forbid.id, ...forbid.promises].some((name) => over.includes(name))) return true
  }
  return false
}

/** Where a rule matches. Contexts are a hierarchy in Cedar too: `in` covers children, `==` is that one alone. */
function scopeOf(rule: Permit | Forbid): string {
  const among = (left: string, type: string, ids: readonly string[] | undefined, relation: '==' | 'in' = '==') =>
    ids === undefined ? [] : [any(ids.map((id) => `${left} ${relation} ${entity(type, id)}`))]
  const recipients = rule.kind === 'permit' ? (rule.recipients ?? [controller]) : rule.recipients
  return all([
    ...among('action', 'Action', rule.actions),
    ...among('context.collectedIn', 'Context', rule.contexts, rule.kind === 'permit' ? '==' : 'in'),
    ...among('resource', 'Category', rule.categories, 'in'),
    ...among('resource', 'Field', rule.fields),
    ...among('context.purpose', 'Purpose', rule.purposes),
    ...among('principal', 'Recipient', recipients),
    ...(rule.when === undefined ? [] : [conditionOf(rule.when)]),
  ])
}

function conditionOf(condition: Condition): string {
  const conjunctions = Array.isArray(condition) ? condition : [condition]
  return any(conjunctions.map((each) => all(Object.entries<Test>(each).map(([name, test]) => testOf(name, test)))))
}

function testOf(name: string, test: Test): string {
  if (typeof test !== 'string' && 'not' in test) return `!(${testOf(name, test.not)})`
  const derived = Object.hasOwn(derivedExpressions, name) ? derivedExpressions[name] : undefined
  const values: readonly string[] = typeof test === 'string' ? [test] : test
  if (derived === undefined) return `[${values.map(text).join(', ')}].contains(${fact(name)})`
  return any([...(values.includes('yes') ? [derived] : []), ...(values.includes('no') ? [`!(${derived})`] : [])])
}

/** To pass on: "selling, renting, releasing, disclosing, disseminating, making available, transferring" (ad)(1). */
const passedOn = `[${entity('Action', 'disclose')}, ${entity('Action', 'transfer')}].contains(action)`

const derivedExpressions: Readonly<Record<string, string>> = {
  sensitive: `!(resource.sensitiveUnder.isEmpty()) || ${fact('sensitiveContent')} == "yes"`,
  // 1798.140(ad)(1): to a third party, for money or other valuable consideration. 1798.140(ai): who is neither the
  // business nor bound by a contract as (e), (j) or (ag) describe is a third party.
  sale: all([
    passedOn,
    `principal.standing == "thirdParty" || (principal.standing == "processor" && ${fact('contract')} != "complete")`,
    `${fact('consideration')} == "yes"`,
  ]),
  // 1798.140(ah)(1): for cross-context behavioural advertising, whether or not for consideration; and (e)(6): no
  // provider's contract can make that a service to the business.
  share: all([
    passedOn,
    'principal.standing == "thirdParty" || principal.standing == "processor"',
    'context.purpose.advertising == "crossContext"',
  ]),
}

function schemaOf(document: PolicyDocument): string {
  const facts = [...Object.keys(standardFacts), 'source', ...Object.keys(document.facts ?? {})]
  return [
    'entity Recipient { standing: String };',
    'entity Category;',
    'entity Field in [Category] { sensitiveUnder: Set<String> };',
    'entity Context in [Context];',
    'entity Purpose { advertising: String };',
    `action ${actions.map(text).join(', ')} appliesTo {`,
    '  principal: [Recipient], resource: [Field],',
    '  context: { collectedIn: Context, purpose: Purpose, facts: {',
    ...facts.map((name) => `    ${text(name)}: String,`),
    '  } }',
    '};',
  ].join('\n')
}

function entitiesOf(document: PolicyDocument): readonly CedarEntity[] {
  const each = <T>(
    type: string,
    declared: Readonly<Record<string, T>>,
    attrs: (declaration: T) => CedarEntity['attrs'],
    parents: (declaration: T) => readonly CedarEntityUid[],
  ): readonly CedarEntity[] =>
    Object.entries(declared).map(([id, declaration]) => ({
      uid: { type, id },
      attrs: attrs(declaration),
      parents: parents(declaration),
    }))
  return [
    { uid: { type: 'Recipient', id: controller }, attrs: { standing: controller }, parents: [] },
    ...each(
      'Recipient',
      document.recipients,
      ({ standing }) => ({ standing }),
      () => [],
    ),
    ...each(
      'Category',
      document.categories,
      () => ({}),
      () => [],
    ),
    ...each(
      'Field',
      document.fields,
      ({ sensitiveUnder = [] }) => ({ sensitiveUnder }),
      ({ category }) => [{ type: 'Category', id: category }],
    ),
    ...each(
      'Context',
      document.contexts,
      () => ({}),
      ({ parent }) => (parent === undefined ? [] : [{ type: 'Context', id: parent }]),
    ),
    ...each(
      'Purpose',
      document.purposes,
      ({ advertising = 'none' }) => ({ advertising }),
      () => [],
    ),
  ]
}
