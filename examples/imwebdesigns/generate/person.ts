/**
 * Who the people are. A person is a pure function of seed and index, so that any row may speak of anybody without all
 * of them standing in memory. Addresses are under example.com/.net/.org (RFC 2606), telephone numbers in ranges that
 * regulators keep for fiction, IP addresses in ranges kept for documentation and benchmarks: none reaches anybody.
 */
import type { Pools } from './pools.ts'
import { type Random, randomStream } from './random.ts'

/** How the company came to know the person. Only an account holder has a row in `accounts`. */
export type Acquaintance = 'account' | 'candidate' | 'panelMember' | 'visitor' | 'subscriber'

export interface Person {
  readonly index: number
  readonly acquaintance: Acquaintance
  readonly region: 'uk' | 'eea' | 'california' | 'us' | 'elsewhere'
  readonly country: string
  readonly state: string | null
  readonly locale: string
  readonly gender: 'female' | 'male' | 'other'
  readonly given: string
  readonly fullName: string
  readonly email: string
  readonly phone: string | null
  /** YYYY-MM-DD. */
  readonly bornOn: string
  readonly years: number
  readonly street: string
  readonly city: string
  readonly postcode: string
}

/** Everything the rows of one run are made from. */
export interface World {
  readonly seed: number
  readonly people: number
  readonly asOfMs: number
  readonly pools: Pools
}

const weighted = <T>(draw: number, table: readonly (readonly [T, number])[]): T => {
  let rest = draw
  for (const [value, weight] of table) {
    if (rest < weight) return value
    rest -= weight
  }
  throw new Error('internal: the weights do not reach 100')
}

/** Of a hundred people. The first twenty indexes hold one of each, so that small runs have them all. */
const acquaintances: readonly (readonly [Acquaintance, number])[] = [
  ['account', 72],
  ['candidate', 8],
  ['panelMember', 10],
  ['visitor', 5],
  ['subscriber', 5],
]

const regions: readonly (readonly [Person['region'], number])[] = [
  ['uk', 46],
  ['eea', 24],
  ['california', 14],
  ['us', 8],
  ['elsewhere', 8],
]

const ageBands: readonly (readonly [readonly [number, number], number])[] = [
  [[10, 12], 1],
  [[13, 15], 3],
  [[16, 17], 3],
  [[18, 29], 25],
  [[30, 49], 40],
  [[50, 85], 28],
]

interface Place {
  readonly country: string
  readonly state: string | null
  readonly locale: string
}

const places: Readonly<Record<Person['region'], readonly Place[]>> = {
  uk: [{ country: 'GB', state: null, locale: 'en-GB' }],
  eea: [
    { country: 'DE', state: null, locale: 'de-DE' },
    { country: 'FR', state: null, locale: 'fr-FR' },
    { country: 'ES', state: null, locale: 'es-ES' },
    { country: 'IT', state: null, locale: 'it-IT' },
    { country: 'NL', state: null, locale: 'nl-NL' },
    { country: 'PL', state: null, locale: 'pl-PL' },
    { country: 'SE', state: null, locale: 'sv-SE' },
    { country: 'IE', state: null, locale: 'en-GB' },
  ],
  california: [{ country: 'US', state: 'CA', locale: 'en-US' }],
  us: ['NY', 'TX', 'WA', 'IL', 'CO'].map((state) => ({ country: 'US', state, locale: 'en-US' })),
  elsewhere: [
    { country: 'AU', state: null, locale: 'en-AU' },
    { country: 'NZ', state: null, locale: 'en-AU' },
  ],
}

const americanAreas =
  `201 202 203 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248
 251 252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320
 321 323 325 330 334 336 337 347 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 424 425
 432 434 435 440 443 458 469 470 478 479 480 484 501 502 503`.split(/\s+/)

/**
 * Prefixes, and how many free digits follow: Ofcom's numbers for drama, ComReg's (020 91x xxxx), the
 * Bundesnetzagentur's (Amtsblatt 7/2021, no. 148), and 555-01xx of the North American area codes.
 */
