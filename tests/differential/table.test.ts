/** The decision table against the meaning: exactly the same kind, rule and obligations, for every request. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '@avow/core/decision/decide'
import { decideByReference } from '@avow/core/decision/reference'
import { compilePolicy } from '@avow/core/decision/table'
import { checkPolicy } from '@avow/core/policy/check'
import { generatePolicy } from './generatePolicy.ts'
import { forget, generateKnownRequest } from './generateRequest.ts'
import { runSeed, seeded } from './random.ts'
import { outcomes, outcomesOf } from './tally.ts'

const policies = 300
const requestsEach = 80

test('the table of a generated policy decides every request as the reference does, and every kind of rule decides some', (t) => {
  const seed = runSeed()
  const random = seeded(seed)
  const total = policies * requestsEach
  const count = new Map(outcomes.map((outcome) => [outcome, 0]))
  let permits = 0
  for (let number = 0; number < policies; number++) {
    const policy = generatePolicy(random)
    const table = compilePolicy(policy)
    for (let i = 0; i < requestsEach; i++) {
      const known = generateKnownRequest(random, policy, random.chance(40) ? 2 + random.below(2) : 1)
      const request = random.chance(50) ? forget(random, policy, known) : known
      const decision = decideByReference(policy, request)
      assert.deepEqual(decide(table, request), decision, `AVOW_SEED=${seed}, policy ${number}, request ${i}`)
      if (decision.kind === 'permit') permits++
      for (const each of outcomesOf(policy, request, decision, known)) count.set(each, count.get(each)! + 1)
    }
  }
  const share = (n: number) => `${((100 * n) / total).toFixed(1)} %`
  t.diagnostic(`seed ${seed}: ${policies} policies, ${total} requests, ${share(permits)} permits`)
  for (const [outcome, n] of count) t.diagnostic(`${outcome}: ${share(n)}`)
  assert.ok(permits >= 0.3 * total, `${share(permits)} permits`)
  for (const [outcome, n] of count) assert.ok(n >= 0.05 * total, `${outcome}: ${share(n)}`)
})

test('a request in which nothing but its coordinates is known is decided as the reference does', () => {
  const random = seeded(runSeed())
  for (let number = 0; number < 50; number++) {
    const policy = generatePolicy(random)
    const table = compilePolicy(policy)
    for (let i = 0; i < 10; i++) {
      const known = generateKnownRequest(random, policy)
      const labels = known.labels.map(({ context, category }) => ({ context, category }))
      const request = { ...known, labels, facts: {} }
      assert.deepEqual(decide(table, request), decideByReference(policy, request))
    }
  }
})

test('generated policies are well formed: of what is checked, only what promises say of each other is left open', () => {
  const random = seeded(runSeed())
  for (let number = 0; number < 100; number++) {
    const findings = checkPolicy(generatePolicy(random))
    assert.deepEqual(
      findings.filter(({ code }) => code !== 'POLICY_UNSOUND'),
      [],
    )
  }
})
