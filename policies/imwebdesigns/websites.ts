/**
 * Websites, and the public places on them: forums, blogs and public chat rooms.
 * What is met on a website but belongs to a product or an application carries that context instead (specific wins).
 */

import { beaconFields } from './fields.ts'
import { bounds } from './reach.ts'
import { allBut, everyField, forbid, held, own, permit } from './vocabulary.ts'

const improving = ['tailorContent', 'personalise', 'analyseEfficiency', 'improveServices', 'developOfferings'] as const
const serving = ['runAccounts', 'answerInquiries', 'administrativeMessages'] as const
const engaging = ['surveys', 'newsletters'] as const
const guarding = ['preventFraud', 'audit'] as const
export const publicPlaces = ['community', 'publicChatRooms'] as const

/** What others see of a person who posts. */
export const publicFields = ['username', 'profilePhoto', 'forumPost', 'blogComment', 'publicChatText'] as const

export const websites = [
  permit({
    id: 'websites.collect',
    promises: ['context.websites', 'use.websites'],
    actions: ['collect'],
    contexts: ['websites'],
    categories: bounds.websites.categories,
    purposes: [...improving, ...serving, ...engaging, ...guarding],
    when: { source: ['person', 'feedback', 'analyticsProvider', 'beacon'] },
  }),
  permit({
    id: 'websites.improve',
    promises: ['use.websites', 'purpose.list', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['websites'],
    categories: bounds.websites.categories,
    purposes: [...improving, ...guarding],
    recipients: own,
  }),
  permit({
    id: 'websites.serve',
    promises: ['use.websites', 'purpose.list', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['websites'],
    categories: ['identifiers', 'other'],
    purposes: serving,
    recipients: own,
  }),
  permit({
    id: 'websites.engage',
    promises: ['use.websites', 'purpose.list', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['websites'],
    categories: ['identifiers', 'inferences', 'other'],
    purposes: engaging,
    recipients: own,
  }),

  // Cookies and beacons gather exactly five things, for user experience and functionality only.
  forbid({
    id: 'beacons.fields',
    promises: ['tech.beacons'],
    actions: ['collect'],
    contexts: ['websites'],
    fields: allBut(everyField, ...beaconFields),
    when: { source: 'beacon' },
  }),
  forbid({
    id: 'beacons.purposes',
    promises: ['tech.beacons'],
    actions: ['collect'],
    contexts: ['websites'],
    purposes: [...serving, ...engaging, ...guarding, 'developOfferings'],
    when: { source: 'beacon' },
  }),
  // Access to a device needs prior consent: regulation 6 of PECR in the UK, ePrivacy in the EEA (rules G41, G44). The
  // UK's exception for statistics alone is not used: the same five things also serve user experience.
  forbid({
    id: 'beacons.consent',
    promises: ['tech.beacons', 'tech.preferences'],
    actions: ['collect'],
    contexts: ['websites'],
    purposes: improving,
    when: { source: ['beacon', 'analyticsProvider'], region: ['uk', 'eea'], consent: { not: 'given' } },
  }),

  permit({
    id: 'community.collect',
    promises: ['context.websites', 'community.public'],
    actions: ['collect'],
    contexts: publicPlaces,
    categories: bounds.community.categories,
    purposes: ['communicationFeatures'],
    when: { source: 'person', warned: 'yes' },
    obligations: ['warn'],
  }),
  permit({
    id: 'community.keep',
    promises: ['community.public', 'purpose.list'],
    actions: held,
    contexts: publicPlaces,
    categories: bounds.community.categories,
    purposes: ['communicationFeatures', 'preventFraud'],
    recipients: own,
  }),
  permit({
    id: 'community.show',
    promises: ['community.public', 'recipient.kinds'],
    actions: ['disclose'],
    contexts: publicPlaces,
    fields: publicFields,
    purposes: ['communicationFeatures'],
    recipients: ['otherUsers'],
  }),
  forbid({
    id: 'community.unwarned',
    promises: ['community.public'],
    recipients: ['otherUsers'],
    when: [{ warned: 'no' }, { public: 'no' }],
  }),
]
