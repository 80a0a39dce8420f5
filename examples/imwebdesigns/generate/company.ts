/** What the company has whoever comes: staff, products, postings, agencies, surveys, events, its blog. */
import type { Loader } from './loader.ts'
import { date, momentMs, timestamp } from './moment.ts'
import type { World } from './person.ts'
import { type Random, randomStream } from './random.ts'

export const staffCount = 40
export const blogPostCount = 40
export const postingCount = 25
export const recruiterCount = 15
export const supplierCount = 4
export const surveyCount = 8
export const questionCount = 6
export const eventCount = 30
export const roomCount = 5

/** Organisations among the customers grow with the number of people. */
export const companyCountOf = (people: number): number => Math.max(3, Math.ceil(people / 50))

export const products = [
  ['HOST-S', 'Starter hosting', 'hosting', 4.99],
  ['HOST-M', 'Business hosting', 'hosting', 14.99],
  ['HOST-L', 'Agency hosting', 'hosting', 49],
  ['FAM-1', 'Family hosting', 'hosting', 9.99],
  ['DOM-UK', 'Domain .uk', 'domain', 9],
  ['DOM-COM', 'Domain .com', 'domain', 12],
  ['DES-1', 'One-page design', 'design', 390],
  ['DES-5', 'Five-page design', 'design', 1450],
  ['SHOP-1', 'Shop building kit', 'software', 240],
  ['CRM-1', 'Contact manager', 'software', 19],
  ['BOX-1', 'Office server', 'hardware', 890],
  ['BOX-2', 'Backup drive', 'hardware', 129],
  ['CONS-1', 'Consulting hour', 'professional', 95],
  ['CARE-1', 'Support plan', 'support', 25],
  ['GIFT-1', 'Gift voucher', 'gift', 50],
] as const

const teams = ['support', 'sales', 'engineering', 'people', 'finance']
const topics = ['experience', 'price', 'education', 'work', 'health', 'free text']
const cities = ['Leeds', 'London', 'Berlin', 'Paris', 'San Francisco', 'Amsterdam']

export function writeCompany(world: World, loader: Loader): void {
  const random = randomStream(world.seed, -1)
  const { pools, asOfMs } = world
  const name = () => `${random.pick(pools.names['en-GB']!.female)} ${random.pick(pools.names['en-GB']!.family)}`
  for (let id = 1; id <= companyCountOf(world.people); id++)
    loader.add('companies', {
      id,
      name: `${random.pick(pools.companies)} (${id})`,
      vat_number: random.chance(0.7) ? `GB999${String(id).padStart(6, '0')}` : null,
      country: random.pick(['GB', 'GB', 'DE', 'FR', 'US']),
      created_at: timestamp(momentMs(asOfMs, random, 2500, 300)),
    })
  for (let id = 1; id <= staffCount; id++)
    loader.add('staff', {
      id,
      email: `staff.${id}@imwebdesigns.example`,
      full_name: name(),
      team: teams[id % teams.length]!,
      active: id % 9 !== 0,
    })
  products.forEach(([sku, title, kind, price], at) => {
    loader.add('products', { id: at + 1, sku, name: title, kind, price, currency: 'GBP' })
  })
  for (let id = 1; id <= recruiterCount; id++)
    loader.add('recruiters', {
      id,
      agency: random.pick(pools.companies),
      full_name: name(),
      email: `recruiter.${id}@agency.example`,
      phone: `+44 808 157 0${String(id).padStart(3, '0')}`,
    })
  for (let id = 1; id <= supplierCount; id++)
    loader.add('panel_suppliers', {
      id,
      name: `${random.pick(pools.companies)} Panels`,
      country: random.pick(['GB', 'DE', 'US']),
      contract_until: date(momentMs(asOfMs, random, -400, -30)),
    })
  writeOccasions(world, loader, random)
}

function writeOccasions({ pools, asOfMs }: World, loader: Loader, random: Random): void {
  for (let id = 1; id <= roomCount; id++) loader.add('chat_rooms', { id, name: `room ${id}` })
  for (let id = 1; id <= postingCount; id++) {
    const openedMs = momentMs(asOfMs, random, 900, 60)
    loader.add('job_postings', {
      id,
      title: random.pick(pools.jobTitles),
      location: random.pick(cities),
      opened_on: date(openedMs),
      closed_on: id % 4 === 0 ? null : date(Math.min(asOfMs, openedMs + 60 * 86_400_000)),
    })
  }
  for (let id = 1; id <= surveyCount; id++) {
    loader.add('surveys', {
      id,
      title: `Survey: ${random.pick(pools.slogans)}`,
      opened_on: date(momentMs(asOfMs, random, 700, 200)),
      closed_on: id % 3 === 0 ? null : date(momentMs(asOfMs, random, 190, 10)),
    })
    for (let number = 1; number <= questionCount; number++)
      loader.add('survey_questions', {
        survey_id: id,
        number,
        wording: `About ${random.pick(pools.words)}: ${random.pick(pools.slogans)}?`,
        topic: topics[number - 1]!,
      })
  }
  for (let id = 1; id <= eventCount; id++)
    loader.add('events', {
      id,
      title: `${random.pick(pools.slogans)} day`,
      venue: `${random.pick(pools.companies)} Hall`,
      city: random.pick(cities),
      starts_at: timestamp(momentMs(asOfMs, random, 700, -90)),
    })
  for (let id = 1; id <= blogPostCount; id++)
    loader.add('blog_posts', {
      id,
      author_id: random.between(1, staffCount),
      slug: `post-${id}`,
      title: random.pick(pools.slogans),
      body: random.pick(pools.paragraphs),
      published_on: date(momentMs(asOfMs, random, 1200, 30)),
    })
}