const fictionRanges: Readonly<Record<string, { readonly prefixes: readonly string[]; readonly digits: number }>> = {
  GB: {
    digits: 3,
    prefixes: [
      ['7700 900', '1632 960', '3069 990', '20 7946 0', '191 498 0', '29 2018 0', '28 9649 6'],
      ['113', '114', '115', '116', '117', '118', '121', '131', '141', '151', '161'].map((area) => `${area} 496 0`),
    ].flatMap((group) => group.map((prefix) => `+44 ${prefix}`)),
  },
  DE: { digits: 3, prefixes: ['+49 30 23125', '+49 69 90009', '+49 40 66969', '+49 221 4710', '+49 89 99998'] },
  IE: { digits: 5, prefixes: ['+353 20 91'] },
  US: { digits: 2, prefixes: americanAreas.map((area) => `+1 ${area} 555 01`) },
}

/** A number that nobody else of the run has; null where the country's range is used up, or there is none. */
function phoneOf(index: number, country: string): string | null {
  const range = fictionRanges[country]
  if (range === undefined) return null
  const prefix = range.prefixes[Math.floor(index / 10 ** range.digits)]
  return prefix === undefined ? null : prefix + String(index % 10 ** range.digits).padStart(range.digits, '0')
}

const letters = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[łŁ]/g, 'l')
    .replace(/[øØ]/g, 'o')
    .replace(/ß/g, 'ss')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

const domains = ['example.com', 'example.net', 'example.org']
const firstOfEach: readonly Acquaintance[] = [
  'account',
  'account',
  'candidate',
  'account',
  'panelMember',
  'visitor',
  'subscriber',
]

function drawAcquaintance(random: Random, index: number): Acquaintance {
  const drawn = weighted(random.below(100), acquaintances)
  return firstOfEach[index] ?? drawn
}

/** How the person came, without making the whole of them. */
export const acquaintanceOf = (seed: number, index: number): Acquaintance =>
  drawAcquaintance(randomStream(seed, index), index)

/** The index of an account holder other than `index`, or undefined where there is hardly anybody. */
export function drawOtherAccount(world: World, random: Random, index: number): number | undefined {
  for (let tries = 0; tries < 40; tries++) {
    const other = random.below(world.people)
    if (other !== index && acquaintanceOf(world.seed, other) === 'account') return other
  }
  return undefined
}

export function personAt(world: World, index: number): Person {
  const random = randomStream(world.seed, index)
  const acquaintance = drawAcquaintance(random, index)
  const region = weighted(random.below(100), regions)
  const { country, state, locale } = random.pick(places[region])
  const [youngest, oldest] = weighted(random.below(100), ageBands)
  const years = Math.max(random.between(youngest, oldest), acquaintance === 'account' ? 0 : 18)
  const gender = weighted(random.below(100), [
    ['female', 49],
    ['male', 48],
    ['other', 3],
  ] as const)
  const pool = world.pools.names[locale]
  if (pool === undefined) throw new Error(`internal: no names for ${locale}`)
  const given = random.pick(gender === 'male' ? pool.male : pool.female)
  const family = random.pick(pool.family)
  return {
    index,
    acquaintance,
    region,
    country,
    state,
    locale,
    gender,
    given,
    fullName: `${given} ${family}`,
    email: `${letters(given) || 'a'}.${letters(family) || 'b'}.${index.toString(36)}@${random.pick(domains)}`,
    phone: random.chance(0.8) ? phoneOf(index, country) : null,
    bornOn: birthday(random, world.asOfMs, years),
    years,
    street: `${random.between(1, 240)} ${random.pick(pool.streets)}`,
    city: random.pick(pool.cities),
    postcode: postcodeOf(random, country),
  }
}

/** A date of birth that makes somebody `years` old on the day of the run. */
function birthday(random: Random, asOfMs: number, years: number): string {
  const date = new Date(asOfMs)
  date.setUTCFullYear(date.getUTCFullYear() - years)
  return new Date(date.getTime() - random.below(365) * 86_400_000).toISOString().slice(0, 10)
}

function postcodeOf(random: Random, country: string): string {
  const letter = () => random.pick(['A', 'B', 'D', 'E', 'H', 'L', 'N', 'R', 'S', 'W'])
  if (country === 'GB')
    return `${letter()}${letter()}${random.between(1, 28)} ${random.below(10)}${letter()}${letter()}`
  if (country === 'IE')
    return `${letter()}${random.between(10, 99)} ${letter()}${random.below(10)}${letter()}${random.below(10)}`
  return String(random.between(10_000, 99_999))
}
