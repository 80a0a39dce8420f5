/** Promises about who else may have information. */
import { missing } from '../missing.ts'
import { chapters, type Promised } from './chapters.ts'

const chapter = chapters.recipients

export const recipientPromises = {
  'recipient.kinds': {
    title: 'There is a closed list of kinds of recipient, and each recipient is of one kind.',
    chapter,
    law: ['G26'],
    missing: [missing.recipientRegister],
  },
  'recipient.subsidiaries': {
    title: 'Our subsidiaries may do what we may, and no third party advertises through them.',
    chapter,
    missing: [missing.gate, missing.subsidiaries],
  },
  'recipient.partners': {
    title: 'A reseller may make you an offer if you chose that; never with service data, never for payment.',
    chapter,
    law: ['K77', 'K78'],
    missing: [missing.gate],
  },
  'community.public': {
    title: 'What you post in public, others can read and answer. We warn you before.',
    chapter,
    law: ['G15'],
    missing: [missing.postingSurface],
  },
  'chart.behavioural-ads': {
    title: 'A chart shows what was shared for behavioural advertising in the past twelve months, zero included.',
    chapter,
    withoutRule: 'it is a report on the ledger',
    law: ['K73'],
    missing: [missing.disclosureChart],
  },
} as const satisfies Promised
