/**
 * The facts that every policy may speak of: finite, named, with a closed list of values each.
 * Dates, ages in years and contracts become facts before a decision, so that a decision needs no clock.
 * A policy may declare more; it cannot redefine these.
 */

/** What a fact is about. Value facts belong to each label of a request; the others to the request. */
export type FactSubject = 'person' | 'value' | 'recipient' | 'act'

export interface FactDeclaration {
  readonly about: FactSubject
  readonly title: string
  /** At least two values; order is of no meaning. */
  readonly values: readonly string[]
}

export const standardFacts = {
  region: {
    about: 'person',
    title: 'where the person lives, as far as law distinguishes',
    values: ['uk', 'eea', 'california', 'us', 'elsewhere'],
  },
  age: { about: 'person', title: 'the age band of the person', values: ['under13', 'under16', 'under18', 'adult'] },
  consent: {
    about: 'person',
    title: "the person's consent to the purpose asked for",
    values: ['none', 'given', 'withdrawn'],
  },
  parentConsent: {
    about: 'person',
    title: "a parent's authorisation for the purpose asked for",
    values: ['none', 'given'],
  },
  objection: {
    about: 'person',
    title: 'an objection of the person to the purpose asked for',
    values: ['none', 'raised'],
  },
  optOut: {
    about: 'person',
    title: 'opted out of sale and sharing, by any means, Global Privacy Control included',
    values: ['no', 'yes'],
  },
  limitSensitive: { about: 'person', title: 'asked to limit the use of sensitive information', values: ['no', 'yes'] },
  restricted: { about: 'person', title: 'processing restricted at the request of the person', values: ['no', 'yes'] },
  doNotTrack: { about: 'person', title: "the browser's Do-Not-Track signal", values: ['off', 'on'] },
  inferred: { about: 'value', title: 'inferred, not given or observed', values: ['no', 'yes'] },
  sensitiveContent: {
    about: 'value',
    title: 'sensitive matter found in the value itself, whatever its field',
    values: ['no', 'yes'],
  },
  public: { about: 'value', title: 'made public by the person', values: ['no', 'yes'] },
  locked: {
    about: 'value',
    title: 'kept after an erasure under a legal exception, for that alone',
    values: ['no', 'yes'],
  },
  identifiability: {
    about: 'value',
    title: 'how far the value can be tied to a person; hashed is personal',
    values: ['identified', 'hashed', 'anonymised', 'aggregated'],
  },
  contract: {
    about: 'recipient',
    title: "the recipient's contract, with every term the law asks for",
    values: ['complete', 'incomplete', 'expired'],
  },
  consideration: {
    about: 'recipient',
    title: 'money or another valuable consideration is given for the data',
    values: ['no', 'yes'],
  },
  country: {
    about: 'recipient',
    title: 'the recipient is in a country where the company operates',
    values: ['listed', 'unlisted'],
  },
  mechanism: {
    about: 'recipient',
    title: 'the lawful ground for the international transfer',
    values: ['notNeeded', 'valid', 'none'],
  },
  attestation: {
    about: 'recipient',
    title: "the recipient's latest attestation of adherence",
    values: ['current', 'overdue'],
  },
  verified: {
    about: 'act',
    title: 'the identity of the requester is verified to the level needed',
    values: ['no', 'yes'],
  },
  approved: { about: 'act', title: 'approved by a reviewer, with a reason', values: ['no', 'yes'] },
  instrument: {
    about: 'act',
    title: 'the legal instrument behind a demand',
    values: ['none', 'domestic', 'foreignTreaty', 'foreign'],
  },
  requirement: { about: 'act', title: 'a requirement for sensitive data is on file', values: ['none', 'onFile'] },
  requested: { about: 'act', title: 'the person asked for the service this serves', values: ['no', 'yes'] },
  warned: { about: 'act', title: 'the person was warned beforehand', values: ['no', 'yes'] },
} as const satisfies Record<string, FactDeclaration>

export type StandardFact = keyof typeof standardFacts

/**
 * Facts nobody states: each is `yes` or `no` by what the policy declares, so nobody can forget or misstate it.
 * - `source` takes its values from the policy's sources (a value fact, stated);
 * - `sensitive` (derived): the field is sensitive under some regime, or its content is;
 * - `sale`, `share` (derived): see ../law/saleAndShare.ts.
 */
export const derivedFacts = ['sensitive', 'sale', 'share'] as const
export type DerivedFact = (typeof derivedFacts)[number]
