/**
 * How far things reach at most: which categories a context takes in, which purposes it serves, and for which purposes
 * each kind of recipient gets anything. The chapters permit within these bounds; outside them everything is forbidden
 * whatever the facts, so no permit written later can cross one by accident.
 * Law reaches everywhere: what lies outside a bound can still be erased, and given in answer to the person.
 */
import { controller } from '@avow/core/policy/document'
import { contexts } from './contexts.ts'
import type { PromiseName } from './promises.ts'
import {
  allBut,
  type CategoryName,
  type ContextName,
  everyCategory,
  everyContext,
  everyPurpose,
  everyRecipient,
  forbid,
  lawPurposes,
  type PurposeName,
  type RecipientName,
} from './vocabulary.ts'

interface Bound {
  readonly promise: PromiseName
  readonly categories: readonly CategoryName[]
  readonly purposes: readonly PurposeName[]
}

/** "The same types of data" are promised of research and of offline interactions. */
const eightCategories = [
  'identifiers',
  'inferences',
  'employment',
  'education',
  'geolocation',
  'audioVisual',
  'sensitive',
  'protectedClass',
] as const

export const bounds = {
  websites: {
    promise: 'use.websites',
    // Identifiers, insights from behaviour and feedback, technical data; and settings, which identify nobody.
    categories: ['identifiers', 'inferences', 'electronicNetwork', 'other'],
    purposes: [
      'tailorContent',
      'personalise',
      'analyseEfficiency',
      'improveServices',
      'developOfferings',
      'runAccounts',
      'answerInquiries',
      'administrativeMessages',
      'surveys',
      'newsletters',
      'preventFraud',
      'audit',
      'anonymise',
      'partnerOffers',
      'behaviouralAdvertising',
      'targetedAdvertising',
      'marketResearch',
      'businessTransfer',
    ],
  },
  community: {
    promise: 'community.public',
    categories: ['identifiers', 'customerRecords', 'electronicNetwork', 'audioVisual'],
    purposes: ['communicationFeatures', 'preventFraud'],
  },
  publicChatRooms: {
    promise: 'community.public',
    categories: ['identifiers', 'customerRecords', 'electronicNetwork', 'audioVisual'],
    purposes: ['communicationFeatures', 'preventFraud'],
  },
  products: {
    promise: 'context.products',
    categories: allBut(everyCategory, 'education', 'employment'),
    purposes: [
      'provideServices',
      'processOrders',
      'runAccounts',
      'support',
      'answerInquiries',
      'administrativeMessages',
      'communicationFeatures',
      'analyseEfficiency',
      'improveServices',
      'developOfferings',
      'preventFraud',
      'audit',
      'anonymise',
      'marketResearch',
      'businessTransfer',
    ],
  },
  customerContent: {
    promise: 'use.customer-content',
    categories: allBut(everyCategory, 'inferences'),
    purposes: ['provideServices', 'improveServices'],
  },
  functionalData: {
    promise: 'use.functional-data',
    categories: ['identifiers', 'electronicNetwork', 'geolocation', 'other'],
    purposes: ['analyseEfficiency', 'improveServices', 'developOfferings'],
  },
  supportInformation: {
    promise: 'use.support-information',
    categories: ['identifiers', 'customerRecords', 'electronicNetwork', 'audioVisual', 'sensitive'],
    purposes: ['support'],
  },
  social: {
    promise: 'use.social',
    categories: ['identifiers', 'inferences', 'electronicNetwork', 'geolocation', 'audioVisual', 'other'],
    // It tailors content and interactions; what follows has rules, and limits, of its own.
    purposes: [
      'tailorContent',
      'personalise',
      'socialFeatures',
      'anonymise',
      'behaviouralAdvertising',
      'targetedAdvertising',
      'marketResearch',
      'businessTransfer',
    ],
  },
  applicants: {
    promise: 'purpose.recruitment',
    // Protected class is no ground for choosing between applicants (Equality Act 2010 s.39), so none is taken in.
    categories: ['identifiers', 'education', 'employment', 'audioVisual', 'sensitive'],
    purposes: ['recruitment'],
  },
  research: {
    promise: 'research.categories',
    categories: eightCategories,
    purposes: ['marketResearch', 'productResearch', 'businessDevelopment', 'targetedAdvertising', 'anonymise'],
  },
  offline: {
    promise: 'offline.sources',
    categories: eightCategories,
    purposes: [
      'processOrders',
      'support',
      'answerInquiries',
      'administrativeMessages',
      'improveServices',
      'preventFraud',
      'surveys',
      'newsletters',
      'anonymise',
      'businessTransfer',
    ],
  },
  chat: {
    promise: 'use.chat',
    categories: ['identifiers', 'customerRecords', 'electronicNetwork'],
    // Nothing else, not even audit or the prevention of fraud.
    purposes: ['support', 'improveServices'],
  },
} as const satisfies Readonly<Record<ContextName, Bound>>

