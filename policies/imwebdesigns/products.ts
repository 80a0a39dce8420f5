/**
 * Products and services: accounts and orders, and the three kinds of data inside the services, each with its own
 * limit (reach.ts).
 * Advertising with any of this is ruled out in advertising.ts; private chat is in chat.ts.
 */
import { bounds } from './reach.ts'
import { held, own, permit, servicePurposes } from './vocabulary.ts'

const improving = ['analyseEfficiency', 'improveServices', 'developOfferings'] as const
const guarding = ['preventFraud', 'audit'] as const

export const products = [
  permit({
    id: 'products.collect',
    promises: ['context.products'],
    actions: ['collect'],
    contexts: ['products'],
    categories: bounds.products.categories,
    purposes: [...servicePurposes, ...improving, ...guarding, 'communicationFeatures', 'legalDuty'],
    when: { source: ['person', 'customer', 'system'] },
  }),
  permit({
    id: 'products.serve',
    promises: ['context.products', 'purpose.list', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['products'],
    categories: bounds.products.categories,
    purposes: [...servicePurposes, ...guarding, 'communicationFeatures'],
    recipients: own,
  }),
  permit({
    id: 'products.improve',
    promises: ['context.products', 'purpose.list', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['products'],
    categories: ['commercial', 'electronicNetwork'],
    purposes: improving,
    recipients: own,
  }),

  // Customer content: only to improve the function and the delivery of the services.
  permit({
    id: 'customer-content.collect',
    promises: ['use.customer-content', 'context.products'],
    actions: ['collect'],
    contexts: ['customerContent'],
    categories: bounds.customerContent.categories,
    purposes: bounds.customerContent.purposes,
    when: { source: ['person', 'customer'] },
  }),
  permit({
    id: 'customer-content.use',
    promises: ['use.customer-content'],
    actions: held,
    contexts: ['customerContent'],
    categories: bounds.customerContent.categories,
    purposes: bounds.customerContent.purposes,
    recipients: own,
  }),

  // Functional data: metadata and operational data inform development.
  permit({
    id: 'functional-data.collect',
    promises: ['use.functional-data', 'context.products'],
    actions: ['collect'],
    contexts: ['functionalData'],
    categories: bounds.functionalData.categories,
    purposes: bounds.functionalData.purposes,
    when: { source: 'system' },
  }),
  permit({
    id: 'functional-data.use',
    promises: ['use.functional-data'],
    actions: held,
    contexts: ['functionalData'],
    categories: bounds.functionalData.categories,
    purposes: bounds.functionalData.purposes,
    recipients: own,
  }),

  // Support information: maintenance and support.
  permit({
    id: 'support-information.collect',
    promises: ['use.support-information', 'context.products'],
    actions: ['collect'],
    contexts: ['supportInformation'],
    categories: bounds.supportInformation.categories,
    purposes: bounds.supportInformation.purposes,
    when: { source: ['person', 'customer', 'system'] },
  }),
  permit({
    id: 'support-information.use',
    promises: ['use.support-information'],
    actions: held,
    contexts: ['supportInformation'],
    categories: bounds.supportInformation.categories,
    purposes: bounds.supportInformation.purposes,
    recipients: own,
  }),
]
