/**
 * CASL (@casl/ability): rules with MongoDB-style conditions on the subject, as its guide teaches. The last rule that
 * matches decides. Purposes are its subject types and our actions its actions, so that its own index leaves out every
 * rule that names neither; the ability is built once, and `relevantRuleFor` (which `can` calls) gives the deciding rule.
 */

import type { Forbid, Permit, PolicyDocument, Test } from '@avow/core/policy/document'
import { createMongoAbility, type MongoAbility, type MongoQuery, type RawRuleOf, subject } from '@casl/ability'
import { type Attributes, attributesOf, byStrength, contextsOf, type Peer, recipientsOf } from './peer.ts'

export function caslPeer(policy: PolicyDocument): Peer {
  const ability = createMongoAbility(byStrength(policy).flatMap((rule) => rulesOf(policy, rule)))
  return {
    name: 'CASL',
    prepare: (request) => {
      const asked = request.labels.map((label) => {
        const attributes: Attributes = { ...attributesOf(policy, request, label) }
        return subject(request.purpose, attributes)
      })
      const { action } = request
      return () => {
        for (const each of asked) {
          const rule = ability.relevantRuleFor(action, each)
          if (rule === null || rule.inverted || rule.reason === undefined) return false
        }
        return true
      }
    },
  }
}

/** One CASL rule for each alternative of the condition. */
function rulesOf(policy: PolicyDocument, rule: Permit | Forbid): RawRuleOf<MongoAbility>[] {
  const among = (name: string, values: readonly string[] | undefined): MongoQuery =>
    values === undefined ? {} : { [name]: values.length === 1 ? values[0] : { $in: [...values] } }
  const scope = {
    ...among('context', contextsOf(policy, rule)),
    ...among('category', rule.categories),
    ...among('field', rule.fields),
    ...among('recipient', recipientsOf(rule)),
  }
  return [rule.when ?? {}].flat().map((all) => ({
    action: [...(rule.actions ?? ['manage'])],
    subject: [...(rule.purposes ?? ['all'])],
    inverted: rule.kind === 'forbid',
    reason: rule.id,
    ...conditionsOf({
      ...scope,
      ...Object.fromEntries(Object.entries(all).map(([fact, test]) => [fact, queryOf(test)])),
    }),
  }))
}

const conditionsOf = (conditions: MongoQuery) => (Object.keys(conditions).length === 0 ? {} : { conditions })

function queryOf(test: Test): unknown {
  if (typeof test === 'string') return test
  if (!('not' in test)) return { $in: [...test] }
  return typeof test.not === 'string' ? { $ne: test.not } : { $nin: [...test.not] }
}
