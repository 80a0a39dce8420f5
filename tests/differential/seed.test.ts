/** The policy of IM Web Designs before the same judges: the reference, the table, and Cedar. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '@avow/core/decision/decide'
import { decideByReference } from '@avow/core/decision/reference'
import { compilePolicy } from '@avow/core/decision/table'
import { policy } from '@avow/policy-imwebdesigns/policy'
import { cedarJudge } from './cedarJudge.ts'
import { forget, generateKnownRequest } from './generateRequest.ts'
import { runSeed, seeded } from './random.ts'

const requests = 5000

test('on the policy of IM Web Designs, Cedar allows exactly what the table and the reference permit', (t) => {
  const seed = runSeed()
  const random = seeded(seed)
  const { judge } = cedarJudge(policy)
  const table = compilePolicy(policy)
  const rules = new Map<string | null, number>()
  let permits = 0
  for (let i = 0; i < requests; i++) {
    const request = generateKnownRequest(random, policy, random.chance(10) ? 2 : 1)
    const decision = decideByReference(policy, request)
    assert.deepEqual(decide(table, request), decision, `AVOW_SEED=${seed}, request ${i}`)
    const judgements = judge(request)
    const allowed = judgements.every(({ effect }) => effect === 'allow')
    assert.equal(allowed, decision.kind === 'permit', `AVOW_SEED=${seed}, request ${i}`)
    if (decision.kind === 'permit') permits++
    rules.set(decision.rule, (rules.get(decision.rule) ?? 0) + 1)
    const named = new Set(judgements.flatMap(({ determining }) => determining))
    if (decision.rule !== null) assert.ok(named.has(decision.rule), `AVOW_SEED=${seed}, request ${i}`)
  }
  t.diagnostic(`seed ${seed}: ${requests} requests, ${permits} permits, ${rules.size} rules decided some`)
  assert.ok(permits > 0.02 * requests && rules.size > 20)
})

test('on the policy of IM Web Designs, the table decides as the reference where facts are unknown', () => {
  const seed = runSeed()
  const random = seeded(seed)
  const table = compilePolicy(policy)
  for (let i = 0; i < 1000; i++) {
    const request = forget(random, policy, generateKnownRequest(random, policy))
    assert.deepEqual(decide(table, request), decideByReference(policy, request), `AVOW_SEED=${seed}, request ${i}`)
  }
})
