/**
 * Random properties of a generated policy, narrow enough in scope to be checked by the reference world by world.
 */
import { factsOf } from '@avow/core/decision/reference'
import {
  actions,
  type Condition,
  controller,
  type PolicyDocument,
  type Property,
  type Scope,
} from '@avow/core/policy/document'
import type { Random } from './random.ts'

export function generateProperty(random: Random, policy: PolicyDocument): Property {
  const rules = policy.rules.filter((rule) => rule.kind !== 'retain')
  const permit = random.one(rules.filter((rule) => rule.kind === 'permit'))
  const scope: Scope = {
    actions: random.chance(80) ? [random.one(permit.actions)] : random.some(actions, 1, 2),
    ...(random.chance(50) ? { contexts: random.some(Object.keys(policy.contexts), 1, 2) } : {}),
    ...(random.chance(30) ? { categories: random.some(Object.keys(policy.categories), 1, 2) } : {}),
    ...(random.chance(20) ? { fields: random.some(Object.keys(policy.fields), 1, 2) } : {}),
    ...(random.chance(60) ? { purposes: [random.one(permit.purposes)] } : {}),
    ...(random.chance(50) ? { recipients: random.some([controller, ...Object.keys(policy.recipients)], 1, 2) } : {}),
  }
  // A condition that some rule has, or the opposite of one, meets the policy more often than a blind one.
  const conditions = rules.flatMap((rule): Condition[] => (rule.when === undefined ? [] : [rule.when]))
  const condition = conditions.length > 0 && random.chance(70) ? random.one(conditions) : undefined
  if (random.chance(50)) {
    return { kind: 'never', title: 'generated', scope, ...(condition === undefined ? {} : { when: condition }) }
  }
  const named = new Set(rules.flatMap((rule) => [rule.when ?? {}].flat().flatMap((all) => Object.keys(all))))
  const stated = Object.keys(factsOf(policy)).filter((fact) => named.has(fact) || random.chance(4))
  return {
    kind: 'independent',
    title: 'generated',
    scope,
    of: random.some(stated.length > 0 ? stated : ['doNotTrack'], 1, 2),
    ...(condition === undefined ? {} : { except: condition }),
  }
}
