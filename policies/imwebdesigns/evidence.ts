/**
 * What shows that each promise is kept: a proof over the whole policy, with the change of rules that must break it, or
 * a query over what is really there, which the server holds by name together with its own breach.
 * A promise without a line here shows no evidence yet. Where several rules guard one thing, the breach takes them all:
 * else the proof would still hold, and show nothing.
 */
import { type Action, controller, type Evidence, type PolicyBreach } from '@avow/core/policy/document'
import type { PromiseName } from './promises.ts'
import type { PropertyName } from './properties.ts'
import { type ContextName, forbid, held, type PurposeName, passedOn, permit, type RecipientName } from './vocabulary.ts'

const proof = (property: PropertyName, breach: PolicyBreach): Evidence => ({ kind: 'proof', property, breach })
const without = (property: PropertyName, ...remove: readonly string[]): Evidence => proof(property, { remove })

/** Live queries, written in the server. A name that is not there is a mistake that its registry reports. */
type QueryName =
  | 'recordsCarryContext'
  | 'fieldsInOneCategory'
  | 'sealedAtRest'
  | 'ledgerIntact'
  | 'erasuresSearched'
  | 'collectionsLedgered'
  | 'sourceOnEveryRecord'
  | 'actsUnderStandingVersion'
  | 'storesMapped'
const query = (name: QueryName): Evidence => ({ kind: 'query', query: name })

const id = 'planted'
/** A permit that no promise makes room for. */
const planted = (
  promise: PromiseName,
  action: Action,
  context: ContextName,
  purpose: PurposeName,
  recipient: RecipientName | typeof controller = controller,
) =>
  permit({
    id,
    promises: [promise],
    actions: [action],
    contexts: [context],
    purposes: [purpose],
    recipients: [recipient],
  })

