/**
 * Offline: events, the telephone, customer service. The same kinds of data as market research.
 * Reused data keeps the labels it was first collected under: nothing is laundered through a telephone call.
 */
import { inferredFields } from './fields.ts'
import { bounds } from './reach.ts'
import { allBut, forbid, held, own, permit } from './vocabulary.ts'

const { categories } = bounds.offline
const purposes = allBut(bounds.offline.purposes, 'anonymise', 'businessTransfer')

export const offline = [
  permit({
    id: 'offline.collect',
    promises: ['context.offline', 'offline.sources'],
    actions: ['collect'],
    contexts: ['offline'],
    categories,
    purposes,
    when: [{ source: 'person' }, { source: 'existingDatabase', originalLabels: 'kept' }],
  }),
  permit({
    id: 'offline.collect-from-contributor',
    promises: ['context.offline', 'offline.sources'],
    actions: ['collect'],
    contexts: ['offline'],
    categories,
    purposes,
    when: { source: 'contributor', supplier: 'named' },
    obligations: ['tell'],
  }),
  permit({
    id: 'offline.use',
    promises: ['context.offline', 'purpose.list', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['offline'],
    categories,
    purposes,
    recipients: own,
  }),
  forbid({
    id: 'offline.lost-labels',
    promises: ['offline.sources'],
    actions: ['collect'],
    contexts: ['offline'],
    when: { source: 'existingDatabase', originalLabels: 'lost' },
  }),
  forbid({
    id: 'offline.unmarked-inference',
    promises: ['context.offline'],
    actions: ['collect'],
    contexts: ['offline'],
    fields: inferredFields,
    when: { inferred: 'no' },
  }),
]
