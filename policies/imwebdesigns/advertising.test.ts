import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, denied, permitted, type Question } from '../../tests/asking.ts'
import { advertisingPurposes, serviceContexts } from './vocabulary.ts'

const ad: Question = {
  action: 'disclose',
  context: 'websites',
  field: 'browsingHabit',
  purpose: 'behaviouralAdvertising',
  recipient: 'behaviouralAdvertiser',
}
const inRegion = (region: string, more: Readonly<Record<string, string>> = {}): Question => ({
  ...ad,
  facts: { region, ...more },
})

test('ads.partners: in California advertising stops with an opt-out', () => {
  permitted(inRegion('california'), 'ads.by-browsing')
  denied(inRegion('california', { optOut: 'yes' }), 'share.opted-out')
})

test('ads.partners: in the UK, the EEA and everywhere unknown it waits for consent', () => {
  for (const region of ['uk', 'eea', 'us', 'elsewhere']) {
    denied(inRegion(region), 'ads.consent')
    denied(inRegion(region, { consent: 'withdrawn' }), 'ads.consent')
    permitted(inRegion(region, { consent: 'given' }), 'ads.by-browsing')
    denied(inRegion(region, { consent: 'given', optOut: 'yes' }), 'share.opted-out')
  }
  denied({ ...ad, facts: { region: undefined } }, 'ads.consent')
})

test('ads.partners: it is never for people under 16, whatever they or a parent chose', () => {
  for (const age of ['under13', 'under16']) {
    denied(inRegion('california', { age, consent: 'given', parentConsent: 'given' }), 'ads.minors')
  }
})

test('ads.partners: only website and social data, and of those only what advertising needs', () => {
  permitted({ ...inRegion('california'), context: 'social', field: 'socialEngagement' }, 'ads.by-browsing')
  denied({ ...inRegion('california'), field: 'emailAddress' }, null)
  denied({ ...inRegion('california'), field: 'emailHash' }, null)
  denied({ ...inRegion('california'), context: 'community', field: 'forumPost' }, 'community.purposes')
  denied({ ...inRegion('california'), context: 'research', field: 'predictedInterest' }, 'research.purposes')
})

test('ads.no-service-data: nothing from products, services or chats serves any advertising', () => {
  for (const context of serviceContexts) {
    for (const purpose of advertisingPurposes) {
      const decision = ask({ action: 'use', context, field: 'emailAddress', purpose, facts: { consent: 'given' } })
      assert.equal(decision.kind, 'deny')
    }
  }
})

test('ads.no-offline-targeting: offline data serves newsletters by consent, and no third party', () => {
  const spoken: Question = { action: 'use', context: 'offline', field: 'emailAddress', purpose: 'newsletters' }
  permitted({ ...spoken, facts: { consent: 'given' } }, 'offline.use')
  denied({ ...inRegion('california'), context: 'offline', field: 'predictedInterest' }, 'offline.purposes')
})

const campaign: Question = {
  action: 'disclose',
  context: 'websites',
  field: 'segment',
  purpose: 'targetedAdvertising',
  recipient: 'socialPlatform',
}

test('ads.anonymised-only: a campaign is aimed by anonymised data, de-identified first', () => {
  assert.deepEqual(ask({ ...campaign, facts: { identifiability: 'anonymised' } }), {
    kind: 'permit',
    rule: 'ads.campaign-placed',
    obligations: ['deidentify'],
  })
  denied(campaign, 'ads.identified')
})

test('def.personal: a hashed list of people is a list of people', () => {
  denied({ ...campaign, facts: { identifiability: 'hashed' } }, 'ads.identified')
})

test('ads.anonymised-only: insight into markets is of groups', () => {
  const insight: Question = { action: 'use', context: 'products', field: 'orderItem', purpose: 'marketResearch' }
  permitted({ ...insight, facts: { identifiability: 'aggregated' } }, 'ads.insight')
  denied({ ...insight, facts: { identifiability: 'anonymised' } }, 'ads.insight-of-groups')
})

const offer: Question = {
  action: 'disclose',
  context: 'websites',
  field: 'emailAddress',
  purpose: 'partnerOffers',
  recipient: 'channelPartner',
}
const offered = (facts: Readonly<Record<string, string>>): Question => ({
  ...offer,
  facts: { region: 'california', consent: 'given', ...facts },
})

test('ca.minors: under 16 sharing needs their own yes, under 13 a parent’s', () => {
  permitted(offered({ age: 'under16' }), 'partners.offer')
  denied(offered({ age: 'under16', consent: 'none' }), 'consent.newsletters')
  denied(offered({ age: 'under13' }), 'share.minors')
  permitted(offered({ age: 'under13', parentConsent: 'given' }), 'partners.offer')
})

test('ca.minors: in the EEA a parent decides too below 16', () => {
  denied(offered({ age: 'under16', region: 'eea' }), 'share.minors')
  permitted(offered({ age: 'under16', region: 'eea', parentConsent: 'given' }), 'partners.offer')
})

test('ca.minors: someone whose age is not known is treated as the youngest', () => {
  denied({ ...offer, facts: { region: 'california', consent: 'given', age: undefined } }, 'share.minors')
})

test('ca.opt-out: an opt-out ends sharing with partners as well', () => {
  denied(offered({ optOut: 'yes' }), 'share.opted-out')
})

test('tech.dnt: Do-Not-Track changes nothing, and an opt-out does', () => {
  assert.deepEqual(ask(inRegion('california', { doNotTrack: 'on' })), ask(inRegion('california')))
  assert.notDeepEqual(ask(inRegion('california', { optOut: 'yes' })), ask(inRegion('california')))
})

test('tech.preferences: a choice about tracking binds beacons, trackers, analytics and advertisers alike', () => {
  const refused = { region: 'eea', consent: 'withdrawn' }
  const measure: Question = {
    ...ad,
    field: 'pagesViewed',
    purpose: 'analyseEfficiency',
    recipient: 'analyticsProvider',
  }
  const own: Question = { action: 'collect', context: 'websites', field: 'pagesViewed', purpose: 'analyseEfficiency' }
  denied({ ...ad, facts: refused }, 'ads.consent')
  denied({ ...measure, facts: refused }, 'analytics.consent')
  denied({ ...own, facts: { ...refused, source: 'beacon' } }, 'beacons.consent')
  const theirs: Question = { ...own, context: 'social', field: 'socialEngagement', purpose: 'tailorContent' }
  denied({ ...theirs, facts: { ...refused, source: 'tracker' } }, 'social.trackers')
})
