/**
 * A counter-example in one plain line, for findings and the command line. It speaks of facts and rules, never of a
 * person.
 */
import type { Counterexample } from './counterexample.ts'
import type { Decision, DecisionRequest } from './request.ts'

export function formatCounterexample({ request, decision, other }: Counterexample): string {
  const first = `${verdict(decision)} ${deed(request)}${facts(request)}`
  return other === undefined ? first : `${first}, yet ${verdict(other.decision)} it${facts(other.request)}`
}

function verdict(decision: Decision): string {
  if (decision.rule === null) return 'nothing permits'
  if (decision.kind === 'deny') return `\`${decision.rule}\` forbids`
  const owing = decision.obligations.length === 0 ? '' : `, owing ${decision.obligations.join(' and ')},`
  return `\`${decision.rule}\` permits${owing}`
}

function deed({ action, purpose, recipient, labels }: DecisionRequest): string {
  const label = labels[0]!
  const to = recipient === undefined ? '' : ` to \`${recipient}\``
  return `to ${action} \`${label.field ?? label.category}\` from \`${label.context}\` for \`${purpose}\`${to}`
}

function facts(request: DecisionRequest): string {
  const stated = Object.entries({ ...request.facts, ...request.labels[0]?.facts })
  if (stated.length === 0) return ' whatever the facts'
  return ` when ${stated.map(([fact, value]) => `\`${fact}\` is ${value}`).join(' and ')}`
}
