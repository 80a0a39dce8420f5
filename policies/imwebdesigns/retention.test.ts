import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bounds } from './reach.ts'
import { retention } from './retention.ts'
import { everyContext } from './vocabulary.ts'

const periodsOf = (context: string, category: string) =>
  retention.filter(
    ({ contexts, categories, purposes }) =>
      purposes === undefined &&
      contexts.some((each) => each === context) &&
      (categories === undefined || categories.some((each) => each === category)),
  )

test('retention.necessary: whatever a context takes in has a period', () => {
  for (const context of everyContext) {
    for (const category of bounds[context].categories) {
      assert.notEqual(periodsOf(context, category).length, 0, `${category} in ${context}`)
    }
  }
})

test('retention.factors: invoices are kept for their six years and the year they belong to', () => {
  const [invoice] = periodsOf('products', 'commercial')
  assert.deepEqual([invoice?.days, invoice?.atLeastDays, invoice?.clock], [2557, 2557, 'transaction'])
})

test('retention.factors: records of requests are kept for 24 months at least (K67)', () => {
  const requests = retention.find(({ purposes }) => purposes?.includes('rightsRequests'))
  assert.ok((requests?.atLeastDays ?? 0) >= 731)
})
