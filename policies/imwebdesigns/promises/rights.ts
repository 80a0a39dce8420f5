/** Promises about choices and rights, those of Californians included, whom they bind as published promises anyway. */
import { missing } from '../missing.ts'
import { chapters, type Promised } from './chapters.ts'

const chapter = chapters.rights

export const rightPromises = {
  'rights.self-service': {
    title: 'You can see, change and delete what we hold, in the place where you gave it.',
    chapter,
    law: ['G9'],
    missing: [missing.inPlace],
  },
  'rights.applicants': {
    title: 'Applicants can do so in the portal they applied through.',
    chapter,
    law: ['E6'],
    missing: [missing.inPlace],
  },
  'rights.contact': {
    title: 'If that fails, write or call: restrict, carry, see or change.',
    chapter,
    law: ['K57', 'K58'],
    missing: [missing.intake],
  },
  'rights.port': {
    title: 'You can carry your information elsewhere, in a form that machines and people can read.',
    chapter,
    law: ['G20', 'K70'],
    missing: [missing.portablePackage],
  },
  'rights.restrict': {
    title:
      'From the moment you restrict it, information is stored and nothing more, save for law and the rights of others.',
    chapter,
    law: ['G19'],
  },
  'rights.specific': {
    title: 'A request names the field and what should become of it; if it is vague, we help.',
    chapter,
    withoutRule: 'it is the form of a request, not a use of information',
    law: ['G4'],
    missing: [missing.structuredRequests],
  },
  'rights.verify': {
    title: 'We may check who asks, as far as the request needs it; never to opt out or to limit.',
    chapter,
    law: ['K8', 'K12', 'K13', 'G9'],
    missing: [missing.verification],
  },
  'rights.exceptions': {
    title: 'What law has us keep is kept for that alone, and we list it to you with the reason and the date.',
    chapter,
    law: ['K49', 'K50', 'G14'],
    missing: [missing.keptItems],
  },
  'rights.deadlines': {
    title: 'Every request has a date by which it is answered, and none is late in silence.',
    chapter,
    withoutRule: 'it is a clock on requests, not a use of information',
    law: ['K1', 'K2', 'K3', 'G1', 'G2'],
    missing: [missing.clocks],
  },
  'ca.know': {
    title:
      'You can know the categories, sources, purposes, recipients and the very pieces. Eight kinds are never sent.',
    chapter,
    law: ['K26', 'K28'],
    missing: [missing.knowAnswer],
  },
  'ca.delete': {
    title: 'You can have it deleted, with us and with those we gave it to; a search shows it, a receipt proves it.',
    chapter,
    needs: 'answered',
    law: ['K45', 'K46', 'G14'],
    missing: [missing.passingOn],
  },
  'ca.correct': {
    title: 'You can have it corrected, with us and with those we gave it to.',
    chapter,
    law: ['K54', 'K55'],
    missing: [missing.passingOn],
  },
  'ca.opt-out': {
    title:
      'You can opt out of sharing for advertising with one click, without an account; your browser can do it for you.',
    chapter,
    law: ['K5', 'K8', 'K29', 'K30', 'K31'],
    missing: [missing.gate, missing.signals],
  },
  'ca.agent': {
    title: 'An agent may act for you; we check that you asked them to.',
    chapter,
    withoutRule: 'who asks is settled by the intake of requests, before any decision',
    law: ['K23', 'K24'],
    missing: [missing.agents],
  },
  'ca.minors': {
    title:
      'Under 16 nobody’s browsing serves advertising, and a partner’s offer needs their own yes; under 13, a parent’s.',
    chapter,
    law: ['K40', 'K41', 'K43', 'G24'],
    missing: [missing.gate],
  },
  'ca.no-retaliation': {
    title: 'Using a right costs you nothing: the same service, orders, support and prices.',
    chapter,
    withoutRule: 'no rule on these purposes reads a choice; the proof shows that none does',
    law: ['K65'],
  },
} as const satisfies Promised
