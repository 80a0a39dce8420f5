/**
 * What a policy means, written once: short, slow and plain. The decision table is held to it (spec/policy.md §3).
 *
 * One label, every fact known ("a world"):
 *   a permit stands if it matches and is kept over every forbid that matches; the first declared that stands decides;
 *   else denied, by the first declared forbid that matches and over which no matching permit is kept, else by the
 *   first that matches, else by none (deny by default).
 * A fact that is not known, the field included: every world it leaves open must permit.
 * Several labels: every one must permit.
 * Worlds and labels are joined by `meet`: a denial beats a permission, the earlier rule names the outcome, and the
 * obligations of all that permit are owed together.
 */
import { isSale, isShare } from '../law/saleAndShare.ts'
import type {
  Condition,
  Conjunction,
  Forbid,
  Obligation,
  Permit,
  PolicyDocument,
  Rule,
  Test,
} from '../policy/document.ts'
import { controller } from '../policy/document.ts'
import { type FactDeclaration, standardFacts } from '../policy/facts.ts'
import type { Decision, DecisionRequest, Facts, Label } from './request.ts'

/** One label of a request, its field known. */
interface Scoped {
  readonly request: DecisionRequest
  readonly label: Label & { readonly field: string }
}

/** The same with every fact known that a rule could read, the derived ones included. */
export interface World extends Scoped {
  readonly facts: Facts
}

/**
 * Decides by the definition. Exponential in the number of unknown facts: for tests, never for service.
 * The document must have passed `checkPolicy`, the request must name only what it declares.
 */
export function decideByReference(policy: PolicyDocument, request: DecisionRequest): Decision {
  const nothing: Decision = { kind: 'deny', rule: null }
  const byLabel = request.labels.map((label) =>
    [...worldsOf(policy, request, label)]
      .map((world) => decideWorld(policy, world))
      .reduce<Decision | undefined>((a, b) => (a === undefined ? b : meet(policy, a, b)), undefined),
  )
  return byLabel.map((decision) => decision ?? nothing).reduce((a, b) => meet(policy, a, b), byLabel[0] ?? nothing)
}

function decideWorld(policy: PolicyDocument, world: World): Decision {
  const matching = matchingIn(policy, world)
  const permits = matching.filter((rule) => rule.kind === 'permit')
  const forbids = matching.filter((rule) => rule.kind === 'forbid')
  const standing = permits.find((permit) => forbids.every((forbid) => isKept(policy, permit, forbid)))
  if (standing) return { kind: 'permit', rule: standing.id, obligations: [...(standing.obligations ?? [])].sort() }
  const unanswered = forbids.find((forbid) => !permits.some((permit) => isKept(policy, permit, forbid)))
  return { kind: 'deny', rule: (unanswered ?? forbids[0])?.id ?? null }
}

/** The permits and forbids that match in a world. */
export function matchingIn(policy: PolicyDocument, world: World): readonly (Permit | Forbid)[] {
  return rulesFor(policy, world).filter((rule) => holds(rule.when, world.facts))
}

/** The permits and forbids whose scope holds the request and the label, whatever the facts. */
function rulesFor(policy: PolicyDocument, scoped: Scoped): readonly (Permit | Forbid)[] {
  return policy.rules
    .filter((rule) => rule.kind !== 'retain')
    .filter((rule) => (rule.kind === 'permit' ? permitReaches(rule, scoped) : forbidReaches(policy, rule, scoped)))
}

/** Whether a resolution keeps this permit over this forbid, each named by its id or by a promise it implements. */
export function isKept(policy: PolicyDocument, permit: Permit, forbid: Forbid): boolean {
  const names = (rule: Permit | Forbid, name: string) => rule.id === name || rule.promises.includes(name)
  return policy.resolutions.some(
    ({ keep, over }) => names(permit, keep) && over !== '*' && over.some((name) => names(forbid, name)),
  )
}

function permitReaches(rule: Permit, { request, label }: Scoped): boolean {
  return (
    rule.actions.includes(request.action) &&
    rule.contexts.includes(label.context) &&
    (rule.categories?.includes(label.category) ?? true) &&
    (rule.fields?.includes(label.field) ?? true) &&
    rule.purposes.includes(request.purpose) &&
    (rule.recipients ?? [controller]).includes(request.recipient ?? controller)
  )
}

function forbidReaches(policy: PolicyDocument, rule: Forbid, { request, label }: Scoped): boolean {
  return (
    (rule.actions?.includes(request.action) ?? true) &&
    (rule.contexts?.some((context) => isWithin(policy, label.context, context)) ?? true) &&
    (rule.categories?.includes(label.category) ?? true) &&
    (rule.fields?.includes(label.field) ?? true) &&
    (rule.purposes?.includes(request.purpose) ?? true) &&
    (rule.recipients?.includes(request.recipient ?? controller) ?? true)
  )
}

