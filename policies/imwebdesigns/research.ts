/**
 * Market research: eight categories and no other, from a named source, for four purposes.
 * Sensitive values may be taken in, on a requirement, only to be anonymised (sensitive.ts holds every other purpose
 * closed); targeted advertising only with what is already anonymised (advertising.ts).
 */
import { bounds } from './reach.ts'
import { forbid, held, own, permit } from './vocabulary.ts'

const { categories } = bounds.research
const studying = ['marketResearch', 'productResearch', 'businessDevelopment'] as const

export const research = [
  permit({
    id: 'research.collect',
    promises: ['context.research', 'research.categories'],
    actions: ['collect'],
    contexts: ['research'],
    categories,
    purposes: bounds.research.purposes,
    when: { source: ['person', 'feedback'] },
  }),
  // From somebody else: the supplier is named, and the person is told within a month (GDPR Article 14(3), rule G25).
  permit({
    id: 'research.collect-from-supplier',
    promises: ['context.research', 'research.categories'],
    actions: ['collect'],
    contexts: ['research'],
    categories,
    purposes: bounds.research.purposes,
    when: { source: 'agency', supplier: 'named' },
    obligations: ['tell'],
  }),
  permit({
    id: 'research.study',
    promises: ['context.research', 'research.categories', 'purpose.list', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['research'],
    categories,
    purposes: studying,
    recipients: own,
  }),
  forbid({
    id: 'research.unnamed-supplier',
    promises: ['research.categories'],
    actions: ['collect'],
    contexts: ['research'],
    when: { source: 'agency', supplier: 'unnamed' },
  }),
]
