/**
 * Advertising. Third parties' by browsing habits: only website and social data, only as region, choice and age allow.
 * The company's own targeted campaigns: only with what is anonymised. Never, of either kind, with service data; never
 * for third-party advertisers, with offline data.
 */
import {
  advertisingPurposes,
  allBut,
  crossContextPurposes,
  everyContext,
  forbid,
  passedOn,
  permit,
  serviceContexts,
} from './vocabulary.ts'

/** Purposes under which somebody else's advertising reaches a person. */
export const thirdPartyAds = allBut(advertisingPurposes, 'newsletters')

export const advertising = [
  forbid({
    id: 'ads.no-service-data',
    promises: ['ads.no-service-data'],
    contexts: serviceContexts,
    purposes: advertisingPurposes,
  }),
  forbid({
    id: 'ads.no-offline-data',
    promises: ['ads.no-offline-targeting'],
    contexts: ['offline'],
    purposes: thirdPartyAds,
  }),

  permit({
    id: 'ads.by-browsing',
    promises: ['ads.partners', 'recipient.kinds'],
    actions: ['disclose'],
    contexts: ['websites', 'social'],
    fields: ['advertisingCookieId', 'browsingHabit', 'socialEngagement', 'predictedInterest'],
    purposes: ['behaviouralAdvertising'],
    recipients: ['behaviouralAdvertiser', 'socialPlatform'],
  }),
  forbid({
    id: 'ads.other-contexts',
    promises: ['ads.partners'],
    contexts: allBut(everyContext, 'websites', 'social'),
    purposes: ['behaviouralAdvertising'],
  }),
  // Prior consent in the UK and EEA (PECR regulation 6, GDPR Article 6(1)(a)); the same wherever no law is known to the
  // policy (rule S2: the strictest). California lets a person opt out instead, below.
  forbid({
    id: 'ads.consent',
    promises: ['ads.partners', 'tech.preferences'],
    purposes: ['behaviouralAdvertising'],
    when: { region: { not: 'california' }, consent: { not: 'given' } },
  }),
  forbid({
    id: 'share.opted-out',
    promises: ['ca.opt-out', 'ads.partners', 'tech.preferences'],
    purposes: crossContextPurposes,
    when: { optOut: 'yes' },
  }),
  // 1798.120(c): under 16 only by opting in, under 13 only by a parent's authorisation (rules K40, K41). Behavioural
  // advertising is closed to both: the policy has third parties profile nobody who is under age.
  forbid({
    id: 'share.minors',
    promises: ['ca.minors'],
    purposes: allBut(crossContextPurposes, 'behaviouralAdvertising'),
    when: [
      { age: ['under13', 'under16'], consent: { not: 'given' } },
      { age: 'under13', parentConsent: 'none' },
      // GDPR Article 8(1): below 16 in the EEA, unless a country says less, a parent decides too (rule G24).
      { age: 'under16', region: 'eea', parentConsent: 'none' },
    ],
  }),
  forbid({
    id: 'ads.minors',
    promises: ['ca.minors', 'ads.partners'],
    purposes: ['behaviouralAdvertising'],
    when: { age: ['under13', 'under16'] },
  }),

  permit({
    id: 'ads.campaign',
    promises: ['ads.anonymised-only'],
    actions: ['use', 'process'],
    contexts: ['websites', 'social', 'research'],
    categories: ['inferences', 'electronicNetwork', 'geolocation', 'other'],
    purposes: ['targetedAdvertising'],
    obligations: ['deidentify'],
  }),
  permit({
    id: 'ads.campaign-placed',
    promises: ['ads.anonymised-only', 'other.nonpersonal', 'recipient.kinds'],
    actions: passedOn,
    contexts: ['websites', 'social', 'research'],
    categories: ['inferences', 'electronicNetwork', 'geolocation', 'other'],
    purposes: ['targetedAdvertising'],
    recipients: ['campaignProvider', 'socialPlatform'],
    obligations: ['deidentify'],
  }),
  permit({
    id: 'ads.insight',
    promises: ['ads.anonymised-only'],
    actions: ['use', 'process'],
    contexts: ['websites', 'social', 'products'],
    categories: ['inferences', 'commercial', 'electronicNetwork', 'other'],
    purposes: ['marketResearch'],
    obligations: ['deidentify'],
  }),
  // An uploaded list of people is personal however it is hashed (rule N9; FTC v. BetterHelp, rule E13).
  forbid({
    id: 'ads.identified',
    promises: ['ads.anonymised-only'],
    purposes: ['targetedAdvertising'],
    when: { identifiability: ['identified', 'hashed'] },
  }),
  forbid({
    id: 'ads.insight-of-groups',
    promises: ['ads.anonymised-only'],
    contexts: ['websites', 'social', 'products'],
    purposes: ['marketResearch'],
    when: { identifiability: { not: 'aggregated' } },
  }),
]
