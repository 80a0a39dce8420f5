/**
 * Where two promises pull apart, which one holds, and why: law first, then what favours the person.
 * `over: '*'` says of a prohibition what is so anyway, that it beats every permission it meets; it is declared so that
 * nobody reads the two promises and has to guess. Only the first group changes a decision.
 */
import type { Resolution } from '@avow/core/policy/document'

/** Permissions that stand though a promise would forbid them: each by law, none of them for gain. */
const permissions: readonly Resolution[] = [
  {
    keep: 'legal.duty',
    over: ['restriction.stops', 'kept.for-law-alone'],
    ground: 'law',
    because: 'GDPR Article 18(2) and 17(3)(b): what the law has a company keep or do, no request ends',
  },
  {
    keep: 'legal.demand',
    over: ['restriction.stops', 'kept.for-law-alone'],
    ground: 'law',
    because: 'GDPR Article 18(2): important public interest; an order that binds here binds for restricted data too',
  },
  {
    keep: 'protect.use',
    over: ['restriction.stops', 'kept.for-law-alone'],
    ground: 'law',
    because: 'GDPR Article 18(2) and 17(3)(e): legal claims and the rights of others remain',
  },
  {
    keep: 'protect.report',
    over: ['restriction.stops', 'kept.for-law-alone'],
    ground: 'law',
    because: 'GDPR Article 18(2) and 17(3)(e): legal claims and the rights of others remain',
  },
  {
    keep: 'requests.answer',
    over: ['restriction.stops', 'kept.for-law-alone'],
    ground: 'person',
    because: 'a person who restricted something still has the right to see, correct and erase it',
  },
  {
    keep: 'requests.take',
    over: ['restriction.stops', 'kept.for-law-alone'],
    ground: 'person',
    because: 'a person who restricted something may still ask, and what they asked is kept as evidence for them',
  },
]

const beatsAll = (keep: string, ground: Resolution['ground'], because: string): Resolution => ({
  keep,
  over: '*',
  ground,
  because,
})

const prohibitions: readonly Resolution[] = [
  beatsAll('sale.never', 'person', 'it is promised without exception, so no other promise makes room for a sale'),
  beatsAll(
    'ads.no-service-data',
    'person',
    'the purposes speak of promotion in general; this promise takes services out',
  ),
  beatsAll('ads.no-offline-targeting', 'person', 'third-party advertising is promised in general, and not for this'),
  beatsAll(
    'ads.anonymised-only',
    'person',
    'market research names targeted advertising as a purpose; the promise that only anonymised data aims it is narrower',
  ),
  beatsAll(
    'ads.partners',
    'law',
    'PECR regulation 6 and ePrivacy Article 5(3): the promise to show advertising does not stand without consent',
  ),
  beatsAll(
    'ca.opt-out',
    'law',
    'Cal. Civ. Code 1798.120: an opt-out ends sharing, whatever else is promised of partners',
  ),
  beatsAll('ca.minors', 'law', 'Cal. Civ. Code 1798.120(c): a minor is shared only by opting in'),
  beatsAll('rights.restrict', 'law', 'GDPR Article 18: a restriction stops every use that the law does not keep open'),
  beatsAll('rights.exceptions', 'law', 'what an exception keeps from erasure serves that exception alone (rule K50)'),
  beatsAll('rights.verify', 'law', 'an answer to whoever asks would break the promises to the person asked about'),
  beatsAll(
    'purpose.on-request',
    'law',
    'GDPR Articles 7(3) and 21: consent withdrawn and objection raised end the use',
  ),
  beatsAll(
    'purpose.sensitive',
    'law',
    'market research lists sensitive and protected-class information, which is promised to serve the requested service, ' +
      'security and operations only: it may be taken in to be anonymised, and for no study (GDPR Article 9)',
  ),
  beatsAll('sensitive.avoid', 'person', 'contexts name sensitive information; it is still avoided unless required'),
  beatsAll('purpose.recruitment', 'person', 'the purposes are listed for everybody; an applicant expects one of them'),
  beatsAll('use.websites', 'person', 'purposes and recipients are general; these categories are promised of websites'),
  beatsAll(
    'context.products',
    'person',
    'purposes and recipients are general; these categories are promised of products',
  ),
  beatsAll('use.customer-content', 'person', 'the list of purposes is general; this limit is promised of this data'),
  beatsAll('use.functional-data', 'person', 'the list of purposes is general; this limit is promised of this data'),
  beatsAll('use.support-information', 'person', 'the list of purposes is general; this limit is promised of this data'),
  beatsAll('use.chat', 'person', 'the list of purposes is general; this limit is promised of this data'),
  beatsAll('use.social', 'person', 'the list of purposes is general; this limit is promised of this data'),
  beatsAll(
    'research.categories',
    'person',
    'the list of purposes is general; these categories are promised of research',
  ),
  beatsAll('offline.sources', 'person', 'data that is reused keeps what was promised when it was given'),
  beatsAll('tech.beacons', 'law', 'PECR regulation 6: websites collect in general; a device is read only so'),
  beatsAll('share.processors', 'law', 'GDPR Article 28 and Cal. Civ. Code 1798.100(d): no contract, no disclosure'),
  beatsAll('share.audited', 'person', 'sharing is promised with partners who keep to it, and with no others'),
  beatsAll('share.necessary-only', 'person', 'sharing is promised of what is needed, and of nothing else'),
  beatsAll('community.public', 'person', 'what was not posted in public after a warning is not for others'),
  beatsAll('ledger.disclosures', 'person', 'a disclosure to nobody could not be recorded'),
  beatsAll(
    'legal.law-enforcement',
    'person',
    'reports that protect are promised too: nothing goes to an authority unapproved',
  ),
  beatsAll('transfer.anywhere', 'person', 'sharing is promised in general; countries are listed'),
  beatsAll('transfer.eea', 'law', 'GDPR and UK GDPR Articles 44 to 49: no transfer without a ground'),
  beatsAll(
    'deid.maintained',
    'law',
    'Cal. Civ. Code 1798.140(m) and 11 CCR 7060(g): nobody is re-identified to answer',
  ),
]

export const resolutions: readonly Resolution[] = [...permissions, ...prohibitions]
