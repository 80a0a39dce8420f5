/**
 * Private chat: text and metadata, two fields of two categories, serve support and the improvement of the service.
 * Nothing else, not even audit or the prevention of fraud; public chat rooms are in websites.ts.
 */
import { bounds } from './reach.ts'
import { held, own, permit } from './vocabulary.ts'

const { categories, purposes } = bounds.chat

export const chat = [
  permit({
    id: 'chat.collect',
    promises: ['context.chat', 'use.chat'],
    actions: ['collect'],
    contexts: ['chat'],
    categories,
    purposes,
    when: { source: ['person', 'system'] },
  }),
  permit({
    id: 'chat.use',
    promises: ['use.chat', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['chat'],
    categories,
    purposes,
    recipients: own,
  }),
]
