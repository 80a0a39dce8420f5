/**
 * casbin: an attribute-based model whose lines hold their rule (`eval`), with the priority effect: the first line that
 * matches decides, and casbin stops there. `enforceExSync`, its fast path, gives the deciding line.
 */
import type { Forbid, Permit, PolicyDocument, Test } from '@avow/core/policy/document'
import { newEnforcer, newModelFromString } from 'casbin'
import { attributesOf, byStrength, contextsOf, type Peer, recipientsOf } from './peer.ts'

const model = `
[request_definition]
r = q
[policy_definition]
p = rule, eft, id
[policy_effect]
e = priority(p.eft) || deny
[matchers]
m = eval(p.rule)
`

export async function casbinPeer(policy: PolicyDocument): Promise<Peer> {
  const enforcer = await newEnforcer(newModelFromString(model))
  const lines = byStrength(policy).toReversed()
  await enforcer.addPolicies(
    lines.map((rule) => [expressionOf(policy, rule), rule.kind === 'permit' ? 'allow' : 'deny', rule.id]),
  )
  return {
    name: 'casbin',
    prepare: (request) => {
      const asked = request.labels.map((label) => attributesOf(policy, request, label))
      return () => {
        for (const each of asked) {
          const [isPermitted, line] = enforcer.enforceExSync(each)
          if (!isPermitted || line.length === 0) return false
        }
        return true
      }
    },
  }
}

function expressionOf(policy: PolicyDocument, rule: Permit | Forbid): string {
  const is = (name: string, value: string) => `r.q.${name} == "${value}"`
  const any = (terms: readonly string[]) => (terms.length === 1 ? terms[0]! : `(${terms.join(' || ')})`)
  const among = (name: string, values: readonly string[] | undefined) =>
    values === undefined ? [] : [any(values.map((value) => is(name, value)))]
  const testOf = (fact: string, test: Test): string => {
    if (typeof test === 'string') return is(fact, test)
    if ('not' in test) return `!(${testOf(fact, test.not)})`
    return any(test.map((value) => is(fact, value)))
  }
  const terms = [
    // Cheapest and most telling first: `&&` stops at the first that fails.
    ...among('purpose', rule.purposes),
    ...among('action', rule.actions),
    ...among('recipient', recipientsOf(rule)),
    ...among('context', contextsOf(policy, rule)),
    ...among('category', rule.categories),
    ...among('field', rule.fields),
    ...(rule.when === undefined
      ? []
      : [
          any(
            [rule.when].flat().map((all) =>
              Object.entries(all)
                .map(([fact, test]) => testOf(fact, test))
                .join(' && '),
            ),
          ),
        ]),
  ]
  return terms.length === 0 ? 'true' : terms.join(' && ')
}
