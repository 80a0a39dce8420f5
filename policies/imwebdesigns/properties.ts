/**
 * What is proven of the whole policy, by going through all of it: see core's decision/prove.ts.
 * A property says what must be so; which promise it shows to be kept, and the rule change that must break it, stand in
 * evidence.ts.
 */
import { controller, type Property } from '@avow/core/policy/document'
import { thirdPartyAds } from './advertising.ts'
import { beaconFields, inferredFields, neverSent } from './fields.ts'
import { bounds } from './reach.ts'
import { marketing, objectable } from './rights.ts'
import { sensitivePurposes } from './sensitive.ts'
import { bound, neverShared } from './sharing.ts'
import {
  advertisingPurposes,
  allBut,
  crossContextPurposes,
  everyCategory,
  everyContext,
  everyField,
  everyPurpose,
  lawPurposes,
  passedOn,
  serviceContexts,
  servicePurposes,
} from './vocabulary.ts'
import { publicPlaces } from './websites.ts'

export const properties = {
  // Sale, sharing and advertising.
  saleNever: { kind: 'never', title: 'nothing is ever sold', scope: {}, when: { sale: 'yes' } },
  serviceDataNeverAdvertising: {
    kind: 'never',
    title: 'service data, chat included, never serves advertising of any kind',
    scope: { contexts: serviceContexts, purposes: advertisingPurposes },
  },
  offlineNeverThirdPartyAds: {
    kind: 'never',
    title: 'offline data never serves third-party advertising',
    scope: { contexts: ['offline'], purposes: thirdPartyAds },
  },
  campaignsOnlyAnonymised: {
    kind: 'never',
    title: 'no campaign is aimed by data that is identified or hashed',
    scope: { purposes: ['targetedAdvertising'] },
    when: { identifiability: ['identified', 'hashed'] },
  },
  insightsOnlyAggregated: {
    kind: 'never',
    title: 'insight into markets from websites, social media and products is only of groups',
    scope: { contexts: ['websites', 'social', 'products'], purposes: ['marketResearch'] },
    when: { identifiability: { not: 'aggregated' } },
  },
  adsOnlyWebsitesAndSocial: {
    kind: 'never',
    title: 'third parties advertise by website and social data only',
    scope: { contexts: allBut(everyContext, 'websites', 'social'), purposes: ['behaviouralAdvertising'] },
  },
  adsByPriorConsent: {
    kind: 'never',
    title: 'in the UK and EEA third parties advertise only by prior consent',
    scope: { purposes: ['behaviouralAdvertising'] },
    when: { region: ['uk', 'eea'], consent: { not: 'given' } },
  },
  optOutEndsSharing: {
    kind: 'never',
    title: 'nothing is shared about a person who opted out',
    scope: { purposes: crossContextPurposes },
    when: { share: 'yes', optOut: 'yes' },
  },
  minorsNeverShared: {
    kind: 'never',
    title: 'nothing is shared of a person under 16 without their own yes, under 13 without a parent’s',
    scope: { purposes: allBut(crossContextPurposes, 'behaviouralAdvertising') },
    when: [
      { age: ['under13', 'under16'], consent: { not: 'given' } },
      { age: 'under13', parentConsent: 'none' },
    ],
  },
  adsNeverToMinors: {
    kind: 'never',
    title: 'third parties never advertise to people under 16',
    scope: { purposes: ['behaviouralAdvertising'] },
    when: { age: ['under13', 'under16'] },
  },
  doNotTrackChangesNothing: {
    kind: 'independent',
    title: 'Do-Not-Track changes no decision',
    scope: {},
    of: ['doNotTrack'],
  },

  // The limits of contexts and purposes.
  websitesKnowTheirSource: {
    kind: 'never',
    title: 'websites take nothing in but from the person, feedback, analytics providers and our own beacons',
    scope: { actions: ['collect'], contexts: ['websites'], purposes: allBut(everyPurpose, 'rightsRequests') },
    when: { source: { not: ['person', 'feedback', 'analyticsProvider', 'beacon'] } },
  },
  beaconsGatherFiveThings: {
    kind: 'never',
    title: 'cookies and beacons on websites gather five things',
    scope: { actions: ['collect'], contexts: ['websites'], fields: allBut(everyField, ...beaconFields) },
    when: { source: 'beacon' },
  },
  beaconsByConsent: {
    kind: 'never',
    title: 'in the UK and EEA cookies and beacons on websites gather by consent',
    scope: { actions: ['collect'], contexts: ['websites'] },
    when: { source: 'beacon', region: ['uk', 'eea'], consent: { not: 'given' } },
  },
  socialTrackersByConsent: {
    kind: 'never',
    title: 'beacons in mails and trackers gather by consent',
    scope: { actions: ['collect'], contexts: ['social'] },
    when: { source: ['beacon', 'tracker'], consent: { not: 'given' } },
  },
  analyticsByConsent: {
    kind: 'never',
    title: 'in the UK and EEA analytics providers get data by consent',
    scope: { recipients: ['analyticsProvider'] },
    when: { region: ['uk', 'eea'], consent: { not: 'given' } },
  },
  customerContentOnly: {
    kind: 'never',
    title: 'customer content only runs and improves the services',
    scope: {
      contexts: ['customerContent'],
      purposes: allBut(everyPurpose, 'provideServices', 'improveServices', ...lawPurposes),
    },
  },
  functionalDataOnly: {
    kind: 'never',
    title: 'functional data only informs development',
    scope: {
      contexts: ['functionalData'],
      purposes: allBut(everyPurpose, 'analyseEfficiency', 'improveServices', 'developOfferings', ...lawPurposes),
    },
  },
  supportInformationOnly: {
    kind: 'never',
    title: 'support information only serves maintenance and support',
    scope: { contexts: ['supportInformation'], purposes: allBut(everyPurpose, 'support', ...lawPurposes) },
  },
  chatOnly: {
    kind: 'never',
    title: 'chat only serves support and improvement',
    scope: { contexts: ['chat'], purposes: allBut(everyPurpose, 'support', 'improveServices', ...lawPurposes) },
  },
  socialOnly: {
    kind: 'never',
    title: 'social data serves no accounts, orders, newsletters, surveys or offers',
    scope: {
      contexts: ['social'],
      purposes: [...servicePurposes, 'newsletters', 'surveys', 'partnerOffers', 'recruitment', 'audit'],
    },
  },
  applicationsOnlyAssessed: {
    kind: 'never',
    title: 'applications are only assessed',
    scope: { contexts: ['applicants'], purposes: allBut(everyPurpose, 'recruitment', ...lawPurposes) },
  },
  recruitmentOnlyFromApplicants: {
    kind: 'never',
    title: 'nobody is assessed by what they did elsewhere',
    scope: { contexts: allBut(everyContext, 'applicants'), purposes: ['recruitment'] },
  },
  researchCategoriesOnly: {
    kind: 'never',
    title: 'research takes in and studies no category but its eight',
    scope: {
      contexts: ['research'],
      categories: allBut(everyCategory, ...bounds.research.categories),
      purposes: allBut(everyPurpose, ...lawPurposes),
    },
  },
  researchNamesItsSupplier: {
    kind: 'never',
    title: 'research takes nothing from a supplier without a name',
    scope: { actions: ['collect'], contexts: ['research'] },
    when: { source: 'agency', supplier: 'unnamed' },
  },
  researchStaysInResearch: {
    kind: 'never',
    title: 'product research and business development use research data only',
    scope: { contexts: allBut(everyContext, 'research'), purposes: ['productResearch', 'businessDevelopment'] },
  },
  offlineKeepsLabels: {
    kind: 'never',
    title: 'data reused offline keeps its first labels',
    scope: { actions: ['collect'], contexts: ['offline'] },
    when: { source: 'existingDatabase', originalLabels: 'lost' },
  },
  offlineMarksInferences: {
    kind: 'never',
    title: 'what is inferred offline is marked so',
    scope: { actions: ['collect'], contexts: ['offline'], fields: inferredFields },
    when: { inferred: 'no' },
  },

  // Sensitive information.
  sensitiveOnlyItsPurposes: {
    kind: 'never',
    title: 'sensitive data, by its flag, serves the requested service, security, operations and law only',
    scope: { purposes: allBut(everyPurpose, ...sensitivePurposes) },
    when: { sensitive: 'yes' },
  },
  sensitiveOnlyIfRequested: {
    kind: 'never',
    title: 'sensitive data serves a service only if the person asked for it',
    scope: { purposes: [...servicePurposes.filter((each) => each !== 'administrativeMessages'), 'recruitment'] },
    when: { sensitive: 'yes', requested: 'no' },
  },
  limitEndsOtherUses: {
    kind: 'never',
    title: 'a request to limit leaves sensitive data to the service, security and law',
    scope: {
      purposes: allBut(
        everyPurpose,
        ...servicePurposes,
        'communicationFeatures',
        'recruitment',
        'preventFraud',
        ...lawPurposes,
      ),
    },
    when: { sensitive: 'yes', limitSensitive: 'yes' },
  },
  sensitiveOnlyIfRequired: {
    kind: 'never',
    title: 'sensitive data is not collected without a requirement on file and a warning',
    scope: { actions: ['collect'], purposes: allBut(everyPurpose, 'rightsRequests') },
    when: [
      { sensitive: 'yes', requirement: 'none' },
      { sensitive: 'yes', warned: 'no' },
    ],
  },

  // Choices and rights.
  noRetaliation: {
    kind: 'independent',
    title: 'service, orders, support and prices are the same whatever rights are used, save what was restricted',
    scope: { purposes: servicePurposes },
    of: ['optOut', 'limitSensitive', 'objection', 'consent'],
    except: { restricted: 'yes' },
  },
  restrictedIsOnlyStored: {
    kind: 'never',
    title: 'what is restricted is stored, and used for law alone',
    scope: {
      actions: ['collect', 'use', 'process', 'transfer', 'disclose'],
      purposes: allBut(everyPurpose, ...lawPurposes),
    },
    when: { restricted: 'yes' },
  },
  keptServesLawAlone: {
    kind: 'never',
    title: 'what is kept after an erasure serves law alone',
    scope: {
      actions: ['use', 'process', 'store', 'transfer', 'disclose'],
      purposes: allBut(everyPurpose, ...lawPurposes),
    },
    when: { locked: 'yes' },
  },
  objectionEndsMarketing: {
    kind: 'never',
    title: 'an objection ends marketing and every other use by interest',
    scope: { purposes: [...marketing, ...objectable] },
    when: { objection: 'raised' },
  },
  marketingByConsent: {
    kind: 'never',
    title: 'newsletters and offers of partners follow consent',
    scope: { purposes: ['newsletters', 'partnerOffers'] },
    when: { consent: { not: 'given' } },
  },
  communicationOnRequest: {
    kind: 'never',
    title: 'people are put in contact only at their request',
    scope: { purposes: ['communicationFeatures'] },
    when: { requested: 'no' },
  },
  answersOnlyTheVerified: {
    kind: 'never',
    title: 'a request is answered only to whom was verified',
    scope: { actions: ['use', 'process'], purposes: ['rightsRequests'] },
    when: { verified: 'no' },
  },
  eightKindsNeverSent: {
    kind: 'never',
    title: 'the eight kinds are in no answer',
    scope: { actions: ['use', 'disclose'], fields: neverSent, purposes: ['rightsRequests'] },
  },
  deidentifiedStaysSo: {
    kind: 'never',
    title: 'nobody is re-identified to answer a request',
    scope: { purposes: ['rightsRequests'] },
    when: { identifiability: ['anonymised', 'aggregated'] },
  },

  // Recipients, law and borders.
  disclosedToSomebody: {
    kind: 'never',
    title: 'nothing is disclosed without a recipient named',
    scope: { actions: ['disclose'], recipients: [controller] },
  },
  boundByContract: {
    kind: 'never',
    title: 'no provider or partner gets anything without a complete contract in force',
    scope: { recipients: bound },
    when: { contract: { not: 'complete' } },
  },
  attestedInTime: {
    kind: 'never',
    title: 'no provider or partner gets anything whose attestation is overdue',
    scope: { recipients: bound },
    when: { attestation: 'overdue' },
  },
  onlyWhatIsNeeded: {
    kind: 'never',
    title: 'no provider or partner but the host gets what none of their tasks needs',
    scope: { fields: neverShared, recipients: allBut(bound, 'hostingProvider') },
  },
  hostNeverReads: {
    kind: 'never',
    title: 'the host holds what is sealed and nothing is disclosed to it',
    scope: { actions: ['use', 'process', 'disclose'], recipients: ['hostingProvider'] },
  },
  subsidiariesNeverAdvertise: {
    kind: 'never',
    title: 'subsidiaries get nothing for the advertising of others',
    scope: { purposes: thirdPartyAds, recipients: ['subsidiary'] },
  },
  partnersByChoice: {
    kind: 'never',
    title: 'a reseller gets nothing without consent, for consideration, or from services',
    scope: { recipients: ['channelPartner'] },
    when: [{ consent: { not: 'given' } }, { consideration: 'yes' }],
  },
  partnersNeverServiceData: {
    kind: 'never',
    title: 'a reseller gets no service data',
    scope: { contexts: serviceContexts, recipients: ['channelPartner'] },
  },
  publicOnlyAfterWarning: {
    kind: 'never',
    title: 'others see only what was made public after a warning',
    scope: { recipients: ['otherUsers'] },
    when: [{ warned: 'no' }, { public: 'no' }],
  },
  othersSeeOnlyPublicPlaces: {
    kind: 'never',
    title: 'others see nothing from anywhere but the public places',
    scope: { contexts: allBut(everyContext, 'websites', ...publicPlaces), recipients: ['otherUsers'] },
  },
  demandsNeedAnInstrument: {
    kind: 'never',
    title: 'an authority gets what it demands only by an instrument valid here',
    scope: { purposes: ['legalDuty'], recipients: ['authority'] },
    when: { instrument: ['none', 'foreign'] },
  },
  authoritiesNeedApproval: {
    kind: 'never',
    title: 'an authority gets nothing that was not approved',
    scope: { recipients: ['authority'] },
    when: { approved: 'no' },
  },
  protectionNeedsReview: {
    kind: 'never',
    title: 'nothing is used to protect without a review',
    scope: { actions: ['use', 'process', ...passedOn], purposes: ['protection'] },
    when: { approved: 'no' },
  },
  successorIsBound: {
    kind: 'never',
    title: 'a successor gets nothing unless it is bound and the transfer approved',
    scope: { recipients: ['successor'] },
    when: [{ contract: { not: 'complete' } }, { approved: 'no' }],
  },
  listedCountriesOnly: {
    kind: 'never',
    title: 'nothing goes to a country that is not listed',
    scope: { actions: passedOn },
    when: { country: 'unlisted' },
  },
  bordersByLaw: {
    kind: 'never',
    title: 'nothing crosses a border without a lawful ground',
    scope: { actions: passedOn },
    when: { mechanism: 'none' },
  },
} as const satisfies Readonly<Record<string, Property>>

export type PropertyName = keyof typeof properties
