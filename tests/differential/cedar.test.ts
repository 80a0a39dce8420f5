/** The reference against Cedar, an independent judge, over generated policies and fully known requests. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideByReference, factsOf } from '@avow/core/decision/reference'
import type { PolicyDocument } from '@avow/core/policy/document'
import { forbid, permit, shop } from '../shopPolicy.ts'
import { part } from './bruteProof.ts'
import { cedarJudge, judgeUncached } from './cedarJudge.ts'
import { generatePolicy } from './generatePolicy.ts'
import { generateKnownRequest } from './generateRequest.ts'
import { runSeed, seeded } from './random.ts'

const policies = 200
const requestsEach = 50

test('on generated policies Cedar allows exactly what the reference permits, and for the same rules', (t) => {
  const seed = runSeed()
  const random = seeded(seed)
  const count = { permit: 0, deny: 0 }
  for (let number = 0; number < policies; number++) {
    const policy = generatePolicy(random)
    const { judge } = cedarJudge(policy)
    for (let i = 0; i < requestsEach; i++) {
      const request = generateKnownRequest(random, policy, random.chance(20) ? 2 : 1)
      const judgements = judge(request)
      const whole = decideByReference(policy, request)
      const allowed = judgements.every((each) => each.effect === 'allow')
      assert.equal(whole.kind === 'permit', allowed, `AVOW_SEED=${seed}, policy ${number}, request ${i}`)
      count[whole.kind]++
      for (const [index, { effect, determining }] of judgements.entries()) {
        const ours = decideByReference(policy, { ...request, labels: [request.labels[index]!] })
        assert.equal(ours.kind === 'permit', effect === 'allow')
        if (ours.rule === null) assert.deepEqual(determining, [], `AVOW_SEED=${seed}, policy ${number}, request ${i}`)
        else assert.ok(determining.includes(ours.rule), `AVOW_SEED=${seed}, policy ${number}: \`${ours.rule}\``)
        const first = policy.rules.find((rule) => determining.includes(rule.id))
        // Of the forbids that Cedar names, the first declared is ours, unless one permit answers it and not the next.
        if (ours.kind === 'deny' && policy.resolutions.length === 0) assert.equal(first?.id ?? null, ours.rule)
      }
    }
  }
  t.diagnostic(`seed ${seed}: ${policies} policies, ${count.permit} permits, ${count.deny} denials`)
  assert.ok(count.permit >= 0.3 * policies * requestsEach)
  assert.ok(count.deny >= 0.3 * policies * requestsEach)
})

test('Cedar answers alike with and without its caches', () => {
  const random = seeded(1)
  for (let number = 0; number < 20; number++) {
    const policy = generatePolicy(random)
    const { judge } = cedarJudge(policy)
    const request = generateKnownRequest(random, policy)
    assert.deepEqual(judge(request), judgeUncached(policy, request))
  }
})

test('a policy whose resolution is dropped from the export is found out', () => {
  const random = seeded(2)
  let found = 0
  for (let number = 0; number < 40; number++) {
    const policy = generatePolicy(random)
    const { judge } = cedarJudge({ ...policy, resolutions: [] })
    for (let i = 0; i < 20; i++) {
      const request = generateKnownRequest(random, policy)
      if ((decideByReference(policy, request).kind === 'permit') !== (judge(request)[0]!.effect === 'allow')) found++
    }
  }
  assert.ok(found > 0)
})

test('two permits, each kept over one of two forbids, do not add up to one that stands', () => {
  const deed = { actions: ['use'], contexts: ['shop'], purposes: ['delivery'] } as const
  const kept = (keep: string, over: string) =>
    ({ keep, over: [over], ground: 'law', because: 'so the law says' }) as const
  const policy = {
    ...shop([permit('one', deed), permit('two', deed), forbid('first', {}), forbid('second', {})]),
    resolutions: [kept('one', 'first'), kept('two', 'second')],
  }
  const label = { context: 'shop', category: 'contact', field: 'address', facts: allFacts(policy, true) }
  const request = { action: 'use', purpose: 'delivery', labels: [label], facts: allFacts(policy, false) } as const
  const both = { ...policy, resolutions: [...policy.resolutions, kept('one', 'second')] }
  assert.equal(decideByReference(policy, request).kind, 'deny')
  assert.deepEqual(cedarJudge(policy).judge(request), [{ effect: 'deny', determining: ['first', 'second'] }])
  assert.equal(decideByReference(both, request).kind, 'permit')
  assert.deepEqual(cedarJudge(both).judge(request), [{ effect: 'allow', determining: ['one', 'two'] }])
})

/** The first value of every fact. */
function allFacts(policy: PolicyDocument, ofValue: boolean) {
  const first = Object.entries(factsOf(policy)).map(([fact, { values }]) => [fact, values[0]!] as const)
  return part(policy, Object.fromEntries(first), ofValue)
}
