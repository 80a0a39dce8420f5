/** Promises about what information is used for. */
import { missing } from '../missing.ts'
import { chapters, type Promised } from './chapters.ts'

const chapter = chapters.purposes

export const purposePromises = {
  'purpose.list': {
    title: 'There is a closed list of purposes, each with its basis in law. Any other use is refused.',
    chapter,
    law: ['K76', 'G11'],
  },
  'purpose.recruitment': {
    title: 'An application is used to assess that application.',
    chapter,
    law: ['E6'],
    missing: [missing.lint],
  },
  'purpose.sensitive': {
    title: 'Sensitive information serves the service you asked for, security and the running of the company.',
    chapter,
    law: ['K6', 'K79'],
    missing: [missing.staff],
  },
  'purpose.on-request': {
    title: 'Marketing and contact between people follow your wish, from the moment you express it.',
    chapter,
    law: ['G21', 'G23'],
  },
} as const satisfies Promised
