/**
 * Files for `avow import`: made-up people as they come from a stand at an event, a job board and a feedback form, places
 * from which the company keeps data nowhere else. JSON Lines, one object a person; the same bytes for the same seed.
 * The people are those of generate.ts, so that some of them are in the company's database too.
 */

import { momentMs, timestamp } from './generate/moment.ts'
import { type Person, personAt, type World } from './generate/person.ts'
import { makePools } from './generate/pools.ts'
import { type Random, randomStream } from './generate/random.ts'
import { defaultAsOfMs } from './generate.ts'

export interface RecordForm {
  /** As `avow import` is told them. */
  readonly subject: string
  readonly context: string
  readonly purpose: string
  readonly source: string
  /** Facts of every value: what the company knows of a file before it is read. */
  readonly facts: Readonly<Record<string, string>>
  /** Of a hundred people, how many are in the file. */
  readonly share: number
  /** The fields of one person, under the names the policy gives them. */
  readonly fields: (person: Person, random: Random, world: World) => Readonly<Record<string, string | number>>
}

/** Nothing concluded, nothing sensitive in the words: said of a whole file, because nobody looks through it. */
const ordinary = { inferred: 'no', sensitiveContent: 'no' }

export const recordForms = {
  leads: {
    subject: 'email:email',
    context: 'offline',
    purpose: 'answerInquiries',
    source: 'person',
    facts: ordinary,
    share: 6,
    fields: (person, random, { pools }) => ({
      fullName: person.fullName,
      emailAddress: person.email,
      ...(person.phone === null ? {} : { phoneNumber: person.phone }),
      workHistory: random.pick(pools.jobTitles),
    }),
  },
  applicants: {
    subject: 'email:email',
    context: 'applicants',
    purpose: 'recruitment',
    source: 'jobPosting',
    facts: ordinary,
    share: 3,
    fields: (person, random, { pools }) => ({
      fullName: person.fullName,
      emailAddress: person.email,
      school: random.pick(pools.schools),
      degree: random.pick(['BSc', 'BA', 'MSc', 'apprenticeship']),
      coverLetter: `${random.pick(pools.paragraphs)} Yours, ${person.fullName}`,
    }),
  },
  feedback: {
    subject: 'email:email',
    context: 'websites',
    purpose: 'improveServices',
    source: 'feedback',
    facts: ordinary,
    share: 8,
    fields: (person, random) => ({
      emailAddress: person.email,
      satisfactionScore: random.between(1, 5),
      languageSetting: person.locale,
    }),
  },
} as const satisfies Readonly<Record<string, RecordForm>>

/** The lines of one file, without line ends. */
export function* recordLines(
  name: keyof typeof recordForms,
  {
    people,
    seed,
    asOfMs = defaultAsOfMs,
  }: { readonly people: number; readonly seed: number; readonly asOfMs?: number },
): Generator<string> {
  const form: RecordForm = recordForms[name]
  const world: World = { seed, people, asOfMs, pools: makePools(seed) }
  const stream = 2 + Object.keys(recordForms).indexOf(name) // 0 and 1 are the people's and their rows'
  for (let index = 0; index < people; index++) {
    const random = randomStream(seed + stream, index)
    if (random.below(100) >= form.share) continue
    const person = personAt(world, index)
    if (person.years < 18) continue // no stand or form of the company's asks a child
    const collectedAt = timestamp(momentMs(asOfMs, random, 500, 1))
    yield JSON.stringify({ email: person.email, ...form.fields(person, random, world), collectedAt })
  }
}
