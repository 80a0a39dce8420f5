/**
 * The kinds of recipient: a closed set, each recipient of one kind. Service providers are told apart by their service,
 * because what each may hold differs (policy, "only share the necessary information").
 * Their standing is what sale and sharing are derived from; a processor's contract is a fact, read at each decision.
 */
import type { RecipientDeclaration } from '@avow/core/policy/document'

export const recipients = {
  subsidiary: { title: 'subsidiaries', standing: 'sameBusiness' },
  hostingProvider: { title: 'hosting', standing: 'processor' },
  dataAnalyst: { title: 'data analysis', standing: 'processor' },
  crmProvider: { title: 'customer relationship management', standing: 'processor' },
  campaignProvider: { title: 'execution of campaigns', standing: 'processor' },
  supportProvider: { title: 'customer support', standing: 'processor' },
  paymentProvider: { title: 'payment', standing: 'processor' },
  fulfilmentProvider: { title: 'order fulfilment', standing: 'processor' },
  itProvider: { title: 'IT and infrastructure support', standing: 'processor' },
  mailProvider: { title: 'e-mail delivery', standing: 'processor' },
  auditor: { title: 'auditing', standing: 'processor' },
  analyticsProvider: { title: 'web analytics, such as Adobe and Google Analytics', standing: 'processor' },
  channelPartner: { title: 'channel partners and resellers', standing: 'thirdParty' },
  otherUsers: { title: 'other users of forums, blogs and chat rooms', standing: 'public' },
  behaviouralAdvertiser: { title: 'behavioural advertisers', standing: 'thirdParty' },
  socialPlatform: { title: 'social media platforms', standing: 'thirdParty' },
  authority: { title: 'authorities and courts', standing: 'authority' },
  successor: { title: 'the successor in a merger or acquisition', standing: 'successor' },
} as const satisfies Readonly<Record<string, RecipientDeclaration>>