/** For what each kind of recipient gets anything at all; which fields, from where and when is for the chapters. */
export const receives = {
  subsidiary: allBut(
    everyPurpose,
    'partnerOffers',
    'behaviouralAdvertising',
    'targetedAdvertising',
    'businessTransfer',
    'anonymise',
    ...lawPurposes,
  ),
  hostingProvider: [
    'tailorContent',
    'runAccounts',
    'communicationFeatures',
    'provideServices',
    'processOrders',
    'improveServices',
    'support',
    'recruitment',
    'marketResearch',
    'answerInquiries',
  ],
  dataAnalyst: ['analyseEfficiency', 'improveServices'],
  crmProvider: ['runAccounts', 'administrativeMessages', 'answerInquiries'],
  campaignProvider: ['newsletters', 'surveys', 'targetedAdvertising'],
  supportProvider: ['support'],
  paymentProvider: ['processOrders'],
  fulfilmentProvider: ['processOrders'],
  itProvider: ['support'],
  mailProvider: ['administrativeMessages', 'answerInquiries', 'recruitment'],
  auditor: ['audit'],
  analyticsProvider: ['analyseEfficiency'],
  channelPartner: ['partnerOffers'],
  otherUsers: ['communicationFeatures'],
  behaviouralAdvertiser: ['behaviouralAdvertising'],
  socialPlatform: ['socialFeatures', 'behaviouralAdvertising', 'targetedAdvertising'],
  authority: ['legalDuty', 'protection'],
  successor: ['businessTransfer'],
} as const satisfies Readonly<Record<RecipientName, readonly PurposeName[]>>

/** A forbid on a context covers its children, so it leaves open what any of them may. */
function openIn<N>(context: ContextName, of: (bound: Bound) => readonly N[]): readonly N[] {
  const children = everyContext.filter((each) => {
    const declared = contexts[each]
    return 'parent' in declared && declared.parent === context
  })
  return [...of(bounds[context]), ...children.flatMap((child) => openIn(child, of))]
}

export const reach = [
  forbid({
    id: 'disclosure.to-somebody',
    promises: ['ledger.disclosures'],
    actions: ['disclose'],
    recipients: [controller],
  }),
  // Others are passed information, or not. They do not collect, use, process or store it under our name.
  forbid({
    id: 'recipients.only-receive',
    promises: ['recipient.kinds'],
    actions: ['collect', 'use', 'process', 'store'],
    recipients: allBut(everyRecipient, 'subsidiary'),
  }),
  forbid({
    id: 'recipients.never-collect',
    promises: ['recipient.kinds'],
    actions: ['collect'],
    recipients: ['subsidiary'],
  }),
  ...everyRecipient.map((recipient) =>
    forbid({
      id: `${recipient}.purposes`,
      promises: [recipient === 'subsidiary' ? 'recipient.subsidiaries' : 'recipient.kinds'],
      purposes: allBut(everyPurpose, ...receives[recipient]),
      recipients: [recipient],
    }),
  ),
  ...everyContext.map((context) =>
    forbid({
      id: `${context}.purposes`,
      promises: [bounds[context].promise, 'purpose.list'],
      contexts: [context],
      purposes: allBut(everyPurpose, ...openIn(context, (bound) => bound.purposes), ...lawPurposes),
    }),
  ),
  // Products and what is in them take in every category between them, so for products as a whole there is none to rule out.
  ...allBut(everyContext, 'products').map((context) =>
    forbid({
      id: `${context}.categories`,
      promises: [bounds[context].promise],
      contexts: [context],
      categories: allBut(everyCategory, ...openIn(context, (bound) => bound.categories)),
      purposes: allBut(everyPurpose, ...lawPurposes),
    }),
  ),
]
