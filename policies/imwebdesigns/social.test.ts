import { test } from 'node:test'
import { denied, permitted, type Question } from '../../tests/asking.ts'

const like: Question = { action: 'use', context: 'social', field: 'socialEngagement', purpose: 'tailorContent' }

test('use.social: it tailors content and interactions', () => {
  permitted(like, 'social.use')
  permitted({ ...like, purpose: 'socialFeatures' }, 'social.use')
  denied({ ...like, purpose: 'newsletters' }, 'social.purposes')
  denied({ ...like, purpose: 'developOfferings' }, 'social.purposes')
})

test('context.social: platforms and people are its sources, and a supplier is not', () => {
  permitted({ ...like, action: 'collect', facts: { source: 'socialPlatform' } }, 'social.collect')
  denied({ ...like, action: 'collect', facts: { source: 'agency' } }, null)
})

test('context.social: a beacon in a mail waits for consent', () => {
  const opened: Question = { ...like, action: 'collect', field: 'mailOpened' }
  denied({ ...opened, facts: { source: 'beacon' } }, 'social.trackers')
  permitted({ ...opened, facts: { source: 'beacon', consent: 'given' } }, 'social.collect')
})

test('use.social: a platform gets an interaction only when the person asked for it', () => {
  const share: Question = { ...like, action: 'disclose', purpose: 'socialFeatures', recipient: 'socialPlatform' }
  permitted(share, 'social.feature')
  denied({ ...share, facts: { requested: 'no' } }, null)
  denied({ ...share, field: 'predictedInterest' }, null)
})
