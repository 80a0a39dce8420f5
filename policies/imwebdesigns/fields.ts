/**
 * The fields a web company's records really have, each in exactly one category.
 * `sensitiveUnder` names the regimes under which the field is sensitive: GDPR and UK GDPR Article 9(1), Cal. Civ. Code
 * 1798.140(ae). A field that is not here is refused, never guessed.
 */
import type { FieldDeclaration } from '@avow/core/policy/document'
import type { categories } from './categories.ts'

const special = ['gdpr', 'uk-gdpr', 'ccpa'] as const
const californian = ['ccpa'] as const

export const fields = {
  // Individual identifiers. Cookie ids, addresses of machines and hashes of mail addresses are personal (rule N9).
  fullName: { title: 'full name', category: 'identifiers' },
  emailAddress: { title: 'e-mail address', category: 'identifiers' },
  emailHash: { title: 'hashed e-mail address', category: 'identifiers' },
  phoneNumber: { title: 'telephone number', category: 'identifiers' },
  postalAddress: { title: 'postal address', category: 'identifiers' },
  username: { title: 'user name shown to others', category: 'identifiers' },
  accountId: { title: 'account number', category: 'identifiers' },
  ipAddress: { title: 'IP address', category: 'identifiers' },
  socialHandle: { title: 'name on a social platform', category: 'identifiers' },
  householdId: { title: 'identifier of a household', category: 'identifiers' },
  signature: { title: 'signature', category: 'identifiers' },
  requestReference: { title: 'reference of a privacy request', category: 'identifiers' },

  // Inferences: the profile of a person, and what they say of their own views.
  segment: { title: 'customer segment', category: 'inferences' },
  predictedInterest: { title: 'predicted interest', category: 'inferences' },
  churnRisk: { title: 'predicted risk of leaving', category: 'inferences' },
  contentPreference: { title: 'inferred preference for content', category: 'inferences' },
  engagementScore: { title: 'engagement score', category: 'inferences' },
  fraudScore: { title: 'fraud score', category: 'inferences' },
  surveyAnswer: { title: 'answer to a survey', category: 'inferences' },
  satisfactionScore: { title: 'satisfaction score', category: 'inferences' },

  // Customer records: what is held about a customer, the words of their conversations included.
  companyName: { title: 'company', category: 'customerRecords' },
  jobTitle: { title: 'job title', category: 'customerRecords' },
  customerSince: { title: 'customer since', category: 'customerRecords' },
  ticketSubject: { title: 'subject of a support ticket', category: 'customerRecords' },
  ticketText: { title: 'text of a support ticket', category: 'customerRecords' },
  chatText: { title: 'text of a chat', category: 'customerRecords' },
  publicChatText: { title: 'text in a public chat room', category: 'customerRecords' },
  forumPost: { title: 'post in a forum', category: 'customerRecords' },
  blogComment: { title: 'comment on a blog', category: 'customerRecords' },
  // 1798.140(ae)(1)(E): contents of messages of which the business is not the intended recipient.
  directMessage: { title: 'message to another user', category: 'customerRecords', sensitiveUnder: californian },
  uploadedFile: { title: 'file put into a service', category: 'customerRecords' },

  // Educational information.
  degree: { title: 'degree', category: 'education' },
  school: { title: 'school or university', category: 'education' },
  courseTaken: { title: 'course taken', category: 'education' },
  certificate: { title: 'certificate', category: 'education' },

  // Commercial information. A full card number is never among the fields: payment processors hold it.
  orderNumber: { title: 'order number', category: 'commercial' },
  orderItem: { title: 'item ordered', category: 'commercial' },
  orderTotal: { title: 'amount of an order', category: 'commercial' },
  invoiceNumber: { title: 'invoice number', category: 'commercial' },
  invoiceTotal: { title: 'amount of an invoice', category: 'commercial' },
  billingAddress: { title: 'billing address', category: 'commercial' },
  cardLastFour: { title: 'last four digits of a payment card', category: 'commercial' },
  paymentToken: { title: 'token of a payment', category: 'commercial' },
  subscriptionPlan: { title: 'subscription plan', category: 'commercial' },
  refundReason: { title: 'reason for a refund', category: 'commercial' },

  // Electronic network information.
  cookieId: { title: 'identifier in a first-party cookie', category: 'electronicNetwork' },
  analyticsCookieId: { title: 'identifier in an analytics cookie', category: 'electronicNetwork' },
  advertisingCookieId: { title: 'identifier in an advertising cookie', category: 'electronicNetwork' },
  browserType: { title: 'type of browser', category: 'electronicNetwork' },
  domainName: { title: 'domain name', category: 'electronicNetwork' },
  visitCount: { title: 'number of visits', category: 'electronicNetwork' },
  pagesViewed: { title: 'pages viewed', category: 'electronicNetwork' },
  referrer: { title: 'page the visit came from', category: 'electronicNetwork' },
  browsingHabit: { title: 'browsing habits across visits', category: 'electronicNetwork' },
  deviceType: { title: 'type of device', category: 'electronicNetwork' },
  operatingSystem: { title: 'operating system', category: 'electronicNetwork' },
  featureUsage: { title: 'use of the features of a service', category: 'electronicNetwork' },
  serviceLog: { title: 'log of a service', category: 'electronicNetwork' },
  errorReport: { title: 'error report', category: 'electronicNetwork' },
  chatMetadata: { title: 'metadata of a chat: times, pages, agent', category: 'electronicNetwork' },
  mailOpened: { title: 'opening of a mail', category: 'electronicNetwork' },
  socialEngagement: { title: 'likes, shares and comments', category: 'electronicNetwork' },
  hashtagPost: { title: 'public post with a hashtag of the company', category: 'electronicNetwork' },
  timeZone: { title: 'time zone of a device', category: 'electronicNetwork' },
  signInHistory: { title: 'history of signing in', category: 'electronicNetwork' },

  // Geolocation data. Precise: within 1,850 feet, 1798.140(w), and so sensitive (rule K79).
  preciseLocation: { title: 'precise location', category: 'geolocation', sensitiveUnder: californian },
  city: { title: 'town or city', category: 'geolocation' },

  // Audio and visual information.
  callRecording: { title: 'recording of a call', category: 'audioVisual' },
  videoRecording: { title: 'recording of a video', category: 'audioVisual' },
  profilePhoto: { title: 'photograph of the person', category: 'audioVisual' },
  eventPhoto: { title: 'photograph from an event', category: 'audioVisual' },
  screenshot: { title: 'picture of a screen', category: 'audioVisual' },

  // Protected class information.
  ageBand: { title: 'age band', category: 'protectedClass' },
  dateOfBirth: { title: 'date of birth', category: 'protectedClass' },
  gender: { title: 'gender', category: 'protectedClass' },
  ethnicity: { title: 'racial or ethnic origin', category: 'protectedClass', sensitiveUnder: special },
  religion: { title: 'religion or belief', category: 'protectedClass', sensitiveUnder: special },
  sexualOrientation: { title: 'sexual orientation', category: 'protectedClass', sensitiveUnder: special },
  nationality: { title: 'nationality', category: 'protectedClass' },
  // 1798.140(ae)(1)(D), and a special category: trade union membership.
  unionMembership: { title: 'membership of a trade union', category: 'protectedClass', sensitiveUnder: special },

  // Professional and employment-related information.
  curriculumVitae: { title: 'curriculum vitae', category: 'employment' },
  coverLetter: { title: 'letter of application', category: 'employment' },
  workHistory: { title: 'work history', category: 'employment' },
  salaryExpectation: { title: 'expected salary', category: 'employment' },
  reference: { title: 'reference of an employer', category: 'employment' },
  interviewNote: { title: 'note of an interview', category: 'employment' },
  applicationStatus: { title: 'status of an application', category: 'employment' },
  employer: { title: 'present employer', category: 'employment' },
  position: { title: 'present position', category: 'employment' },
  eventAttendance: { title: 'attendance at a professional event', category: 'employment' },
  noticePeriod: { title: 'period of notice', category: 'employment' },

  // Sensitive under law. The last eight kinds are never sent in an answer (rule K26).
  healthNote: { title: 'health information', category: 'sensitive', sensitiveUnder: special },
  accessibilityNeed: { title: 'need for an adjustment', category: 'sensitive', sensitiveUnder: special },
  immigrationStatus: { title: 'citizenship or immigration status', category: 'sensitive', sensitiveUnder: californian },
  geneticData: { title: 'genetic data', category: 'sensitive', sensitiveUnder: special },
  socialSecurityNumber: { title: 'social security number', category: 'sensitive', sensitiveUnder: californian },
  nationalInsuranceNumber: { title: 'national insurance number', category: 'sensitive', sensitiveUnder: californian },
  governmentIdNumber: { title: 'number of an official document', category: 'sensitive', sensitiveUnder: californian },
  bankAccountNumber: { title: 'bank account number', category: 'sensitive', sensitiveUnder: californian },
  healthInsuranceNumber: { title: 'health insurance number', category: 'sensitive', sensitiveUnder: special },
  passwordHash: { title: 'password, hashed', category: 'sensitive', sensitiveUnder: californian },
  securityAnswer: { title: 'answer to a security question', category: 'sensitive', sensitiveUnder: californian },
  biometricTemplate: { title: 'biometric template', category: 'sensitive', sensitiveUnder: special },

  // Other information: does not directly identify.
  aggregateFigure: { title: 'aggregated figure', category: 'other' },
  anonymisedRow: { title: 'anonymised row', category: 'other' },
  communicationPreference: { title: 'communication preference', category: 'other' },
  languageSetting: { title: 'language setting', category: 'other' },
} as const satisfies Readonly<Record<string, FieldDeclaration & { readonly category: keyof typeof categories }>>

/**
 * Rule K26, the 2020 text of 11 CCR 999.313(c)(4), now 7024(d): described in an answer, never sent. An insurance or
 * medical number is one kind of the eight; SSN, licence and other official numbers are spread over three fields.
 */
export const neverSent = [
  'socialSecurityNumber',
  'nationalInsuranceNumber',
  'governmentIdNumber',
  'bankAccountNumber',
  'healthInsuranceNumber',
  'passwordHash',
  'securityAnswer',
  'biometricTemplate',
] as const

/** What is inferred, as opposed to what a person says of their views. */
export const inferredFields = [
  'segment',
  'predictedInterest',
  'churnRisk',
  'contentPreference',
  'engagementScore',
  'fraudScore',
] as const

/** What cookies and beacons gather, and nothing else: the policy's own list. */
export const beaconFields = ['ipAddress', 'browserType', 'domainName', 'visitCount', 'pagesViewed'] as const