export const evidence: Readonly<Partial<Record<PromiseName, readonly Evidence[]>>> = {
  // Scope and contexts.
  'scope.company': [query('actsUnderStandingVersion')],
  'scope.tailored': [query('recordsCarryContext')],
  'context.social': [without('socialTrackersByConsent', 'social.trackers')],
  'context.research': [
    proof('researchNamesItsSupplier', {
      remove: ['research.unnamed-supplier'],
      add: [
        permit({
          id,
          promises: ['context.research'],
          actions: ['collect'],
          contexts: ['research'],
          purposes: ['marketResearch'],
          when: { source: 'agency' },
        }),
      ],
    }),
  ],
  'context.offline': [without('offlineMarksInferences', 'offline.unmarked-inference')],
  'def.personal': [
    query('storesMapped'),
    // The classic mistake: a hashed address is taken for an anonymous one.
    proof('campaignsOnlyAnonymised', {
      remove: ['ads.identified'],
      add: [
        forbid({
          id,
          promises: ['ads.anonymised-only'],
          purposes: ['targetedAdvertising'],
          when: { identifiability: 'identified' },
        }),
      ],
    }),
  ],
  'category.all': [query('fieldsInOneCategory'), query('storesMapped')],
  'category.year': [query('collectionsLedgered')],

  // Sale, collection, use and disclosure.
  'sale.never': [without('saleNever', 'sale.never')],
  'use.websites': [
    query('sourceOnEveryRecord'),
    proof('websitesKnowTheirSource', {
      add: [planted('use.websites', 'collect', 'websites', 'tailorContent')],
    }),
  ],
  'use.customer-content': [
    query('actsUnderStandingVersion'),
    proof('customerContentOnly', {
      remove: ['customerContent.purposes'],
      add: [planted('use.customer-content', 'use', 'customerContent', 'analyseEfficiency')],
    }),
  ],
  'use.functional-data': [
    query('actsUnderStandingVersion'),
    proof('functionalDataOnly', {
      remove: ['functionalData.purposes'],
      add: [planted('use.functional-data', 'use', 'functionalData', 'audit')],
    }),
  ],
  'use.support-information': [
    query('actsUnderStandingVersion'),
    proof('supportInformationOnly', {
      remove: ['supportInformation.purposes'],
      add: [planted('use.support-information', 'use', 'supportInformation', 'developOfferings')],
    }),
  ],
  'use.chat': [
    query('actsUnderStandingVersion'),
    proof('chatOnly', {
      remove: ['chat.purposes'],
      add: [planted('use.chat', 'use', 'chat', 'audit')],
    }),
  ],
  'use.social': [
    query('actsUnderStandingVersion'),
    proof('socialOnly', {
      remove: ['social.purposes'],
      add: [planted('use.social', 'use', 'social', 'newsletters')],
    }),
  ],
  'share.processors': [without('boundByContract', 'contract.in-force')],
  'share.strict-terms': [
    proof('boundByContract', {
      remove: ['contract.in-force'],
      add: [
        forbid({
          id,
          promises: ['share.strict-terms'],
          recipients: ['paymentProvider'],
          when: { contract: 'incomplete' },
        }),
      ],
    }),
  ],
  'share.audited': [without('attestedInTime', 'contract.attested')],
  'share.necessary-only': [
    proof('onlyWhatIsNeeded', {
      remove: ['share.only-what-is-needed'],
      add: [
        permit({
          id,
          promises: ['share.necessary-only'],
          actions: passedOn,
          contexts: ['products'],
          purposes: ['processOrders'],
          recipients: ['paymentProvider'],
        }),
      ],
    }),
  ],
  'ads.no-service-data': [
    proof('serviceDataNeverAdvertising', {
      remove: ['ads.no-service-data', 'products.purposes'],
      add: [planted('ads.no-service-data', 'use', 'products', 'newsletters')],
    }),
  ],
  'ads.anonymised-only': [
    without('campaignsOnlyAnonymised', 'ads.identified'),
    without('insightsOnlyAggregated', 'ads.insight-of-groups'),
  ],
  'research.categories': [
    query('sourceOnEveryRecord'),
    proof('researchCategoriesOnly', {
      remove: ['research.categories'],
      add: [
        permit({
          id,
          promises: ['research.categories'],
          actions: held,
          contexts: ['research'],
          categories: ['commercial'],
          purposes: ['marketResearch'],
          recipients: ['controller'],
        }),
      ],
    }),
  ],
  'offline.sources': [
    query('sourceOnEveryRecord'),
    proof('offlineKeepsLabels', {
      remove: ['offline.lost-labels'],
      add: [
        permit({
          id,
          promises: ['offline.sources'],
          actions: ['collect'],
          contexts: ['offline'],
          purposes: ['newsletters'],
          when: { source: 'existingDatabase' },
        }),
      ],
    }),
  ],
  'ads.no-offline-targeting': [
    proof('offlineNeverThirdPartyAds', {
      remove: ['ads.no-offline-data', 'ads.other-contexts', 'offline.purposes'],
      add: [
        planted('ads.no-offline-targeting', 'disclose', 'offline', 'behaviouralAdvertising', 'behaviouralAdvertiser'),
      ],
    }),
  ],
  'ledger.disclosures': [without('disclosedToSomebody', 'disclosure.to-somebody')],

  // Purposes.
  'purpose.list': [
    query('actsUnderStandingVersion'),
    proof('researchStaysInResearch', {
      remove: ['products.purposes'],
      add: [planted('purpose.list', 'use', 'products', 'productResearch')],
    }),
  ],
  'purpose.recruitment': [
    proof('applicationsOnlyAssessed', {
      remove: ['applicants.purposes'],
      add: [planted('purpose.recruitment', 'use', 'applicants', 'audit')],
    }),
    proof('recruitmentOnlyFromApplicants', {
      remove: ['applicants.from-nowhere-else', 'social.purposes'],
      add: [planted('purpose.recruitment', 'use', 'social', 'recruitment')],
    }),
  ],
  'purpose.sensitive': [
    query('sealedAtRest'),
    without('sensitiveOnlyItsPurposes', 'sensitive.purposes'),
    without('sensitiveOnlyIfRequested', 'sensitive.unrequested'),
    without('limitEndsOtherUses', 'sensitive.limited'),
  ],
  'purpose.on-request': [
    without('objectionEndsMarketing', 'objection.marketing'),
    without('marketingByConsent', 'consent.newsletters'),
    without('communicationOnRequest', 'request.communication'),
  ],

  // Recipients.
  'recipient.kinds': [
    proof('othersSeeOnlyPublicPlaces', {
      add: [planted('recipient.kinds', 'disclose', 'products', 'communicationFeatures', 'otherUsers')],
    }),
    proof('hostNeverReads', {
      remove: ['recipients.only-receive'],
      add: [planted('recipient.kinds', 'use', 'products', 'provideServices', 'hostingProvider')],
    }),
  ],
  'recipient.subsidiaries': [
    proof('subsidiariesNeverAdvertise', {
      remove: ['subsidiary.purposes'],
      add: [planted('recipient.subsidiaries', 'disclose', 'websites', 'partnerOffers', 'subsidiary')],
    }),
  ],
  'recipient.partners': [
    without('partnersByChoice', 'partners.by-choice', 'consent.newsletters'),
    proof('partnersNeverServiceData', {
      remove: ['partners.no-service-data', 'ads.no-service-data', 'products.purposes'],
      add: [planted('recipient.partners', 'disclose', 'products', 'partnerOffers', 'channelPartner')],
    }),
  ],
  'community.public': [without('publicOnlyAfterWarning', 'community.unwarned')],

  // Choices and rights.
  'rights.restrict': [without('restrictedIsOnlyStored', 'restriction.stops')],
  'rights.verify': [without('answersOnlyTheVerified', 'requests.unverified')],
  'rights.exceptions': [without('keptServesLawAlone', 'kept.for-law-alone')],
  'ca.know': [without('eightKindsNeverSent', 'requests.never-sent')],
  'ca.delete': [query('erasuresSearched')],
  'ca.opt-out': [without('optOutEndsSharing', 'share.opted-out')],
  'ca.minors': [without('minorsNeverShared', 'share.minors'), without('adsNeverToMinors', 'ads.minors')],
  'ca.no-retaliation': [
    proof('noRetaliation', {
      add: [
        forbid({
          id,
          promises: ['ca.no-retaliation'],
          contexts: ['products'],
          purposes: ['processOrders'],
          when: { optOut: 'yes' },
        }),
      ],
    }),
  ],

  // Advertising, cookies and other disclosures.
  'ads.partners': [
    without('adsByPriorConsent', 'ads.consent'),
    without('optOutEndsSharing', 'share.opted-out'),
    proof('adsOnlyWebsitesAndSocial', {
      remove: ['ads.other-contexts', 'research.purposes'],
      add: [
        permit({
          id,
          promises: ['ads.partners'],
          actions: ['disclose'],
          contexts: ['research'],
          fields: ['predictedInterest'],
          purposes: ['behaviouralAdvertising'],
          recipients: ['behaviouralAdvertiser'],
        }),
      ],
    }),
  ],
  'legal.obligation': [without('demandsNeedAnInstrument', 'legal.no-instrument')],
  'legal.law-enforcement': [without('authoritiesNeedApproval', 'legal.unapproved')],
  'legal.business-transfer': [without('successorIsBound', 'business.unbound')],
  'legal.protect': [without('protectionNeedsReview', 'protect.unreviewed')],
  'tech.beacons': [
    without('beaconsGatherFiveThings', 'beacons.fields'),
    without('beaconsByConsent', 'beacons.consent'),
  ],
  'tech.partners': [without('analyticsByConsent', 'analytics.consent')],
  'tech.preferences': [
    without('optOutEndsSharing', 'share.opted-out'),
    without('socialTrackersByConsent', 'social.trackers'),
  ],
  'tech.dnt': [
    proof('doNotTrackChangesNothing', {
      add: [
        forbid({
          id,
          promises: ['tech.dnt'],
          contexts: ['websites'],
          purposes: ['tailorContent'],
          when: { doNotTrack: 'on' },
        }),
      ],
    }),
  ],
  'other.nonpersonal': [without('campaignsOnlyAnonymised', 'ads.identified')],

  // Keeping, protecting, moving and changing.
  'security.measures': [query('sealedAtRest'), query('ledgerIntact')],
  'transfer.anywhere': [without('listedCountriesOnly', 'transfer.unlisted-country')],
  'transfer.eea': [without('bordersByLaw', 'transfer.no-mechanism')],
  'sensitive.avoid': [without('sensitiveOnlyIfRequired', 'sensitive.not-required')],
  'update.versions': [query('actsUnderStandingVersion')],
  'deid.maintained': [without('deidentifiedStaysSo', 'deidentified.stays-so')],
}
