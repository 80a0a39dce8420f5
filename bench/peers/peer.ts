/**
 * The same policy as held by another engine, in the form that suits that engine best. Each is asked about one label
 * with every fact known, the derived ones worked out for it beforehand at no cost; a request of several labels asks
 * for each. What it is asked with is made before the clock starts, as it is for ours.
 */
import type { DecisionRequest, Label } from '@avow/core/decision/request'
import { isSale, isShare } from '@avow/core/law/saleAndShare'
import { controller, type Forbid, type Permit, type PolicyDocument } from '@avow/core/policy/document'

export interface Peer {
  readonly name: string
  /** Makes what the engine takes; the answer is then asked for as often as wanted: whether every label is permitted. */
  readonly prepare: (request: DecisionRequest) => () => boolean
}

/** A label with all that its request says, as one flat object: what attribute-based engines take. */
export type Attributes = Readonly<Record<string, string>>

export function attributesOf(policy: PolicyDocument, request: DecisionRequest, label: Label): Attributes {
  const { action, purpose, recipient = controller } = request
  const { context, category, field } = label
  if (field === undefined) throw new Error('internal: peers are asked only about known fields')
  const facts = { ...request.facts, ...label.facts }
  const sale = {
    action,
    standing: policy.recipients[recipient]?.standing,
    advertising: policy.purposes[purpose]!.advertising,
    contract: facts.contract!,
    consideration: facts.consideration!,
  }
  const isSensitive = policy.fields[field]!.sensitiveUnder !== undefined || facts.sensitiveContent === 'yes'
  const word = (truth: boolean) => (truth ? 'yes' : 'no')
  const derived = { sensitive: word(isSensitive), sale: word(isSale(sale)), share: word(isShare(sale)) }
  return { action, purpose, recipient, context, category, field, ...facts, ...derived }
}

/** The contexts that a rule covers, one by one: of a forbid the children too. */
export function contextsOf(policy: PolicyDocument, rule: Permit | Forbid): readonly string[] | undefined {
  if (rule.kind === 'permit' || rule.contexts === undefined) return rule.contexts
  const { contexts } = rule
  const isCovered = (context: string): boolean => {
    const { parent } = policy.contexts[context]!
    return contexts.includes(context) || (parent !== undefined && isCovered(parent))
  }
  return Object.keys(policy.contexts).filter(isCovered)
}

export const recipientsOf = (rule: Permit | Forbid): readonly string[] | undefined =>
  rule.kind === 'permit' ? (rule.recipients ?? [controller]) : rule.recipients

/**
 * The rules from the weakest to the strongest, for engines in which the strongest rule that matches decides: a permit
 * stands after the forbids it is kept over and before all others.
 * @throws Error where the resolutions do not order the rules so
 */
export function byStrength(policy: PolicyDocument): readonly (Permit | Forbid)[] {
  const permits = policy.rules.filter((rule) => rule.kind === 'permit')
  const forbids = policy.rules.filter((rule) => rule.kind === 'forbid')
  const names = (rule: Permit | Forbid, name: string) => rule.id === name || rule.promises.includes(name)
  const keptOver = (permit: Permit) =>
    forbids.filter((forbid) =>
      policy.resolutions.some(
        ({ keep, over }) => over !== '*' && names(permit, keep) && over.some((name) => names(forbid, name)),
      ),
    )
  const ordered = permits
    .map((permit) => ({ permit, over: keptOver(permit) }))
    .sort((a, b) => a.over.length - b.over.length)
  const rules: (Permit | Forbid)[] = []
  for (const { permit, over } of ordered) {
    const weaker = rules.filter((rule) => rule.kind === 'forbid')
    if (weaker.some((rule) => !over.includes(rule))) throw new Error('internal: the resolutions are not one order')
    rules.push(...over.filter((rule) => !weaker.includes(rule)), permit)
  }
  return [...rules, ...forbids.filter((forbid) => !rules.includes(forbid))]
}
