/** Promises about keeping, protecting and moving information, and about how the policy itself changes. */
import { missing } from '../missing.ts'
import { chapters, type Promised } from './chapters.ts'

const chapter = chapters.keeping

export const keeping = {
  'retention.necessary': {
    title: 'Everything has a time after which it is erased or anonymised.',
    chapter,
    law: ['K75', 'G27'],
    missing: [missing.retentionJobs],
  },
  'retention.factors': {
    title: 'That time starts at an event you know of, and law may lengthen it.',
    chapter,
    law: ['K75', 'G46'],
    missing: [missing.retentionJobs],
  },
  'security.measures': {
    title: 'Information is sealed at rest, under a key of its own for each person, and access is limited.',
    chapter,
    withoutRule: 'it is how everything is stored',
    missing: [missing.staff],
  },
  'security.people': {
    title: 'Those who handle information are trained, and what they may see is reviewed.',
    chapter,
    withoutRule: 'it is about staff, not about a use of information',
    law: ['K80'],
    missing: [missing.staff],
  },
  'security.breach': {
    title: 'Report a suspected breach to us; we find out who is affected and tell them.',
    chapter,
    withoutRule: 'it is a procedure, not a use of information',
    law: ['G28', 'G29'],
    missing: [missing.incidents],
  },
  'links.external': {
    title: 'A link that leaves our pages says so: other sites keep other promises.',
    chapter,
    withoutRule: 'it is what a page shows',
    missing: [missing.pages],
  },
  'transfer.anywhere': {
    title: 'Information may be processed in the countries where we operate, and nowhere else.',
    chapter,
    law: ['G33'],
    missing: [missing.gate, missing.recipientRegister, missing.transfers],
  },
  'transfer.eea': {
    title: 'It crosses a border only with a lawful ground that is valid that day.',
    chapter,
    law: ['G33', 'G34', 'G35', 'G36'],
    missing: [missing.gate, missing.transfers],
  },
  'sensitive.avoid': {
    title: 'We do not take in sensitive information unless something requires it, and warn you before you send it.',
    chapter,
    law: ['K6', 'K81'],
    missing: [missing.freeText],
  },
  'update.versions': {
    title:
      'When this policy changes, you are told what we will do differently; what you gave stays under what you were told.',
    chapter,
    withoutRule: 'it is about versions of the rules, not a rule',
    law: ['K73'],
    missing: [missing.versions],
  },
  'contact.channels': {
    title: 'You can write or call us, or turn to the authority of your country.',
    chapter,
    withoutRule: 'it is what a page shows',
    law: ['G7', 'G31', 'G40'],
    missing: [missing.authorities],
  },
  'claim.compliance': {
    title: 'We claim nothing about ourselves that we do not show.',
    chapter,
    withoutRule: 'it is a check of what we publish',
    law: ['E12'],
    missing: [missing.lint],
  },
  'deid.maintained': {
    title: 'What was de-identified stays so; nobody joins it back to a person.',
    chapter,
    law: ['N1', 'N2', 'N3', 'K21'],
    missing: [missing.releaseGate],
  },
} as const satisfies Promised
