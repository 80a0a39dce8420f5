/**
 * What law demands or allows beside the person's wishes: duties, demands of authorities, protection, and a transfer of
 * the business. Each has its own purpose, so that nothing else can hide behind it.
 */
import { everyContext, forbid, passedOn, permit } from './vocabulary.ts'

export const legal = [
  permit({
    id: 'legal.duty',
    promises: ['legal.obligation', 'retention.factors'],
    actions: ['use', 'process', 'store'],
    contexts: everyContext,
    purposes: ['legalDuty'],
  }),
  // Only what the demand covers is asked for, field by field; approval is by two people.
  permit({
    id: 'legal.demand',
    promises: ['legal.obligation', 'legal.law-enforcement', 'recipient.kinds'],
    actions: passedOn,
    contexts: everyContext,
    purposes: ['legalDuty'],
    recipients: ['authority'],
    obligations: ['tell'],
  }),
  // GDPR Article 48: an order from a third country, without a treaty, is no ground by itself (rule G37).
  forbid({
    id: 'legal.no-instrument',
    promises: ['legal.obligation'],
    purposes: ['legalDuty'],
    recipients: ['authority'],
    when: { instrument: ['none', 'foreign'] },
  }),
  forbid({
    id: 'legal.unapproved',
    promises: ['legal.law-enforcement', 'legal.obligation'],
    recipients: ['authority'],
    when: { approved: 'no' },
  }),

  permit({
    id: 'protect.use',
    promises: ['legal.protect'],
    actions: ['use', 'process', 'store'],
    contexts: everyContext,
    purposes: ['protection'],
  }),
  permit({
    id: 'protect.report',
    promises: ['legal.protect'],
    actions: ['disclose'],
    contexts: everyContext,
    purposes: ['protection'],
    recipients: ['authority'],
    obligations: ['tell'],
  }),
  forbid({
    id: 'protect.unreviewed',
    promises: ['legal.protect'],
    actions: ['use', 'process', ...passedOn],
    purposes: ['protection'],
    when: { approved: 'no' },
  }),

  // The successor is bound to these promises before anything passes, and people are told (rule G47). Sensitive values,
  // applications, chats and what is inside the services stay behind until a person agrees.
  permit({
    id: 'business.transfer',
    promises: ['legal.business-transfer', 'recipient.kinds'],
    actions: passedOn,
    contexts: ['websites', 'products', 'social', 'offline'],
    purposes: ['businessTransfer'],
    recipients: ['successor'],
    obligations: ['tell'],
  }),
  forbid({
    id: 'business.unbound',
    promises: ['legal.business-transfer'],
    recipients: ['successor'],
    when: [{ contract: { not: 'complete' } }, { approved: 'no' }],
  }),
]
