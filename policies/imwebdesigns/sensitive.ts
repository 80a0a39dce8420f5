/**
 * Sensitive information, by the flag on the field or what was found in a free text, never by category: only for the
 * requested service, the security of the systems and the operation of the business, within the law.
 * Not collected unless required; people are warned first (policy, "Sensitive Information").
 */
import { allBut, everyPurpose, forbid, lawPurposes } from './vocabulary.ts'

/** Services a person asks for. Sensitive data serves them only if they did ask. */
const requestedServices = [
  'provideServices',
  'processOrders',
  'runAccounts',
  'support',
  'answerInquiries',
  'communicationFeatures',
  'recruitment',
] as const
const security = ['preventFraud'] as const
/** Anonymising takes a sensitive value out of the world; audit looks whether the rest is kept. */
const operations = ['audit', 'anonymise'] as const

export const sensitivePurposes = [...requestedServices, ...security, ...operations, ...lawPurposes] as const

export const sensitive = [
  forbid({
    id: 'sensitive.purposes',
    promises: ['purpose.sensitive'],
    purposes: allBut(everyPurpose, ...sensitivePurposes),
    when: { sensitive: 'yes' },
  }),
  forbid({
    id: 'sensitive.unrequested',
    promises: ['purpose.sensitive'],
    purposes: requestedServices,
    when: { sensitive: 'yes', requested: 'no' },
  }),
  // A request to limit ends every use outside 11 CCR 7027(m); the service and its security go on (rule K6).
  forbid({
    id: 'sensitive.limited',
    promises: ['purpose.sensitive', 'purpose.on-request'],
    purposes: operations,
    when: { sensitive: 'yes', limitSensitive: 'yes' },
  }),
  forbid({
    id: 'sensitive.not-required',
    promises: ['sensitive.avoid'],
    actions: ['collect'],
    purposes: allBut(everyPurpose, 'rightsRequests'),
    when: { sensitive: 'yes', requirement: 'none' },
  }),
  forbid({
    id: 'sensitive.unwarned',
    promises: ['sensitive.avoid'],
    actions: ['collect'],
    purposes: allBut(everyPurpose, 'rightsRequests'),
    when: { sensitive: 'yes', warned: 'no' },
  }),
]
