/**
 * Cedar (@cedar-policy/cedar-wasm): the exported policy, parsed once and kept inside it (`preparsePolicySet`), asked
 * with `statefulIsAuthorized`, without a schema and only with the entities that a request can reach. Its answer
 * carries the deciding policies.
 */
import { type CedarEntity, toCedar, toCedarRequest } from '@avow/core/policy/cedar'
import type { PolicyDocument } from '@avow/core/policy/document'
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { Peer } from './peer.ts'

export function cedarPeer(policy: PolicyDocument): Peer {
  const { policies, entities } = toCedar(policy)
  const loaded = preparsePolicySet('bench', { staticPolicies: { ...policies } })
  if (loaded.type === 'failure') throw new Error(`internal: ${loaded.errors[0]?.message}`)
  const keyOf = ({ type, id }: { readonly type: string; readonly id: string }) => `${type} ${id}`
  const byKey = new Map(entities.map((entity) => [keyOf(entity.uid), entity]))
  const reached = (uid: { readonly type: string; readonly id: string }): readonly CedarEntity[] => {
    const entity = byKey.get(keyOf(uid))
    return entity === undefined ? [] : [entity, ...entity.parents.flatMap(reached)]
  }
  return {
    name: 'cedar-wasm',
    prepare: (request) => {
      const calls = request.labels.map((label) => {
        const { principal, action, resource, context } = toCedarRequest(request, label)
        const named = [principal, resource, context.collectedIn.__entity, context.purpose.__entity]
        return {
          principal,
          action,
          resource,
          context,
          entities: [...new Set(named.flatMap(reached))],
          preparsedPolicySetId: 'bench',
          validateRequest: false,
        }
      })
      return () => {
        for (const call of calls) {
          // `as`: the same JSON, which cedar-wasm types as mutable.
          const answer = statefulIsAuthorized(call as unknown as Parameters<typeof statefulIsAuthorized>[0])
          if (answer.type === 'failure') throw new Error(`internal: ${answer.errors[0]?.message}`)
          if (answer.response.decision !== 'allow' || answer.response.diagnostics.reason.length === 0) return false
        }
        return true
      }
    },
  }
}
