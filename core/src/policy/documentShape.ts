/** The shape of a policy document (document.ts), for its parser and its JSON Schema. What it means: spec/policy.md. */
import {
  actions,
  type Condition,
  type Conjunction,
  type ControllerDeclaration,
  type Evidence,
  type Forbid,
  type Permit,
  type PolicyBreach,
  type PolicyDocument,
  type PromiseDeclaration,
  type Property,
  type PurposeDeclaration,
  type RecipientDeclaration,
  type Resolution,
  type Retain,
  type Rule,
  type Scope,
  type Test,
} from './document.ts'
import type { FactDeclaration } from './facts.ts'
import {
  constant,
  days,
  either,
  list,
  matching,
  named,
  object,
  oneOf,
  record,
  type Shape,
  text,
  variants,
} from './shape.ts'

const names = named('names', list(text, 1))
const country = matching('^[A-Z]{2}$', 'a country code of ISO 3166-1 alpha-2, such as `GB`')

const controller = object<ControllerDeclaration>(
  {
    name: text,
    country,
    subsidiaries: list(object<{ readonly name: string; readonly country: string }>({ name: text, country }, {})),
    contact: object<ControllerDeclaration['contact']>({ email: text, phone: text }, { postal: text }),
    countries: list(country, 1),
  },
  {},
)

const fact = object<FactDeclaration>(
  { about: oneOf(['person', 'value', 'recipient', 'act']), title: text, values: list(text, 2) },
  {},
)

const test: Shape<Test> = named(
  'test',
  either(text, names, object<{ readonly not: string | readonly string[] }>({ not: either(text, names) }, {})),
)
const conjunction: Shape<Conjunction> = record(test, 1, 'used')
const when: Shape<Condition> = named('condition', either(conjunction, list(conjunction, 1)))

const scope: { readonly [N in keyof Scope]-?: Shape<NonNullable<Scope[N]>> } = {
  actions: named('actions', list(oneOf(actions), 1)),
  contexts: names,
  categories: names,
  fields: names,
  purposes: names,
  recipients: names,
}
const { actions: actionList, contexts, categories, fields, purposes, recipients } = scope

const rule: Shape<Rule> = named(
  'rule',
  variants<Rule>({
    permit: object<Permit>(
      { kind: constant('permit'), id: text, promises: names, actions: actionList, contexts, purposes },
      { categories, fields, recipients, when, obligations: list(oneOf(['warn', 'tell', 'deidentify']), 1) },
    ),
    forbid: object<Forbid>({ kind: constant('forbid'), id: text, promises: names }, { ...scope, when }),
    retain: object<Retain>(
      {
        kind: constant('retain'),
        id: text,
        promises: names,
        contexts,
        clock: oneOf(['collection', 'lastActivity', 'endOfRelationship', 'transaction']),
        days,
        then: oneOf(['erase', 'anonymise']),
        because: text,
      },
      { categories, purposes, atLeastDays: days },
    ),
  }),
)

const evidence: Shape<Evidence> = variants<Evidence>({
  proof: object<Extract<Evidence, { readonly kind: 'proof' }>>(
    {
      kind: constant('proof'),
      property: text,
      breach: object<PolicyBreach>({}, { add: list(rule), remove: list(text) }),
    },
    {},
  ),
  query: object<Extract<Evidence, { readonly kind: 'query' }>>({ kind: constant('query'), query: text }, {}),
})

const property: Shape<Property> = variants<Property>({
  never: object<Extract<Property, { readonly kind: 'never' }>>(
    { kind: constant('never'), title: text, scope: object<Scope>({}, scope) },
    { when },
  ),
  independent: object<Extract<Property, { readonly kind: 'independent' }>>(
    { kind: constant('independent'), title: text, scope: object<Scope>({}, scope), of: names },
    { except: when },
  ),
})

export const documentShape: Shape<PolicyDocument> = object<PolicyDocument>(
  {
    avow: constant(1),
    name: text,
    controller,
    contexts: record(object<PolicyDocument['contexts'][string]>({ title: text }, { parent: text }), 1),
    categories: record(object<PolicyDocument['categories'][string]>({ title: text, dpv: names }, { ccpa: text }), 1),
    fields: record(
      object<PolicyDocument['fields'][string]>(
        { title: text, category: text },
        { sensitiveUnder: list(oneOf(['gdpr', 'uk-gdpr', 'ccpa']), 1) },
      ),
      1,
    ),
    sources: record(object<{ readonly title: string }>({ title: text }, {}), 1),
    purposes: record(
      object<PurposeDeclaration>(
        {
          title: text,
          basis: oneOf([
            'consent',
            'contract',
            'legalObligation',
            'vitalInterests',
            'publicTask',
            'legitimateInterests',
          ]),
          dpv: names,
        },
        { advertising: oneOf(['crossContext', 'own']) },
      ),
      1,
    ),
    recipients: record(
      object<RecipientDeclaration>(
        {
          title: text,
          standing: oneOf(['processor', 'thirdParty', 'sameBusiness', 'authority', 'successor', 'public']),
        },
        {},
      ),
    ),
    promises: record(
      object<PromiseDeclaration>(
        { title: text, chapter: text },
        {
          law: list(text),
          withoutRule: text,
          evidence: list(evidence),
          needs: oneOf(['seen', 'answered', 'enforced']),
          missing: list(text),
        },
      ),
      1,
    ),
    rules: list(rule),
    resolutions: list(
      object<Resolution>(
        { keep: text, over: either(constant('*'), names), ground: oneOf(['law', 'person']), because: text },
        {},
      ),
    ),
    properties: record(property),
    rights: record(object<PolicyDocument['rights'][string]>({ title: text }, { law: list(text) })),
  },
  { facts: record(fact) },
)
