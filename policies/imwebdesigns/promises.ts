/**
 * Every promise of the published policy, in our own words: one for each sentence it can be held to.
 * What is not built yet stands beside it, in the same words everywhere (missing.ts). Evidence is attached in policy.ts.
 */
import { advertisingPromises } from './promises/advertising.ts'
import { disclosure } from './promises/disclosure.ts'
import { keeping } from './promises/keeping.ts'
import { purposePromises } from './promises/purposes.ts'
import { recipientPromises } from './promises/recipients.ts'
import { rightPromises } from './promises/rights.ts'
import { scope } from './promises/scope.ts'

export const promises = {
  ...scope,
  ...disclosure,
  ...purposePromises,
  ...recipientPromises,
  ...rightPromises,
  ...advertisingPromises,
  ...keeping,
} as const

export type PromiseName = keyof typeof promises
