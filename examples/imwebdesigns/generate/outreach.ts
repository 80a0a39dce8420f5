/** Events, social media, the newsletter, and the mail that was sent. */
import type { Scene } from './chapter.ts'
import { companyCountOf, eventCount, staffCount } from './company.ts'
import { ipAddress } from './ipAddress.ts'
import { laterMs, momentMs, timestamp } from './moment.ts'

const diets = ['vegetarian', 'halal', 'kosher', 'coeliac', 'nut allergy']
const kinds = ['comment', 'like', 'share', 'message', 'hashtag', 'check-in'] as const
const platforms = ['Facebook', 'Instagram', 'LinkedIn', 'Mastodon']
const mails = [
  ['order-confirmation', 'Your order'],
  ['invoice', 'Your invoice'],
  ['newsletter', 'News from IM Web Designs'],
  ['password-reset', 'Reset your password'],
  ['terms-update', 'We changed our terms'],
] as const

export function writeEventVisit(scene: Scene, accountId: number | null): void {
  const { world, loader, random, person } = scene
  const eventId = random.between(1, eventCount)
  const signedUpMs = momentMs(world.asOfMs, random, 700, 1)
  const business = random.chance(0.5)
  loader.add('event_signups', {
    event_id: eventId,
    email: person.email,
    full_name: person.fullName,
    account_id: accountId !== null && random.chance(0.7) ? accountId : null,
    company_name: business ? `Company ${random.between(1, companyCountOf(world.people))}` : null,
    job_title: business ? random.pick(world.pools.jobTitles) : null,
    dietary_needs: random.chance(0.15) ? random.pick(diets) : null,
    badge_photo_path: random.chance(0.3) ? `badges/${random.uuid()}.jpg` : null,
    signed_up_at: timestamp(signedUpMs),
    attended: random.chance(0.8) ? random.chance(0.7) : null,
  })
  if (random.chance(0.4))
    loader.add('event_impressions', {
      id: loader.nextId('event_impressions'),
      event_id: eventId,
      email: person.email,
      staff_id: random.between(1, staffCount),
      interest: `${person.given} cares for ${random.pick(world.pools.slogans).toLowerCase()}`,
      inferred: random.chance(0.5),
      noted_at: timestamp(laterMs(world.asOfMs, random, signedUpMs, 60)),
    })
}

export function writeSocialProfile(scene: Scene, accountId: number | null): void {
  const { world, loader, random, person } = scene
  const platform = random.pick(platforms)
  const handle = `@${person.email.slice(0, person.email.indexOf('@')).replaceAll('.', '_')}`
  const firstSeenMs = momentMs(world.asOfMs, random, 900, 1)
  loader.add('social_profiles', {
    platform,
    handle,
    account_id: accountId,
    display_name: person.fullName,
    followers: random.below(4000),
    first_seen_at: timestamp(firstSeenMs),
  })
  for (const _ of random.indexes(1, 5)) {
    const kind = random.pick(kinds)
    loader.add('social_interactions', {
      id: loader.nextId('social_interactions'),
      platform,
      handle,
      kind,
      content: kind === 'like' ? null : random.pick(world.pools.sentences),
      hashtag: kind === 'hashtag' ? '#imwebdesigns' : null,
      latitude: kind === 'check-in' ? random.between(36_00000, 60_00000) / 100_000 : null,
      longitude: kind === 'check-in' ? random.between(-10_00000, 20_00000) / 100_000 : null,
      happened_at: timestamp(laterMs(world.asOfMs, random, firstSeenMs, 800)),
    })
  }
}

export function writeSubscription({ world, loader, random, person }: Scene, accountId: number | null): void {
  const confirmedMs = momentMs(world.asOfMs, random, 1500, 2)
  loader.add('newsletter_subscribers', {
    email: person.email,
    full_name: random.chance(0.6) ? person.fullName : null,
    // Signed up twice over, by the footer form: the account is the same person only by the address.
    account_id: accountId !== null && random.chance(0.5) ? accountId : null,
    list: random.pick(['news', 'offers', 'training']),
    confirmed_at: random.chance(0.9) ? timestamp(confirmedMs) : null,
    unsubscribed_at: random.chance(0.2) ? timestamp(laterMs(world.asOfMs, random, confirmedMs, 700)) : null,
  })
}

export function writeMail({ world, loader, random, person }: Scene, accountId: number | null, most: number): void {
  for (const _ of random.indexes(0, most)) {
    const [template, subject] = random.pick(mails)
    const sentMs = momentMs(world.asOfMs, random, 400)
    const opened = random.chance(0.4)
    loader.add('emails_sent', {
      id: loader.nextId('emails_sent'),
      to_email: person.email,
      account_id: accountId,
      template,
      subject: `${subject}, ${person.given}`,
      sent_at: timestamp(sentMs),
      opened_at: opened ? timestamp(laterMs(world.asOfMs, random, sentMs, 5)) : null,
      opened_ip: opened ? ipAddress(random) : null,
    })
  }
}
