/**
 * What personal information may be used for: a closed set. Anything else is denied because it cannot be named.
 * Each has the lawful basis the notice states and terms of W3C DPV 2.3. `crossContext` marks advertising built on what
 * people do elsewhere (1798.140(k)), an offer of a partner's products included; `own`, the company's own marketing.
 */
import type { PurposeDeclaration } from '@avow/core/policy/document'

export const purposes = {
  // The service that a person asked for.
  provideServices: {
    title: 'deliver the services the person uses',
    basis: 'contract',
    dpv: ['RequestedServiceProvision'],
  },
  processOrders: {
    title: 'quote, process and fulfil orders, and take payment',
    basis: 'contract',
    dpv: ['CustomerOrderManagement', 'PaymentManagement'],
  },
  runAccounts: { title: 'run accounts', basis: 'contract', dpv: ['AccountManagement'] },
  support: { title: 'support and maintenance', basis: 'contract', dpv: ['CustomerCare', 'TechnicalServiceProvision'] },
  answerInquiries: { title: 'answer inquiries', basis: 'contract', dpv: ['CommunicationForCustomerCare'] },
  administrativeMessages: {
    title: 'send updates and administrative messages',
    basis: 'contract',
    dpv: ['CommunicationManagement'],
  },
  communicationFeatures: {
    title: 'let people communicate with each other, at their request',
    basis: 'contract',
    dpv: ['CommunicationManagement', 'ServiceProvision'],
  },
  recruitment: {
    title: 'assess a job application',
    basis: 'contract',
    dpv: ['RecruitmentApplicationAnalysis', 'RecruitmentManagement'],
  },

  // Keeping it running, and making it better.
  preventFraud: {
    title: 'prevent fraud and protect the systems',
    basis: 'legitimateInterests',
    dpv: ['FraudPreventionAndDetection', 'EnforceSecurity'],
  },
  audit: {
    title: 'audit, for compliance and the working of processes',
    basis: 'legitimateInterests',
    dpv: ['OrganisationComplianceManagement'],
  },
  analyseEfficiency: {
    title: 'analyse use, to make the platform more efficient',
    basis: 'legitimateInterests',
    dpv: ['ServiceUsageAnalytics', 'ServiceOptimisation'],
  },
  improveServices: {
    title: 'improve products and services',
    basis: 'legitimateInterests',
    dpv: ['ImproveExistingProductsAndServices'],
  },
  developOfferings: {
    title: 'develop new offerings',
    basis: 'legitimateInterests',
    dpv: ['ResearchAndDevelopment'],
  },
  tailorContent: {
    title: 'tailor website content, services and interactions',
    basis: 'legitimateInterests',
    dpv: ['OptimisationForConsumer', 'UserInterfacePersonalisation'],
  },
  personalise: {
    title: 'personalise services and content to a person',
    basis: 'legitimateInterests',
    dpv: ['ServicePersonalisation'],
  },
  anonymise: {
    title: 'anonymise or aggregate, so that nobody is identified',
    basis: 'legitimateInterests',
    dpv: ['InternalResourceOptimisation'],
  },
  surveys: {
    title: 'run surveys',
    basis: 'legitimateInterests',
    dpv: ['CustomerRelationshipManagement'],
  },
  socialFeatures: {
    title: 'offer social media features',
    basis: 'legitimateInterests',
    dpv: ['CommunicationManagement'],
  },

  // Marketing and advertising.
  newsletters: {
    title: 'send newsletters and promotional material',
    basis: 'consent',
    dpv: ['DirectMarketing'],
    advertising: 'own',
  },
  partnerOffers: {
    title: 'let channel partners offer their own products to the person',
    basis: 'consent',
    dpv: ['SellProductsToDataSubject'],
    advertising: 'crossContext',
  },
  behaviouralAdvertising: {
    title: "show third parties' advertisements by browsing habits",
    basis: 'consent',
    dpv: ['PersonalisedAdvertising'],
    advertising: 'crossContext',
  },

  // The four purposes of market research.
  marketResearch: { title: 'market research', basis: 'legitimateInterests', dpv: ['CommercialResearch'] },
  productResearch: {
    title: 'product research',
    basis: 'legitimateInterests',
    dpv: ['CommercialResearch', 'ResearchAndDevelopment'],
  },
  targetedAdvertising: {
    title: 'targeted campaigns of the company, by anonymised data',
    basis: 'legitimateInterests',
    dpv: ['TargetedAdvertising'],
    advertising: 'own',
  },
  businessDevelopment: {
    title: 'business development',
    basis: 'legitimateInterests',
    dpv: ['CommercialPurpose'],
  },

  // Law, and the life of the company.
  legalDuty: { title: 'meet a legal duty', basis: 'legalObligation', dpv: ['LegalCompliance'] },
  rightsRequests: {
    title: 'answer requests under privacy law, and prove it',
    basis: 'legalObligation',
    dpv: ['RightsFulfilment'],
  },
  protection: {
    title: 'enforce terms, and protect operations, rights and safety',
    basis: 'legitimateInterests',
    dpv: ['DisputeManagement', 'EnforceSecurity'],
  },
  businessTransfer: {
    title: 'carry out a merger, acquisition or sale of the business',
    basis: 'legitimateInterests',
    dpv: ['OrganisationGovernance'],
  },
} as const satisfies Readonly<Record<string, PurposeDeclaration>>
