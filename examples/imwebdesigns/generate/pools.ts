/**
 * The stock that rows are drawn from: names, streets, firms and phrases, made once by Faker under the seed.
 * Faker takes microseconds a word, which a million rows cannot afford; drawing from a pool takes nanoseconds.
 */
import {
  base,
  de,
  en,
  en_AU,
  en_GB,
  en_US,
  es,
  Faker,
  fr,
  it,
  type LocaleDefinition,
  nl,
  pl,
  sv,
} from '@faker-js/faker'

export interface NamePool {
  readonly female: readonly string[]
  readonly male: readonly string[]
  readonly family: readonly string[]
  readonly streets: readonly string[]
  readonly cities: readonly string[]
}

export interface Pools {
  readonly names: Readonly<Record<string, NamePool>>
  readonly companies: readonly string[]
  readonly jobTitles: readonly string[]
  readonly userAgents: readonly string[]
  readonly phrases: readonly string[]
  readonly sentences: readonly string[]
  readonly paragraphs: readonly string[]
  readonly slogans: readonly string[]
  readonly words: readonly string[]
  readonly schools: readonly string[]
}

const locales: Readonly<Record<string, LocaleDefinition[]>> = {
  'en-GB': [en_GB, en, base],
  'en-US': [en_US, en, base],
  'en-AU': [en_AU, en, base],
  'de-DE': [de, en, base],
  'fr-FR': [fr, en, base],
  'es-ES': [es, en, base],
  'it-IT': [it, en, base],
  'nl-NL': [nl, en, base],
  'pl-PL': [pl, en, base],
  'sv-SE': [sv, en, base],
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

export function makePools(seed: number): Pools {
  const faker = new Faker({ locale: locales['en-GB'] ?? [en, base] })
  faker.seed(seed)
  return {
    names: Object.fromEntries(
      Object.entries(locales).map(([locale, definitions]) => [locale, makeNames(definitions, seed)]),
    ),
    companies: times(400, () => faker.company.name()),
    jobTitles: times(150, () => faker.person.jobTitle()),
    userAgents: times(60, () => faker.internet.userAgent()),
    phrases: times(300, () => faker.hacker.phrase()),
    sentences: times(500, () => faker.lorem.sentence({ min: 6, max: 16 })),
    paragraphs: times(200, () => faker.lorem.paragraph()),
    slogans: times(300, () => faker.company.catchPhrase()),
    words: [...new Set(times(800, () => faker.lorem.word()))],
    schools: times(
      120,
      () => `${faker.location.city()} ${faker.helpers.arrayElement(['College', 'University', 'School'])}`,
    ),
  }
}

function makeNames(locale: LocaleDefinition[], seed: number): NamePool {
  const faker = new Faker({ locale })
  faker.seed(seed)
  return {
    female: times(200, () => faker.person.firstName('female')),
    male: times(200, () => faker.person.firstName('male')),
    family: times(400, () => faker.person.lastName()),
    streets: times(300, () => faker.location.street()),
    cities: times(150, () => faker.location.city()),
  }
}