/** Whether `context` is `ancestor` or one of its children, at any depth. */
export function isWithin(policy: PolicyDocument, context: string, ancestor: string): boolean {
  for (let at: string | undefined = context; at !== undefined; at = policy.contexts[at]?.parent) {
    if (at === ancestor) return true
  }
  return false
}

/** Whether a condition holds; none holds always. */
export function holds(condition: Condition | undefined, facts: Facts): boolean {
  if (condition === undefined) return true
  const conjunctions: readonly Conjunction[] = Array.isArray(condition) ? condition : [condition as Conjunction]
  return conjunctions.some((all) => Object.entries(all).every(([fact, test]) => passes(test, facts[fact]!)))
}

export function passes(test: Test, value: string): boolean {
  if (typeof test === 'string') return test === value
  if ('not' in test) return !passes(test.not, value)
  return test.includes(value)
}

/** Every world that the known facts leave open for one label. A category without fields has no world: denied. */
export function* worldsOf(policy: PolicyDocument, request: DecisionRequest, label: Label): Generator<World> {
  const fields = label.field === undefined ? fieldsOf(policy, label.category) : [label.field]
  for (const field of fields) {
    const scoped = { request, label: { ...label, field } }
    const named = namedFacts(rulesFor(policy, scoped))
    let open: Facts[] = [{}]
    for (const [fact, { about, values }] of Object.entries(factsOf(policy))) {
      if (!named.has(fact)) continue
      const known = (about === 'value' ? (label.facts ?? {}) : request.facts)[fact]
      open = open.flatMap((facts) =>
        (known === undefined ? values : [known]).map((value) => ({ ...facts, [fact]: value })),
      )
    }
    for (const facts of open) yield { ...scoped, facts: { ...facts, ...derive(policy, request, field, facts) } }
  }
}

/** The facts nobody states, in one world. */
function derive(policy: PolicyDocument, request: DecisionRequest, field: string, facts: Facts): Facts {
  const sale = {
    action: request.action,
    standing: request.recipient === undefined ? undefined : policy.recipients[request.recipient]?.standing,
    advertising: policy.purposes[request.purpose]?.advertising,
    contract: facts.contract!,
    consideration: facts.consideration!,
  }
  const isSensitive = (policy.fields[field]?.sensitiveUnder ?? []).length > 0 || facts.sensitiveContent === 'yes'
  const word = (truth: boolean) => (truth ? 'yes' : 'no')
  return { sensitive: word(isSensitive), sale: word(isSale(sale)), share: word(isShare(sale)) }
}

/** The stated facts: standard, the policy's own, and `source`. */
export function factsOf(policy: PolicyDocument): Readonly<Record<string, FactDeclaration>> {
  const source: FactDeclaration = {
    about: 'value',
    title: 'where the value came from',
    values: Object.keys(policy.sources),
  }
  return { ...standardFacts, source, ...policy.facts }
}

export function fieldsOf(policy: PolicyDocument, category: string): readonly string[] {
  return Object.keys(policy.fields).filter((field) => policy.fields[field]!.category === category)
}

/** The stated facts that these rules name, directly or through a derived one; the others cannot matter to them. */
function namedFacts(rules: readonly (Permit | Forbid)[]): ReadonlySet<string> {
  const named = rules.flatMap(({ when = {} }) => [when].flat()).flatMap((all) => Object.keys(all))
  const behind = { sensitive: ['sensitiveContent'], sale: ['contract', 'consideration'] }
  return new Set([...named, ...Object.entries(behind).flatMap(([fact, facts]) => (named.includes(fact) ? facts : []))])
}

const position = (policy: PolicyDocument, id: string | null): number =>
  id === null ? Number.POSITIVE_INFINITY : policy.rules.findIndex((rule: Rule) => rule.id === id)

/** The protective join of two outcomes: see the head of this file. */
export function meet(policy: PolicyDocument, a: Decision, b: Decision): Decision {
  if (a.kind === 'permit' && b.kind === 'permit') {
    const obligations = [...new Set<Obligation>([...a.obligations, ...b.obligations])].sort()
    return { kind: 'permit', rule: position(policy, a.rule) <= position(policy, b.rule) ? a.rule : b.rule, obligations }
  }
  if (a.kind === 'permit') return b
  if (b.kind === 'permit') return a
  return position(policy, a.rule) <= position(policy, b.rule) ? a : b
}
