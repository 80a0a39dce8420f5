/**
 * Job applicants: only to assess the application. The published policy names no purpose for them, which is a finding
 * of the lint; this is the purpose a person who applies has in mind.
 */
import { bounds } from './reach.ts'
import { allBut, everyContext, forbid, held, own, permit } from './vocabulary.ts'

const { categories } = bounds.applicants

export const applicants = [
  permit({
    id: 'applicants.collect',
    promises: ['context.applicants', 'purpose.recruitment'],
    actions: ['collect'],
    contexts: ['applicants'],
    categories,
    purposes: ['recruitment', 'legalDuty'],
    when: { source: ['person', 'jobPosting', 'recruiter'] },
  }),
  permit({
    id: 'applicants.assess',
    promises: ['purpose.recruitment', 'recipient.subsidiaries'],
    actions: held,
    contexts: ['applicants'],
    categories,
    purposes: ['recruitment'],
    recipients: own,
  }),
  forbid({
    id: 'applicants.from-nowhere-else',
    promises: ['purpose.recruitment'],
    contexts: allBut(everyContext, 'applicants'),
    purposes: ['recruitment'],
  }),
]
