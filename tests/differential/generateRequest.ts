/**
 * Random requests for a generated policy, most of them aimed: at a permit, at a permit and the forbid it is kept over,
 * at a forbid, at what an unknown fact or a second label changes. What is left is blind.
 * Does not: say what the answer should be. That is asked of the reference, the table and Cedar.
 */
import { factsOf, fieldsOf } from '@avow/core/decision/reference'
import type { DecisionRequest, Label } from '@avow/core/decision/request'
import {
  actions,
  type Condition,
  type Conjunction,
  controller,
  type Forbid,
  type Permit,
  type PolicyDocument,
  type Test,
} from '@avow/core/policy/document'
import type { Random } from './random.ts'

/** Facts by name while a request is being made, before they are dealt out to the request and its label. */
type Draft = Record<string, string>

/** A request whose every fact and field is known. @param labels how many labels it joins */
export function generateKnownRequest(random: Random, policy: PolicyDocument, labels = 1): DecisionRequest {
  const permits = policy.rules.filter((rule) => rule.kind === 'permit')
  const forbids = policy.rules.filter((rule) => rule.kind === 'forbid')
  const aim = random.below(100)
  if (permits.length === 0 || aim < 8) return aimed(random, policy, [], labels)
  const permit = random.one(permits)
  if (aim < 20)
    return aimed(random, policy, [random.one<Permit | Forbid>(forbids.length > 0 ? forbids : permits)], labels)
  const kept = policy.resolutions.flatMap(({ keep, over }) => {
    const by = permits.filter((rule) => names(rule, keep))
    const against = forbids.filter((rule) => over !== '*' && over.some((name) => names(rule, name)))
    return by.flatMap((one) => against.map((other) => [one, other] as const))
  })
  if (aim < 50 && kept.length > 0) return aimed(random, policy, random.one(kept), labels)
  return aimed(random, policy, [permit], labels)
}

const names = (rule: Permit | Forbid, name: string) => rule.id === name || rule.promises.includes(name)

/** The same request with some facts unsaid, and at times its fields too. */
export function forget(random: Random, policy: PolicyDocument, request: DecisionRequest): DecisionRequest {
  const matter = new Set(policy.rules.flatMap((rule) => (rule.kind === 'retain' ? [] : factsNamed(rule.when))))
  const all = { ...request.facts, ...request.labels[0]?.facts }
  const candidates = Object.keys(all).filter((fact) => matter.has(fact) || random.chance(5))
  const unsaid = new Set(random.some(candidates, 1, 4))
  const keep = (facts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(facts).filter(([fact]) => !unsaid.has(fact)))
  return {
    ...request,
    facts: keep(request.facts),
    labels: request.labels.map(({ field, facts, ...label }) => ({
      ...label,
      ...(field === undefined || random.chance(35) ? {} : { field }),
      facts: keep(facts ?? {}),
    })),
  }
}

/** The stated facts a condition names, those behind the derived ones included. */
function factsNamed(condition: Condition | undefined): readonly string[] {
  const behind: Readonly<Record<string, readonly string[]>> = {
    sensitive: ['sensitiveContent'],
    sale: ['contract', 'consideration'],
    share: [],
  }
  return conjunctionsOf(condition).flatMap((all) => Object.keys(all).flatMap((fact) => behind[fact] ?? [fact]))
}

/** A request at which all of `rules` match, as far as chance and their scopes allow. */
function aimed(
  random: Random,
  policy: PolicyDocument,
  rules: readonly (Permit | Forbid)[],
  labels: number,
): DecisionRequest {
  const within = <T extends string>(all: readonly T[], wanted: (rule: Permit | Forbid) => readonly T[] | undefined) => {
    const common = all.filter((each) => rules.every((rule) => wanted(rule)?.includes(each) ?? true))
    return random.one(common.length > 0 ? common : all)
  }
  const recipient = within([controller, ...Object.keys(policy.recipients)], (rule) =>
    rule.kind === 'permit' ? (rule.recipients ?? [controller]) : rule.recipients,
  )
  const facts: Draft = {}
  for (const [fact, { values }] of Object.entries(factsOf(policy))) facts[fact] = random.one(values)
  for (const rule of rules) for (const [fact, value] of satisfying(random, policy, rule.when)) facts[fact] = value
  const about = (subject: 'value' | 'others', draft: Draft) =>
    Object.fromEntries(
      Object.entries(draft).filter(([fact]) => (factsOf(policy)[fact]?.about === 'value') === (subject === 'value')),
    )
  const label = (first: boolean): Label => {
    const category = within(
      Object.keys(policy.categories).filter((each) => fieldsOf(policy, each).length > 0),
      (rule) => categoriesOf(policy, rule),
    )
    const field = within(fieldsOf(policy, category), (rule) => rule.fields)
    const own = about('value', facts)
    const other = random.one(Object.keys(own))
    if (!first && random.chance(40)) own[other] = random.one(factsOf(policy)[other]!.values)
    const contexts = Object.keys(policy.contexts)
    const context = first || random.chance(50) ? within(contexts, (rule) => rule.contexts) : random.one(contexts)
    return { context, category, field, facts: own }
  }
  return {
    action: within(actions, (rule) => rule.actions),
    purpose: within(Object.keys(policy.purposes), (rule) => rule.purposes),
    ...(recipient === controller ? {} : { recipient }),
    labels: Array.from({ length: labels }, (_, index) => label(index === 0)),
    facts: about('others', facts),
  }
}

/** The categories in which a rule can match at all: where it lists fields, theirs. */
function categoriesOf(policy: PolicyDocument, rule: Permit | Forbid): readonly string[] | undefined {
  if (rule.fields === undefined) return rule.categories
  const theirs = rule.fields.map((field) => policy.fields[field]!.category)
  return rule.categories === undefined ? theirs : theirs.filter((category) => rule.categories?.includes(category))
}

/** Values under which one conjunction holds; for derived facts, of the facts behind them. */
function* satisfying(random: Random, policy: PolicyDocument, when: Condition | undefined): Generator<[string, string]> {
  for (const [fact, test] of Object.entries(random.one(conjunctionsOf(when)))) {
    if (fact === 'sensitive') yield ['sensitiveContent', random.one(accepted(test, ['no', 'yes']))]
    else if (fact === 'sale') {
      const sale = random.one(accepted(test, ['no', 'yes'])) === 'yes'
      yield ['consideration', sale ? 'yes' : 'no']
      if (sale) yield ['contract', random.one(['incomplete', 'expired'])]
    } else if (fact !== 'share') yield [fact, random.one(accepted(test, factsOf(policy)[fact]!.values))]
  }
}

const conjunctionsOf = (condition: Condition | undefined): readonly Conjunction[] =>
  condition === undefined ? [{}] : Array.isArray(condition) ? condition : [condition as Conjunction]

/** The values a test lets pass. */
function accepted(test: Test, values: readonly string[]): readonly string[] {
  if (typeof test === 'string') return [test]
  if (!('not' in test)) return test
  const not = test.not
  return values.filter((value) => (typeof not === 'string' ? value !== not : !not.includes(value)))
}
