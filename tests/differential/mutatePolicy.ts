/**
 * A second version of a generated policy: a few random changes of what it permits. And changes that are only of words.
 */
import type { Permit, PolicyDocument, Rule } from '@avow/core/policy/document'
import { generatePolicy } from './generatePolicy.ts'
import type { Random } from './random.ts'

type Change = (random: Random, policy: PolicyDocument) => PolicyDocument

/** One random change of meaning (which at times changes nothing, as when a forbid is dropped that nothing meets). */
export function mutatePolicy(random: Random, policy: PolicyDocument): PolicyDocument {
  return random.one(changes)(random, policy)
}

const changes: readonly Change[] = [
  (random, policy) => ({ ...policy, rules: policy.rules.toSpliced(random.below(policy.rules.length), 1) }),
  (random, policy) => ({ ...policy, resolutions: policy.resolutions.slice(random.below(2)) }),
  (random, policy) =>
    changeRule(random, policy, (rule) => ({ ...rule, purposes: random.some(Object.keys(policy.purposes), 1, 2) })),
  (random, policy) =>
    changeRule(random, policy, (rule) => ({ ...rule, contexts: random.some(Object.keys(policy.contexts), 1, 3) })),
  (random, policy) =>
    changeRule(random, policy, (rule) => (rule.kind === 'permit' ? { ...rule, obligations: ['tell'] } : rule)),
  (random, policy) =>
    changeRule(random, policy, ({ ...rule }) => {
      if (rule.kind !== 'retain') delete (rule as { when?: Permit['when'] }).when
      return rule
    }),
  (random, policy) => {
    const field = random.one(Object.keys(policy.fields))
    const { sensitiveUnder, ...rest } = policy.fields[field]!
    const changed = sensitiveUnder === undefined ? { ...rest, sensitiveUnder: ['gdpr' as const] } : rest
    return { ...policy, fields: { ...policy.fields, [field]: changed } }
  },
  (random, policy) => {
    const recipient = random.one(Object.keys(policy.recipients))
    const standing = random.one(['processor', 'thirdParty', 'sameBusiness'] as const)
    return { ...policy, recipients: { ...policy.recipients, [recipient]: { title: recipient, standing } } }
  },
  (_, policy) => ({
    ...policy,
    fields: { ...policy.fields, added: { title: 'added', category: Object.keys(policy.categories)[0]! } },
    recipients: { ...policy.recipients, another: { title: 'another', standing: 'thirdParty' } },
    sources: { ...policy.sources, elsewhere: { title: 'elsewhere' } },
  }),
  (random) => generatePolicy(random),
]

function changeRule(random: Random, policy: PolicyDocument, change: (rule: Rule) => Rule): PolicyDocument {
  const at = random.below(policy.rules.length)
  return { ...policy, rules: policy.rules.with(at, change(policy.rules[at]!)) }
}

/** Other titles, other ids of rules, forbids in another order: nothing of what is permitted changes. */
export function reword(policy: PolicyDocument): PolicyDocument {
  const id = (name: string) => (policy.rules.some((rule) => rule.id === name) ? `renamed-${name}` : name)
  const forbids = policy.rules.filter((rule) => rule.kind === 'forbid').reverse()
  return {
    ...policy,
    name: 'reworded',
    contexts: Object.fromEntries(
      Object.entries(policy.contexts).map(([name, context]) => [name, { ...context, title: `the ${context.title}` }]),
    ),
    rules: policy.rules
      .map((rule) => (rule.kind === 'forbid' ? forbids.shift()! : rule))
      .map((rule) => ({ ...rule, id: id(rule.id) })),
    resolutions: policy.resolutions.map((resolution) => ({
      ...resolution,
      keep: id(resolution.keep),
      over: resolution.over === '*' ? '*' : resolution.over.map(id),
    })),
  }
}
