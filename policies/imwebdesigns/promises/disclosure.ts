/** Promises about sale, and about what each context's data is used for and with whom it is shared. */
import { missing } from '../missing.ts'
import { chapters, type Promised } from './chapters.ts'

const chapter = chapters.disclosure

export const disclosure = {
  'sale.never': {
    title: 'We never sell personal information, wherever it came from and whatever it is called.',
    chapter,
    law: ['K77', 'K82', 'E1'],
    missing: [missing.gate],
  },
  'use.websites': {
    title: 'What our websites take in has a named source: you, your feedback, our cookies, or an analytics provider.',
    chapter,
  },
  'use.customer-content': {
    title: 'What you put into a service serves to run and improve that service, and, law aside, nothing else.',
    chapter,
    law: ['K76'],
  },
  'use.functional-data': {
    title: 'What our systems record about themselves serves to develop them, and, law aside, nothing else.',
    chapter,
    law: ['K76'],
  },
  'use.support-information': {
    title: 'Logs and reports of faults serve maintenance and support, and, law aside, nothing else.',
    chapter,
    law: ['K76'],
  },
  'use.chat': {
    title: 'Chats serve support and the improvement of the service, and, law aside, nothing else.',
    chapter,
    law: ['K76'],
  },
  'use.social': {
    title: 'What social media brings in tailors what you see and how we talk with you.',
    chapter,
    law: ['K76'],
  },
  'share.processors': {
    title: 'Others work for us: hosting, analysis, payment and the like. Without a contract in force they get nothing.',
    chapter,
    law: ['K77', 'G26'],
    missing: [missing.gate, missing.recipientRegister],
  },
  'share.strict-terms': {
    title: 'Partners are bound to our standards; when a contract ends, so does the flow.',
    chapter,
    law: ['K77'],
    missing: [missing.gate, missing.recipientRegister, missing.warnings],
  },
  'share.audited': {
    title: 'Partners show us that they keep to it; one who is late gets nothing more.',
    chapter,
    law: ['K77'],
    missing: [missing.gate, missing.recipientRegister, missing.warnings],
  },
  'share.necessary-only': {
    title: 'Each partner gets the fields its task needs, and no others.',
    chapter,
    law: ['K76', 'G27'],
    missing: [missing.gate],
  },
  'ads.no-service-data': {
    title: 'Nothing from our products, services or chats is used for advertising.',
    chapter,
    missing: [missing.gate],
  },
  'ads.anonymised-only': {
    title:
      'Our own campaigns are aimed by data that is no longer about anybody. A hashed list of people does not count.',
    chapter,
    law: ['N9', 'E13', 'E15'],
    missing: [missing.gate, missing.releaseGate],
  },
  'research.categories': {
    title: 'Research holds eight categories from a named source; what is sensitive, only to be anonymised.',
    chapter,
    law: ['K76'],
  },
  'offline.sources': {
    title: 'Offline data is of the same kinds; data that is reused keeps the promises it came with.',
    chapter,
    law: ['K76'],
  },
  'ads.no-offline-targeting': {
    title: 'No third party aims advertising by what you told us in person.',
    chapter,
    missing: [missing.gate],
  },
  'ledger.disclosures': {
    title: 'Whatever leaves us is recorded: what, why, to whom, where and under which rule.',
    chapter,
    law: ['K73', 'G12'],
    missing: [missing.gate],
  },
} as const satisfies Promised
