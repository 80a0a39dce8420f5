/**
 * Social media: pages and apps, mail in HTML, interactions at third parties, public posts with a hashtag.
 * It tailors content and interactions. What advertising may do with it is in advertising.ts, by its own conditions.
 */
import { bounds } from './reach.ts'
import { forbid, held, own, permit } from './vocabulary.ts'

const { categories } = bounds.social
const purposes = ['tailorContent', 'personalise', 'socialFeatures'] as const

export const social = [
  permit({
    id: 'social.collect',
    promises: ['context.social', 'use.social'],
    actions: ['collect'],
    contexts: ['social'],
    categories,
    purposes,
    when: { source: ['person', 'socialPlatform', 'tracker', 'beacon'] },
  }),
  permit({
    id: 'social.use',
    promises: ['use.social', 'purpose.list', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['social'],
    categories,
    purposes,
    recipients: own,
  }),
  permit({
    id: 'social.feature',
    promises: ['use.social', 'recipient.kinds'],
    actions: ['disclose'],
    contexts: ['social'],
    fields: ['socialHandle', 'socialEngagement'],
    purposes: ['socialFeatures'],
    recipients: ['socialPlatform'],
    when: { requested: 'yes' },
  }),
  // A beacon in a mail is access to a device like any other (rule G45); so is a partner's tracker.
  forbid({
    id: 'social.trackers',
    promises: ['context.social', 'tech.preferences'],
    actions: ['collect'],
    contexts: ['social'],
    when: { source: ['beacon', 'tracker'], consent: { not: 'given' } },
  }),
]
