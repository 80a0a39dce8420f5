/** The format of a policy document (document.ts), for its parser and its JSON Schema. What it means: spec/policy.md. */
import {
  constant,
  country,
  type DocumentFormat,
  days,
  either,
  list,
  type Names,
  named,
  object,
  oneOf,
  record,
  type Shape,
  text,
  variants,
} from '../shape/shape.ts'
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
import { faultOfName, longestName, namePattern, reservedNames } from './name.ts'

const names = named('names', list(text, 1))

/** Names that a record declares. */
const declared: Names = {
  name: 'identifier',
  faultOf: faultOfName,
  schema: { type: 'string', pattern: namePattern, maxLength: longestName, not: { enum: reservedNames } },
}

/** Names declared elsewhere, such as facts in a condition: looked up later, so only what harms an object is refused. */
const used: Names = { faultOf: (name) => (name === '__proto__' ? faultOfName(name) : undefined) }

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
const conjunction: Shape<Conjunction> = record(used, test, 1)
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

const shape: Shape<PolicyDocument> = object<PolicyDocument>(
  {
    avow: constant(1),
    name: text,
    controller,
    contexts: record(declared, object<PolicyDocument['contexts'][string]>({ title: text }, { parent: text }), 1),
    categories: record(
      declared,
      object<PolicyDocument['categories'][string]>({ title: text, dpv: names }, { ccpa: text }),
      1,
    ),
    fields: record(
      declared,
      object<PolicyDocument['fields'][string]>(
        { title: text, category: text },
        { sensitiveUnder: list(oneOf(['gdpr', 'uk-gdpr', 'ccpa']), 1) },
      ),
      1,
    ),
    sources: record(declared, object<{ readonly title: string }>({ title: text }, {}), 1),
    purposes: record(
      declared,
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
      declared,
      object<RecipientDeclaration>(
        {
          title: text,
          standing: oneOf(['processor', 'thirdParty', 'sameBusiness', 'authority', 'successor', 'public']),
        },
        {},
      ),
    ),
    promises: record(
      declared,
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
    properties: record(declared, property),
    rights: record(declared, object<PolicyDocument['rights'][string]>({ title: text }, { law: list(text) })),
  },
  { facts: record(declared, fact) },
)

export const policyFormat: DocumentFormat<PolicyDocument> = {
  name: 'policy',
  code: 'POLICY_MALFORMED',
  title: 'Avow policy document, version 1 of the language',
  description: 'The shape alone; what it means, and what must hold besides, is in policy.md beside this file.',
  shape,
}
