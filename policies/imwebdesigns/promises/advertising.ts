/** Promises about third-party advertising, cookies and trackers, and disclosures that law or business demands. */
import { missing } from '../missing.ts'
import { chapters, type Promised } from './chapters.ts'

const chapter = chapters.advertising

export const advertisingPromises = {
  'ads.partners': {
    title: 'Others may show you advertising by your browsing, as far as your region, your choice and your age allow.',
    chapter,
    law: ['K30', 'K78', 'G41', 'G43', 'S2'],
    missing: [missing.gate, missing.banner, missing.signals],
  },
  'ads.opt-out-links': {
    title: 'Pages of the industry are linked beside our own opt-out, never in place of it.',
    chapter,
    withoutRule: 'it is what a page shows',
    law: ['E9', 'K36'],
    missing: [missing.privacyCenter],
  },
  'legal.obligation': {
    title: 'We disclose what law demands, here or abroad, and only that.',
    chapter,
    law: ['G37', 'G38'],
    missing: [missing.gate, missing.demands],
  },
  'legal.law-enforcement': {
    title: 'We work with law enforcement, once two of us have looked at what they may have.',
    chapter,
    law: ['G38', 'G39'],
    missing: [missing.gate, missing.demands],
  },
  'legal.business-transfer': {
    title: 'If the business passes to another, so do these promises, and you are told.',
    chapter,
    law: ['G47'],
    missing: [missing.gate, missing.transferJob],
  },
  'legal.protect': {
    title: 'We use information to enforce our terms and protect rights and safety, after a review with a reason.',
    chapter,
    missing: [missing.reviews],
  },
  'tech.beacons': {
    title: 'Our cookies and beacons gather five things, to make the site work and read better.',
    chapter,
    law: ['G41', 'G42', 'G44'],
    missing: [missing.siteCollector, missing.banner],
  },
  'tech.partners': {
    title: 'Adobe and Google Analytics help us measure, where you allow it.',
    chapter,
    law: ['G41', 'G43', 'K78'],
    missing: [missing.gate, missing.banner],
  },
  'tech.cookies': {
    title: 'You can refuse cookies in your browser; we say what then does not work.',
    chapter,
    withoutRule: 'it is how the site behaves without cookies',
    missing: [missing.siteCollector],
  },
  'tech.preferences': {
    title: 'A choice about tracking, however you express it, binds every tracker.',
    chapter,
    law: ['K29', 'K33', 'K35'],
    missing: [missing.banner, missing.signals],
  },
  'tech.dnt': {
    title: 'The old Do-Not-Track signal changes nothing. Global Privacy Control does.',
    chapter,
    withoutRule: 'no rule reads the signal; the proof shows that none does',
    law: ['K84', 'K30'],
    missing: [missing.signals],
  },
  'other.nonpersonal': {
    title: 'What is not about anybody may be disclosed, once that has been measured.',
    chapter,
    law: ['N1', 'N6'],
    missing: [missing.gate, missing.releaseGate],
  },
  'other.combined': {
    title: 'Joined to something personal, it is personal again, under the promises of each part.',
    chapter,
    withoutRule: 'it is how decisions are made: every label of a combination must permit',
    missing: [missing.combinations],
  },
} as const satisfies Promised
