/**
 * Sharing with service providers and partners: what each may hold, field by field, and the terms without which nothing
 * goes to anyone. No disclosure is ever a sale, and none goes to nobody in particular.
 * Country and transfer mechanism are in transfers.ts; advertisers, in advertising.ts.
 */
import type { ContextName, FieldName, PurposeName } from './vocabulary.ts'
import {
  allBut,
  everyField,
  forbid,
  passedOn,
  permit,
  processors,
  serviceContexts,
  thirdParties,
} from './vocabulary.ts'

/** One service provider's share: for these purposes, from these contexts, these fields and no other. */
interface Share {
  readonly recipient: (typeof processors)[number]
  readonly contexts: readonly ContextName[]
  readonly purposes: readonly PurposeName[]
  readonly fields: readonly FieldName[]
}

/** Known to be needed by no service provider but the host, which holds everything sealed. */
export const neverShared = [
  'directMessage',
  'preciseLocation',
  'ethnicity',
  'religion',
  'sexualOrientation',
  'unionMembership',
  'healthNote',
  'immigrationStatus',
  'geneticData',
  'socialSecurityNumber',
  'nationalInsuranceNumber',
  'governmentIdNumber',
  'bankAccountNumber',
  'healthInsuranceNumber',
  'passwordHash',
  'securityAnswer',
  'biometricTemplate',
] as const

/** What each host holds it for: the first need of the context. Sealed, so it is transferred and never disclosed. */
const hosted: readonly (readonly [readonly ContextName[], readonly PurposeName[]])[] = [
  [['websites'], ['tailorContent', 'runAccounts']],
  [['community', 'publicChatRooms'], ['communicationFeatures']],
  [['products'], ['provideServices', 'processOrders', 'runAccounts']],
  [['customerContent'], ['provideServices']],
  [['functionalData'], ['improveServices']],
  [['supportInformation', 'chat'], ['support']],
  [['social'], ['tailorContent']],
  [['applicants'], ['recruitment']],
  [['research'], ['marketResearch']],
  [['offline'], ['answerInquiries']],
]

const shares: Readonly<Record<string, Share>> = {
  analysis: {
    recipient: 'dataAnalyst',
    contexts: ['websites', 'functionalData'],
    purposes: ['analyseEfficiency', 'improveServices'],
    fields: [
      'visitCount',
      'pagesViewed',
      'browserType',
      'deviceType',
      'operatingSystem',
      'featureUsage',
      'errorReport',
    ],
  },
  customers: {
    recipient: 'crmProvider',
    contexts: ['products'],
    purposes: ['runAccounts', 'administrativeMessages', 'answerInquiries'],
    fields: ['fullName', 'emailAddress', 'phoneNumber', 'companyName', 'jobTitle', 'customerSince', 'accountId'],
  },
  contacts: {
    recipient: 'crmProvider',
    contexts: ['websites', 'offline'],
    purposes: ['answerInquiries'],
    fields: ['fullName', 'emailAddress', 'phoneNumber'],
  },
  campaigns: {
    recipient: 'campaignProvider',
    contexts: ['websites', 'offline'],
    purposes: ['newsletters', 'surveys'],
    fields: ['fullName', 'emailAddress'],
  },
  tickets: {
    recipient: 'supportProvider',
    contexts: ['supportInformation', 'chat'],
    purposes: ['support'],
    fields: ['fullName', 'emailAddress', 'ticketSubject', 'ticketText', 'chatText', 'chatMetadata', 'serviceLog'],
  },
  payments: {
    recipient: 'paymentProvider',
    contexts: ['products'],
    purposes: ['processOrders'],
    fields: ['fullName', 'billingAddress', 'orderNumber', 'orderTotal', 'paymentToken', 'cardLastFour'],
  },
  deliveries: {
    recipient: 'fulfilmentProvider',
    contexts: ['products'],
    purposes: ['processOrders'],
    fields: ['fullName', 'postalAddress', 'phoneNumber', 'orderNumber', 'orderItem'],
  },
  faults: {
    recipient: 'itProvider',
    contexts: ['supportInformation'],
    purposes: ['support'],
    fields: ['accountId', 'serviceLog', 'errorReport', 'deviceType', 'operatingSystem', 'screenshot'],
  },
  mail: {
    recipient: 'mailProvider',
    contexts: ['websites', 'products', 'offline'],
    purposes: ['administrativeMessages', 'answerInquiries'],
    fields: ['fullName', 'emailAddress'],
  },
  applications: {
    recipient: 'mailProvider',
    contexts: ['applicants'],
    purposes: ['recruitment'],
    fields: ['fullName', 'emailAddress'],
  },
  audits: {
    recipient: 'auditor',
    contexts: ['products'],
    purposes: ['audit'],
    fields: ['accountId', 'orderNumber', 'orderTotal', 'invoiceNumber', 'invoiceTotal'],
  },
  measurement: {
    recipient: 'analyticsProvider',
    contexts: ['websites'],
    purposes: ['analyseEfficiency'],
    fields: ['analyticsCookieId', 'visitCount', 'pagesViewed', 'browserType', 'deviceType', 'domainName'],
  },
}

