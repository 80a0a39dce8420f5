/** A sound policy of every kind of rule, for tests of the language: each rule kind, a child context, a resolution, a proof. */
import { definePolicy, defineVocabulary, rulesOver } from '@avow/core/policy/definePolicy'
import type { PolicyDocument } from '@avow/core/policy/document'

const vocabulary = defineVocabulary({
  contexts: {
    products: { title: 'Products' },
    content: { title: 'What customers put in', parent: 'products' },
    websites: { title: 'Websites' },
  },
  categories: {
    identifiers: { title: 'Identifiers', ccpa: 'A', dpv: ['Identifying'] },
    health: { title: 'Health', dpv: ['Health'] },
  },
  fields: {
    email: { title: 'e-mail address', category: 'identifiers' },
    cookie: { title: 'cookie id', category: 'identifiers' },
    allergy: { title: 'allergy', category: 'health', sensitiveUnder: ['gdpr', 'ccpa'] },
  },
  sources: { person: { title: 'the person' }, tracker: { title: 'a tracker' } },
  purposes: {
    support: { title: 'support', basis: 'contract', dpv: ['CustomerCare'] },
    newsletter: { title: 'newsletter', basis: 'consent', dpv: ['DirectMarketing'], advertising: 'own' },
    targetedAds: { title: 'ads', basis: 'consent', dpv: ['TargetedAdvertising'], advertising: 'crossContext' },
  },
  recipients: {
    host: { title: 'hosting', standing: 'processor' },
    advertiser: { title: 'advertisers', standing: 'thirdParty' },
  },
  facts: { plan: { about: 'person', title: 'plan', values: ['free', 'paid'] } },
  promises: {
    'use.products': { title: 'Products serve support', chapter: 'use' },
    'use.news': { title: 'News on request', chapter: 'use' },
    'ads.websites': { title: 'Ads only from websites', chapter: 'ads' },
    'share.hosts': { title: 'Hosts hold data', chapter: 'share' },
    'sale.never': {
      title: 'Nothing is sold',
      chapter: 'sale',
      evidence: [
        {
          kind: 'proof',
          property: 'noSale',
          breach: { remove: ['sold'] },
        },
      ],
    },
    'rights.restrict': { title: 'Processing can be limited', chapter: 'rights' },
    'sensitive.avoid': { title: 'Sensitive data only with a requirement', chapter: 'sensitive' },
    'retention.necessary': { title: 'Kept only as needed', chapter: 'keep' },
    'security.people': { title: 'Trained people', chapter: 'keep', withoutRule: 'it is a measure, not a decision' },
  },
})
const { permit, forbid, retain } = rulesOver(vocabulary)

export const examplePolicy: PolicyDocument = definePolicy({
  ...vocabulary,
  name: 'Small',
  controller: {
    name: 'Example Ltd.',
    country: 'GB',
    subsidiaries: [{ name: 'Example GmbH', country: 'DE' }],
    contact: { email: 'privacy@example.com', phone: '+44 20 7946 0000' },
    countries: ['GB', 'DE'],
  },
  rules: [
    forbid({
      id: 'restricted',
      promises: ['rights.restrict'],
      actions: ['use', 'process', 'disclose', 'transfer'],
      when: { restricted: 'yes' },
    }),
    forbid({ id: 'sold', promises: ['sale.never'], when: { sale: 'yes' } }),
    forbid({
      id: 'sensitive',
      promises: ['sensitive.avoid'],
      when: { sensitive: 'yes', requirement: { not: 'onFile' } },
    }),
    permit({
      id: 'support',
      promises: ['use.products'],
      actions: ['collect', 'use', 'store'],
      contexts: ['products', 'content'],
      purposes: ['support'],
      obligations: ['tell'],
    }),
    permit({
      id: 'paidSupport',
      promises: ['use.products'],
      actions: ['use'],
      contexts: ['products'],
      fields: ['email', 'allergy'],
      purposes: ['support'],
      when: [{ plan: 'paid', requested: 'yes' }, { verified: 'yes' }],
      obligations: ['warn'],
    }),
    permit({
      id: 'news',
      promises: ['use.news'],
      actions: ['use'],
      contexts: ['products', 'websites'],
      fields: ['email'],
      purposes: ['newsletter'],
      when: { consent: 'given', age: { not: ['under13', 'under16'] } },
    }),
    permit({
      id: 'ads',
      promises: ['ads.websites'],
      actions: ['disclose'],
      contexts: ['websites'],
      fields: ['cookie'],
      purposes: ['targetedAds'],
      recipients: ['advertiser'],
      when: [
        { consent: 'given', optOut: 'no' },
        { region: ['us', 'elsewhere'], optOut: 'no', source: 'tracker' },
      ],
      obligations: ['deidentify'],
    }),
    permit({
      id: 'hosting',
      promises: ['share.hosts'],
      actions: ['transfer', 'store'],
      contexts: ['products', 'content', 'websites'],
      purposes: ['support'],
      recipients: ['host', 'controller'],
      when: { contract: 'complete' },
    }),
    retain({
      id: 'kept',
      promises: ['retention.necessary'],
      contexts: ['products'],
      clock: 'endOfRelationship',
      days: 730,
      atLeastDays: 30,
      then: 'erase',
      because: 'claims may be raised for two years',
    }),
  ],
  resolutions: [
    { keep: 'sale.never', over: '*', ground: 'law', because: 'the notice says so without exception' },
    { keep: 'sensitive.avoid', over: '*', ground: 'law', because: 'GDPR Article 9(1)' },
    {
      keep: 'hosting',
      over: ['rights.restrict'],
      ground: 'law',
      because: 'restricted data may still be stored, GDPR Article 18(2)',
    },
    {
      keep: 'rights.restrict',
      over: ['support', 'paidSupport', 'news', 'ads'],
      ground: 'person',
      because: 'Article 18',
    },
  ],
  properties: {
    noSale: { kind: 'never', title: 'nothing is sold', scope: {}, when: { sale: 'yes' } },
    newsOnly: {
      kind: 'independent',
      title: 'support does not hang on an opt-out',
      scope: { purposes: ['support'] },
      of: ['optOut', 'doNotTrack'],
      except: { restricted: 'yes' },
    },
  },
  rights: { access: { title: 'access', law: ['G15'] } },
})
