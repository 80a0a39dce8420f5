/**
 * Proof by the definition: every cell, every world, each asked of the reference. Slow, and shares nothing with
 * prove.ts but the reference itself.
 */
import { decideByReference, factsOf, holds, isWithin } from '@avow/core/decision/reference'
import type { Decision, DecisionRequest, Facts } from '@avow/core/decision/request'
import { isSale, isShare } from '@avow/core/law/saleAndShare'
import { actions, type Condition, controller, type PolicyDocument, type Property } from '@avow/core/policy/document'

export interface BruteProof {
  readonly cells: number
  /** Worlds of which the property speaks. */
  readonly worlds: number
  readonly permits: number
  readonly violations: number
}

/** Each world of a policy in the scope of a property, as a request of one label with all that matters stated. */
export function* worldsInScope(policy: PolicyDocument, property: Property): Generator<readonly DecisionRequest[]> {
  const { scope } = property
  const within = <T extends string>(all: readonly T[], wanted: readonly T[] | undefined) =>
    wanted === undefined ? all : all.filter((each) => wanted.includes(each))
  const contexts = Object.keys(policy.contexts).filter(
    (context) => scope.contexts?.some((each) => isWithin(policy, context, each)) ?? true,
  )
  for (const action of within(actions, scope.actions)) {
    for (const purpose of within(Object.keys(policy.purposes), scope.purposes)) {
      for (const recipient of within([controller, ...Object.keys(policy.recipients)], scope.recipients)) {
        for (const context of contexts) {
          for (const field of within(Object.keys(policy.fields), scope.fields)) {
            const { category } = policy.fields[field]!
            if (!(scope.categories?.includes(category) ?? true)) continue
            const label = { context, category, field }
            const requests = factWorlds(policy, property).map(
              (facts): DecisionRequest => ({
                action,
                purpose,
                ...(recipient === controller ? {} : { recipient }),
                labels: [{ ...label, facts: part(policy, facts, true) }],
                facts: part(policy, facts, false),
              }),
            )
            yield requests
          }
        }
      }
    }
  }
}

export const part = (policy: PolicyDocument, facts: Facts, ofValue: boolean): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([fact]) => (factsOf(policy)[fact]?.about === 'value') === ofValue))

const named = (condition: Condition | undefined) => [condition ?? {}].flat().flatMap((all) => Object.keys(all))

/** Every combination of the facts that the policy or the property names anywhere. */
function factWorlds(policy: PolicyDocument, property: Property): readonly Facts[] {
  const rules = policy.rules.filter((rule) => rule.kind !== 'retain').flatMap((rule) => named(rule.when))
  const asked = property.kind === 'never' ? named(property.when) : [...named(property.except), ...property.of]
  const all = new Set([...rules, ...asked])
  if (all.has('sensitive')) all.add('sensitiveContent')
  if (all.has('sale')) for (const behind of ['contract', 'consideration']) all.add(behind)
  return Object.entries(factsOf(policy))
    .filter(([fact]) => all.has(fact))
    .reduce<Facts[]>(
      (worlds, [fact, { values }]) => worlds.flatMap((world) => values.map((value) => ({ ...world, [fact]: value }))),
      [{}],
    )
}

/** Whether a condition holds of a request of one label whose facts are all stated. */
export function holdsOf(policy: PolicyDocument, condition: Condition | undefined, request: DecisionRequest): boolean {
  const label = request.labels[0]!
  const facts = { ...request.facts, ...label.facts }
  const sale = {
    action: request.action,
    standing: request.recipient === undefined ? undefined : policy.recipients[request.recipient]!.standing,
    advertising: policy.purposes[request.purpose]!.advertising,
    contract: facts.contract ?? '',
    consideration: facts.consideration ?? '',
  }
  const word = (truth: boolean) => (truth ? 'yes' : 'no')
  const isSensitive = policy.fields[label.field!]!.sensitiveUnder !== undefined || facts.sensitiveContent === 'yes'
  return holds(condition, {
    ...facts,
    sensitive: word(isSensitive),
    sale: word(isSale(sale)),
    share: word(isShare(sale)),
  })
}

export const outcome = (decision: Decision) =>
  decision.kind === 'deny' ? 'deny' : `permit, owing ${decision.obligations.join(' and ')}`

export function proveByBruteForce(policy: PolicyDocument, property: Property): BruteProof {
  let [cells, worlds, permits, violations] = [0, 0, 0, 0]
  for (const requests of worldsInScope(policy, property)) {
    cells++
    const groups = new Map<string, Set<string>>()
    for (const request of requests) {
      const decision = decideByReference(policy, request)
      if (decision.kind === 'permit') permits++
      if (property.kind === 'never') {
        if (!holdsOf(policy, property.when, request)) continue
        worlds++
        if (decision.kind === 'permit') violations++
      } else {
        if (property.except !== undefined && holdsOf(policy, property.except, request)) continue
        worlds++
        const rest = Object.entries({ ...request.facts, ...request.labels[0]!.facts }).filter(
          ([fact]) => !property.of.includes(fact),
        )
        const group = JSON.stringify(rest)
        groups.set(group, (groups.get(group) ?? new Set()).add(outcome(decision)))
      }
    }
    violations += [...groups.values()].filter((outcomes) => outcomes.size > 1).length
  }
  return { cells, worlds, permits, violations }
}
