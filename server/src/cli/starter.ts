/**
 * The policy that `avow init` writes: one website, a handful of data, four promises that are shown, three of them by proof. Small enough to
 * read at once, sound enough to start from. Everything in it is to be replaced by what is true of the company.
 */
import { definePolicy } from '@avow/core/policy/definePolicy'

export const starterPolicy = definePolicy({
  name: 'Our privacy policy',
  controller: {
    name: 'Example Ltd.',
    country: 'GB',
    subsidiaries: [],
    contact: { email: 'privacy@example.com', phone: '+44 113 496 0000' },
    countries: ['GB'],
  },
  contexts: { website: { title: 'Our website' } },
  categories: {
    identifiers: { title: 'Who you are', ccpa: 'A', dpv: ['Identifying'] },
    requests: { title: 'What you asked us', dpv: ['Communication'] },
  },
  fields: {
    name: { title: 'Name', category: 'identifiers' },
    email: { title: 'E-mail address', category: 'identifiers' },
    question: { title: 'Question', category: 'requests' },
  },
  sources: { person: { title: 'From you' } },
  purposes: {
    answer: { title: 'Answer your questions', basis: 'contract', dpv: ['CustomerCare'] },
    rights: { title: 'Answer what you ask about your data', basis: 'legalObligation', dpv: ['RightsFulfilment'] },
    newsletter: { title: 'Send you our newsletter', basis: 'consent', dpv: ['DirectMarketing'], advertising: 'own' },
  },
  recipients: { mailer: { title: 'The service that delivers our mail', standing: 'processor' } },
  promises: {
    'use.stated': {
      title: 'What you send us is used to answer you, and for nothing else that you have not agreed to.',
      chapter: 'Use',
      evidence: [
        {
          kind: 'proof',
          property: 'newsletterByConsent',
          breach: {
            add: [
              {
                kind: 'permit',
                id: 'breach.newsletter-for-all',
                promises: ['use.stated'],
                actions: ['use'],
                contexts: ['website'],
                purposes: ['newsletter'],
              },
            ],
          },
        },
      ],
    },
    'sale.never': {
      title: 'Your data is never sold.',
      chapter: 'Passing on',
      evidence: [
        {
          kind: 'proof',
          property: 'noSale',
          breach: { remove: ['sale.never', 'mailer.by-contract'] },
        },
      ],
    },
    'share.by-contract': {
      title: 'Only the service that delivers our mail receives your address, and only while bound by contract.',
      chapter: 'Passing on',
      evidence: [{ kind: 'proof', property: 'mailerByContract', breach: { remove: ['mailer.by-contract'] } }],
    },
    'rights.erased': {
      title: 'Ask us to erase what we hold about you, and it is gone: we search for it afterwards.',
      chapter: 'Your rights',
      evidence: [{ kind: 'query', query: 'erasuresSearched' }],
    },
    'retention.limited': {
      title: 'What you sent us is erased two years after we last heard from you.',
      chapter: 'Keeping',
      missing: ['nothing erases what has run out yet'],
    },
  },
  rules: [
    {
      kind: 'permit',
      id: 'answer.use',
      promises: ['use.stated'],
      actions: ['collect', 'use', 'store'],
      contexts: ['website'],
      purposes: ['answer'],
    },
    {
      kind: 'permit',
      id: 'newsletter.use',
      promises: ['use.stated'],
      actions: ['collect', 'use', 'store'],
      contexts: ['website'],
      fields: ['name', 'email'],
      purposes: ['newsletter'],
      when: { consent: 'given' },
    },
    {
      kind: 'permit',
      id: 'mailer.newsletter',
      promises: ['share.by-contract'],
      actions: ['disclose'],
      contexts: ['website'],
      fields: ['email'],
      purposes: ['newsletter'],
      recipients: ['mailer'],
      when: { consent: 'given' },
    },
    {
      kind: 'permit',
      id: 'rights.answer',
      promises: ['rights.erased'],
      actions: ['use', 'process'],
      contexts: ['website'],
      purposes: ['rights'],
    },
    {
      kind: 'forbid',
      id: 'mailer.by-contract',
      promises: ['share.by-contract'],
      recipients: ['mailer'],
      when: { contract: { not: 'complete' } },
    },
    { kind: 'forbid', id: 'sale.never', promises: ['sale.never'], when: { sale: 'yes' } },
    {
      kind: 'retain',
      id: 'retention.two-years',
      promises: ['retention.limited'],
      contexts: ['website'],
      clock: 'lastActivity',
      days: 730,
      then: 'erase',
      because: 'a question is seldom taken up again later',
    },
  ],
  resolutions: [
    { keep: 'sale.never', over: '*', ground: 'law', because: 'a promise not to sell holds whatever else is permitted' },
    {
      keep: 'mailer.by-contract',
      over: '*',
      ground: 'law',
      because: 'a processor acts under a contract, GDPR Article 28(3)',
    },
  ],
  properties: {
    noSale: { kind: 'never', title: 'Nothing is ever sold', scope: {}, when: { sale: 'yes' } },
    newsletterByConsent: {
      kind: 'never',
      title: 'Nothing is used for the newsletter without consent',
      scope: { purposes: ['newsletter'] },
      when: { consent: { not: 'given' } },
    },
    mailerByContract: {
      kind: 'never',
      title: 'Nothing reaches the mail service outside a contract',
      scope: { recipients: ['mailer'] },
      when: { contract: { not: 'complete' } },
    },
  },
  rights: {
    access: { title: 'See what we hold about you' },
    erase: { title: 'Have it erased' },
    correct: { title: 'Have it put right' },
    withdraw: { title: 'Take back your consent' },
  },
})
