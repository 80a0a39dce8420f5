/**
 * What a person's choices and requests change: restriction, objection, consent, and what is kept after an erasure.
 * Requests themselves are answered for a purpose of their own. Opting out is in advertising.ts, limiting in sensitive.ts.
 */

import { neverSent } from './fields.ts'
import { everyContext, forbid, permit } from './vocabulary.ts'

/** By legitimate interest, and open to an objection: Article 21(1). Security, audit and protection have compelling
 * grounds; a business transfer is told to the person, who may then object to the successor. */
export const objectable = [
  'analyseEfficiency',
  'improveServices',
  'developOfferings',
  'tailorContent',
  'personalise',
  'anonymise',
  'surveys',
  'socialFeatures',
  'marketResearch',
  'productResearch',
  'businessDevelopment',
] as const
/** Direct marketing in any form: an objection is absolute, Article 21(2)-(3) (rule G21). */
export const marketing = ['newsletters', 'partnerOffers', 'behaviouralAdvertising', 'targetedAdvertising'] as const

export const rights = [
  // Article 18(2): what is restricted is stored and nothing else; law and the rights of others remain (rule G19).
  forbid({
    id: 'restriction.stops',
    promises: ['rights.restrict'],
    actions: ['collect', 'use', 'process', 'transfer', 'disclose'],
    when: { restricted: 'yes' },
  }),
  // What an exception keeps from erasure serves that exception alone (rule K50).
  forbid({
    id: 'kept.for-law-alone',
    promises: ['rights.exceptions'],
    actions: ['use', 'process', 'store', 'transfer', 'disclose'],
    when: { locked: 'yes' },
  }),
  forbid({
    id: 'objection.marketing',
    promises: ['purpose.on-request'],
    purposes: marketing,
    when: { objection: 'raised' },
  }),
  forbid({
    id: 'objection.interests',
    promises: ['purpose.on-request'],
    purposes: objectable,
    when: { objection: 'raised' },
  }),
  forbid({
    id: 'consent.newsletters',
    promises: ['purpose.on-request'],
    purposes: ['newsletters', 'partnerOffers'],
    when: { consent: { not: 'given' } },
  }),
  forbid({
    id: 'request.communication',
    promises: ['purpose.on-request'],
    purposes: ['communicationFeatures'],
    when: { requested: 'no' },
  }),

  // Answering. Taking a request in asks for no verification (rule K8); answering it does.
  permit({
    id: 'requests.take',
    promises: ['rights.contact', 'rights.verify'],
    actions: ['collect', 'store'],
    contexts: everyContext,
    categories: ['identifiers'],
    purposes: ['rightsRequests'],
    when: { source: 'person' },
  }),
  permit({
    id: 'requests.answer',
    promises: ['rights.self-service', 'rights.applicants', 'rights.port', 'ca.know', 'ca.delete', 'ca.correct'],
    actions: ['use', 'process'],
    contexts: everyContext,
    purposes: ['rightsRequests'],
  }),
  forbid({
    id: 'requests.unverified',
    promises: ['rights.verify'],
    actions: ['use', 'process'],
    purposes: ['rightsRequests'],
    when: { verified: 'no' },
  }),
  // The eight kinds (rule K26) are described in an answer and never sent; they are still corrected and erased.
  forbid({
    id: 'requests.never-sent',
    promises: ['ca.know'],
    actions: ['use', 'disclose'],
    fields: neverSent,
    purposes: ['rightsRequests'],
  }),
  // Nobody is re-identified to answer or verify a request (rule K21).
  forbid({
    id: 'deidentified.stays-so',
    promises: ['deid.maintained'],
    purposes: ['rightsRequests'],
    when: { identifiability: ['anonymised', 'aggregated'] },
  }),

  permit({
    id: 'anonymise',
    promises: ['purpose.list'],
    actions: ['process'],
    contexts: ['websites', 'products', 'social', 'research', 'offline'],
    purposes: ['anonymise'],
    obligations: ['deidentify'],
  }),
]
