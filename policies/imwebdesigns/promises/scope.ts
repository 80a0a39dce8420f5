/** Promises about whom and what the policy covers, and the contexts it tells apart. */
import { missing } from '../missing.ts'
import { chapters, type Promised } from './chapters.ts'

const chapter = chapters.scope

export const scope = {
  'scope.company': {
    title: 'We and our subsidiaries keep these promises when we collect, use, process, store, transfer or disclose.',
    chapter,
    withoutRule: 'the document names the company, and these six are all that a decision can be asked for',
    missing: [missing.subsidiaries],
  },
  'scope.tailored': {
    title: 'What happens to a piece of information depends on where it came from, for as long as we have it.',
    chapter,
    withoutRule: 'every rule is written for contexts, and every decision is asked with one',
  },
  'context.websites': {
    title: 'On our websites, subdomains included, we take in who you are, what you do there, and technical data.',
    chapter,
    missing: [missing.siteCollector],
  },
  'context.specific-wins': {
    title: 'An application or a product met on a website follows the promises for applications or products.',
    chapter,
    withoutRule: 'which context claims a record is settled before a decision is asked',
    law: ['K76'],
    missing: [missing.contextResolution],
  },
  'context.products': {
    title: 'Our products and services bring in what you order, put in and report, and what our systems generate.',
    chapter,
    missing: [missing.productSdk],
  },
  'context.social': {
    title: 'Social media brings in what you do with our pages and mails, and public posts with our hashtags.',
    chapter,
    law: ['G45'],
    missing: [missing.socialCollectors],
  },
  'context.applicants': {
    title: 'Applying for a job brings in what you, a posting elsewhere or a recruiter sends us.',
    chapter,
    missing: [missing.applicantSurfaces],
  },
  'context.research': {
    title: 'Research brings in what you or a named supplier gives; if it was a supplier, we tell you within a month.',
    chapter,
    law: ['G25'],
    missing: [missing.researchSurfaces],
  },
  'context.offline': {
    title: 'Events, calls and customer service bring in what you say; what we infer is marked as inferred.',
    chapter,
    missing: [missing.offlineForm],
  },
  'context.chat': {
    title: 'Chats bring in their text and, held apart from it, when and how they went.',
    chapter,
    missing: [missing.chatSurface, missing.freeText],
  },
  'def.personal': {
    title: 'Personal is whatever can be tied to you or your household: a cookie, an address of a machine, a hash too.',
    chapter,
    needs: 'answered',
    withoutRule: 'the vocabulary makes such fields identifiers, and the rules on advertising treat hashed as personal',
    law: ['N9', 'K72'],
  },
  'category.all': {
    title: 'There are twelve categories. Each field has exactly one, and a field with none is refused.',
    chapter,
    needs: 'answered',
    withoutRule: 'the document gives each field one category, and checking it refuses anything else',
    law: ['K74'],
  },
  'category.year': {
    title: 'We say which categories we took in over the past year, and which we plan to.',
    chapter,
    withoutRule: 'it is a report on what happened',
    law: ['K73'],
    missing: [missing.yearReport],
  },
} as const satisfies Promised
