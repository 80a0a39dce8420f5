/**
 * What the policy keeps from an answer to the person themselves: decided for each field, as a use for the purpose under
 * which people are answered. A denial is not silence: the answer says that such a value is held (rule K26).
 */
import { decide } from '@avow/core/decision/decide'
import type { DecisionTable } from '@avow/core/decision/table'
import { AvowError } from '@avow/core/errors'
import type { PolicyDocument } from '@avow/core/policy/document'
import type { Withhold } from './accessPackage.ts'
import { personFacts } from './personFacts.ts'

/** The purpose under which a policy answers people, by its term of the W3C DPV. @throws AvowError POLICY_UNSOUND */
export function rightsPurpose({ purposes }: PolicyDocument): string {
  const found = Object.entries(purposes).find(([, { dpv }]) => dpv.includes('RightsFulfilment'))
  if (found !== undefined) return found[0]
  throw new AvowError(
    'POLICY_UNSOUND',
    'no purpose of the policy is for answering people: give one `RightsFulfilment` in `dpv`',
  )
}

/** Whoever hands an answer over has verified the person; what is sensitive is taken to be. */
const stated = { verified: 'yes' }
const ofValue = { locked: 'no', identifiability: 'identified', sensitiveContent: 'yes' }

export function withholdBy(table: DecisionTable): Withhold {
  const purpose = rightsPurpose(table.policy)
  const facts = personFacts({ kind: 'person', facts: {}, linked: [] }, purpose, stated)
  const decided = new Map<string, string | undefined>()
  return (context, field) => {
    const key = JSON.stringify([context, field])
    if (!decided.has(key)) decided.set(key, decideField(table, purpose, facts, context, field))
    return decided.get(key)
  }
}

function decideField(
  table: DecisionTable,
  purpose: string,
  facts: Readonly<Record<string, string>>,
  context: string,
  field: string,
): string | undefined {
  const category = table.policy.fields[field]?.category
  // What the policy has no name for is the person's all the same: nothing keeps it from them.
  if (category === undefined || table.policy.contexts[context] === undefined) return undefined
  const labels = [{ context, category, field, facts: ofValue }]
  const decision = decide(table, { action: 'use', purpose, facts, labels })
  return decision.kind === 'permit' ? undefined : (decision.rule ?? 'not-permitted')
}
