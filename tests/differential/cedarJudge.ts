/**
 * Asks Cedar itself (@cedar-policy/cedar-wasm) what an exported policy says, with strict validation of both the
 * policy and each request against the exported schema. Ours reaches in only through the export.
 */

import type { DecisionRequest } from '@avow/core/decision/request'
import { type CedarEntity, type CedarPolicy, toCedar, toCedarRequest } from '@avow/core/policy/cedar'
import type { PolicyDocument } from '@avow/core/policy/document'
import {
  type AuthorizationAnswer,
  isAuthorized,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'

export interface Judgement {
  readonly effect: 'allow' | 'deny'
  /** The rules that decided: of the permits all that match, of the forbids all that match and are not excepted. */
  readonly determining: readonly string[]
}

export interface Judge {
  /** One judgement a label. */
  readonly judge: (request: DecisionRequest) => readonly Judgement[]
}

/** Loads a policy into Cedar. @throws Error if Cedar does not accept every line of the export */
export function cedarJudge(document: PolicyDocument): Judge {
  const exported = toCedar(document)
  accepted(validated(exported))
  const name = `policy-${count++}`
  accepted(preparseSchema(name, exported.schema))
  accepted(preparsePolicySet(name, { staticPolicies: { ...exported.policies } }))
  const near = neighbours(exported.entities)
  return {
    judge: (request) =>
      request.labels.map((label) => {
        const { principal, action, resource, context } = toCedarRequest(request, label)
        const answer = statefulIsAuthorized({
          principal,
          action,
          resource,
          context: { ...context, collectedIn: plain(context.collectedIn), purpose: plain(context.purpose) },
          preparsedPolicySetId: name,
          preparsedSchemaName: name,
          validateRequest: true,
          entities: near([principal, resource, context.collectedIn.__entity, context.purpose.__entity]),
        })
        return judgementOf(answer)
      }),
  }
}

/** Judges one request without the caches of cedar-wasm, every entity given: slower, for when the caches are doubted. */
export function judgeUncached(document: PolicyDocument, request: DecisionRequest): readonly Judgement[] {
  const exported = toCedar(document)
  return request.labels.map((label) => {
    const { principal, action, resource, context } = toCedarRequest(request, label)
    return judgementOf(
      isAuthorized({
        principal,
        action,
        resource,
        context: { ...context, collectedIn: plain(context.collectedIn), purpose: plain(context.purpose) },
        schema: exported.schema,
        validateRequest: true,
        policies: { staticPolicies: { ...exported.policies } },
        entities: exported.entities.map(writable),
      }),
    )
  })
}

let count = 0

const plain = ({ __entity }: { readonly __entity: { readonly type: string; readonly id: string } }) => ({
  __entity: { ...__entity },
})

const writable = ({ uid, attrs, parents }: CedarEntity) => ({
  uid: { ...uid },
  attrs: Object.fromEntries(
    Object.entries(attrs).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  ),
  parents: parents.map((parent) => ({ ...parent })),
})

/** The entities that a request can reach: those it names and their ancestors. */
function neighbours(entities: readonly CedarEntity[]) {
  const key = ({ type, id }: { readonly type: string; readonly id: string }) => JSON.stringify([type, id])
  const byKey = new Map(entities.map((each) => [key(each.uid), each]))
  return (uids: readonly { readonly type: string; readonly id: string }[]) => {
    const reached = new Map<string, CedarEntity>()
    const visit = (uid: { readonly type: string; readonly id: string }): void => {
      const found = byKey.get(key(uid))
      if (found === undefined || reached.has(key(uid))) return
      reached.set(key(uid), found)
      found.parents.forEach(visit)
    }
    uids.forEach(visit)
    return [...reached.values()].map(writable)
  }
}

function judgementOf(answer: AuthorizationAnswer): Judgement {
  if (answer.type === 'failure')
    throw new Error(`cedar refuses: ${answer.errors.map((each) => each.message).join('; ')}`)
  const { decision, diagnostics } = answer.response
  if (diagnostics.errors.length > 0) {
    throw new Error(`cedar failed in \`${diagnostics.errors[0]?.policyId}\`: ${diagnostics.errors[0]?.error.message}`)
  }
  return { effect: decision, determining: [...diagnostics.reason].sort() }
}

function validated(exported: CedarPolicy): { type: 'success' } | { type: 'failure'; errors: { message: string }[] } {
  const answer = validate({ schema: exported.schema, policies: { staticPolicies: { ...exported.policies } } })
  if (answer.type === 'failure') return answer
  const errors = answer.validationErrors.map(({ policyId, error }) => ({ message: `${policyId}: ${error.message}` }))
  return errors.length === 0 ? { type: 'success' } : { type: 'failure', errors }
}

function accepted(answer: { type: 'success' } | { type: 'failure'; errors: readonly { message: string }[] }): void {
  if (answer.type === 'failure')
    throw new Error(`cedar refuses: ${answer.errors.map((each) => each.message).join('; ')}`)
}