/** Whoever must be bound by contract to the company's standards: every service provider and every partner. */
export const bound = [...processors, ...thirdParties]

export const sharing = [
  // Sale is derived from who receives and what they give (1798.140(ad)), so this bites on every disclosure.
  forbid({ id: 'sale.never', promises: ['sale.never'], when: { sale: 'yes' } }),
  forbid({
    id: 'contract.in-force',
    promises: ['share.processors', 'share.strict-terms'],
    recipients: bound,
    when: { contract: { not: 'complete' } },
  }),
  forbid({
    id: 'contract.attested',
    promises: ['share.audited'],
    recipients: bound,
    when: { attestation: 'overdue' },
  }),
  forbid({
    id: 'share.only-what-is-needed',
    promises: ['share.necessary-only'],
    recipients: allBut(bound, 'hostingProvider'),
    fields: neverShared,
  }),

  ...hosted.map(([contexts, purposes]) =>
    permit({
      id: `host.${contexts[0]}`,
      promises: ['share.processors', 'recipient.kinds'],
      actions: ['transfer'],
      contexts,
      purposes,
      fields: everyField,
      recipients: ['hostingProvider'],
    }),
  ),
  ...Object.entries(shares).map(([name, { recipient, ...share }]) =>
    permit({
      id: `share.${name}`,
      promises: [
        'share.processors',
        'share.necessary-only',
        'recipient.kinds',
        ...(recipient === 'analyticsProvider' ? (['tech.partners'] as const) : []),
      ],
      actions: passedOn,
      recipients: [recipient],
      ...share,
    }),
  ),
  // Their tags run only with consent where the region wants it: PECR regulation 6, ePrivacy (rules G43, G44).
  forbid({
    id: 'analytics.consent',
    promises: ['tech.partners', 'tech.preferences'],
    recipients: ['analyticsProvider'],
    when: { region: ['uk', 'eea'], consent: { not: 'given' } },
  }),

  permit({
    id: 'partners.offer',
    promises: ['recipient.partners', 'recipient.kinds'],
    actions: ['disclose'],
    contexts: ['websites'],
    fields: ['fullName', 'emailAddress'],
    purposes: ['partnerOffers'],
    recipients: ['channelPartner'],
  }),
  forbid({
    id: 'partners.no-service-data',
    promises: ['recipient.partners'],
    contexts: serviceContexts,
    recipients: ['channelPartner'],
  }),
  forbid({
    id: 'partners.no-consideration',
    promises: ['recipient.partners'],
    recipients: ['channelPartner'],
    when: { consideration: 'yes' },
  }),
  forbid({
    id: 'partners.by-choice',
    promises: ['recipient.partners'],
    recipients: ['channelPartner'],
    when: { consent: { not: 'given' } },
  }),
]
