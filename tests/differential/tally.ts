/**
 * Which kind of rule or unknown decided a request: what the differential tests count, to show that they went
 * everywhere. Asked of the reference alone, so it is not evidence of anything but the spread of the requests.
 */
import { decideByReference } from '@avow/core/decision/reference'
import type { Decision, DecisionRequest } from '@avow/core/decision/request'
import type { PolicyDocument } from '@avow/core/policy/document'

export const outcomes = [
  'plain permit',
  'permit kept over a forbid',
  'permit with obligations',
  'denied by a forbid',
  'denied by default',
  'denied for an unknown',
  'denied for one label of several',
] as const
export type Outcome = (typeof outcomes)[number]

/**
 * @param known the request before anything of it was left unsaid; the request itself if nothing was
 */
export function outcomesOf(
  policy: PolicyDocument,
  request: DecisionRequest,
  decision: Decision,
  known: DecisionRequest,
): readonly Outcome[] {
  if (decision.kind === 'permit') {
    const kept = decideByReference({ ...policy, resolutions: [] }, request).kind === 'deny'
    const owed = decision.obligations.length > 0
    if (!kept && !owed) return ['plain permit']
    return [
      ...(kept ? ['permit kept over a forbid' as const] : []),
      ...(owed ? ['permit with obligations' as const] : []),
    ]
  }
  const permitted = (each: DecisionRequest) => decideByReference(policy, each).kind === 'permit'
  if (known !== request && permitted(known)) return ['denied for an unknown']
  if (request.labels.length > 1 && request.labels.some((label) => permitted({ ...request, labels: [label] }))) {
    return ['denied for one label of several']
  }
  return [decision.rule === null ? 'denied by default' : 'denied by a forbid']
}
