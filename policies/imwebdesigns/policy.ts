/**
 * The privacy policy of IM Web Designs Ltd., as a policy that runs: its chapters, put together.
 */
import { definePolicy } from '@avow/core/policy/definePolicy'
import { advertising } from './advertising.ts'
import { applicants } from './applicants.ts'
import { chat } from './chat.ts'
import { company, rights as rightsToAsk } from './controller.ts'
import { evidence } from './evidence.ts'
import { legal } from './legal.ts'
import { offline } from './offline.ts'
import { products } from './products.ts'
import { type PromiseName, promises } from './promises.ts'
import { properties } from './properties.ts'
import { reach } from './reach.ts'
import { research } from './research.ts'
import { resolutions } from './resolutions.ts'
import { retention } from './retention.ts'
import { rights } from './rights.ts'
import { sensitive } from './sensitive.ts'
import { sharing } from './sharing.ts'
import { social } from './social.ts'
import { transfers } from './transfers.ts'
import { vocabulary } from './vocabulary.ts'
import { websites } from './websites.ts'

// `as`: fromEntries forgets the names; they are those of `promises`, one by one.
const evidenced = Object.fromEntries(
  Object.entries(promises).map(([id, promise]) => {
    const shown = evidence[id as PromiseName]
    return [id, shown === undefined ? promise : { ...promise, evidence: shown }]
  }),
) as Readonly<Record<PromiseName, (typeof vocabulary)['promises'][PromiseName]>>

const chapters = [
  ...reach,
  ...rights,
  ...sensitive,
  ...advertising,
  ...sharing,
  ...transfers,
  ...legal,
  ...websites,
  ...products,
  ...chat,
  ...social,
  ...applicants,
  ...research,
  ...offline,
]

/**
 * A decision names the first rule that decides it. So what is forbidden whatever the facts comes first: a denial that
 * hangs on nothing about the person says so, and shows nothing about them.
 */
const always = chapters.filter((rule) => rule.kind === 'forbid' && rule.when === undefined)
const sometimes = chapters.filter((rule) => rule.kind === 'forbid' && rule.when !== undefined)
const permits = chapters.filter((rule) => rule.kind === 'permit')

export const policy = definePolicy({
  ...vocabulary,
  promises: evidenced,
  name: 'Privacy policy of IM Web Designs Ltd.',
  controller: company,
  rules: [...always, ...sometimes, ...permits, ...retention],
  resolutions,
  properties,
  rights: rightsToAsk,
})
