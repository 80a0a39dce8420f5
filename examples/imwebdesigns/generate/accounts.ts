/** An account and what hangs on it alone: addresses, household, checks, scores, invitations, devices, visits, choices. */
import { type AccountRows, accountIdOf, type Scene } from './chapter.ts'
import { companyCountOf } from './company.ts'
import { ipAddress } from './ipAddress.ts'
import { date, laterMs, momentMs, timestamp } from './moment.ts'
import { acquaintanceOf, drawOtherAccount, personAt } from './person.ts'

const segments = ['bargain hunter', 'agency', 'hobbyist', 'growing firm', 'about to leave']
const interests = ['gardening', 'cycling', 'small business', 'travel', 'photography', 'parenting', 'finance']
const sites = ['www', 'community', 'training', 'support']
const pages = ['/', '/pricing', '/hosting', '/domains', '/blog', '/forum', '/courses/first-site', '/help/dns', '/jobs']
const purposes = ['newsletter', 'analytics', 'ads', 'personalisation']

export function writeAccount(scene: Scene): AccountRows {
  const { world, loader, random, person } = scene
  const accountId = accountIdOf(person.index)
  const createdMs = momentMs(world.asOfMs, random, 2200, 5)
  const lastSeenMs = laterMs(world.asOfMs, random, createdMs, 2200)
  const addressIds = writeAddresses(scene, accountId, createdMs)
  const business = random.chance(0.3)
  loader.add('accounts', {
    id: accountId,
    email: person.email,
    password_hash: `$argon2id$v=19$m=65536,t=3,p=4$${random.uuid().replaceAll('-', '')}`,
    full_name: person.fullName,
    phone: person.phone,
    date_of_birth: person.years < 18 || random.chance(0.6) ? person.bornOn : null,
    gender: random.chance(0.7) ? person.gender : null,
    country: person.country,
    state: person.state,
    locale: person.locale,
    company_id: business ? random.between(1, companyCountOf(world.people)) : null,
    job_title: business ? random.pick(world.pools.jobTitles) : null,
    default_address_id: addressIds[0] ?? null,
    referred_by_id: random.chance(0.08) ? otherAccountId(scene) : null,
    marketing_opt_in: random.chance(0.4),
    ads_opt_out: random.chance(0.15),
    created_at: timestamp(createdMs),
    last_seen_at: timestamp(lastSeenMs),
    deleted_at: random.chance(0.04) ? timestamp(laterMs(world.asOfMs, random, lastSeenMs, 30)) : null,
  })
  writeHousehold(scene)
  writeInferences(scene, accountId)
  writeInvitations(scene, accountId, createdMs)
  return { accountId, createdMs, addressIds, deviceIds: writeDevices(scene, accountId, createdMs) }
}

export function otherAccountId({ world, random, person }: Scene): number | null {
  const other = drawOtherAccount(world, random, person.index)
  return other === undefined ? null : accountIdOf(other)
}

function writeAddresses({ loader, random, person }: Scene, accountId: number, createdMs: number): number[] {
  const count = random.chance(0.05) ? 0 : random.chance(0.3) ? 2 : 1
  return Array.from({ length: count }, (_, at) => {
    const id = loader.nextId('addresses')
    loader.add('addresses', {
      id,
      account_id: accountId,
      recipient_name: person.fullName,
      line1: at === 0 ? person.street : `Flat ${random.between(1, 80)}, ${person.street}`,
      line2: random.chance(0.1) ? `Care of ${person.fullName}` : null,
      city: person.city,
      postcode: person.postcode,
      state: person.state,
      country: person.country,
      created_at: timestamp(createdMs),
      deleted_at: at === 1 && random.chance(0.3) ? timestamp(createdMs + 86_400_000) : null,
    })
    return id
  })
}

/** Every twelfth person, if an account, heads a household with the accounts among the four who follow. */
function writeHousehold({ world, loader, random, person }: Scene): void {
  if (person.index % 12 !== 0) return
  const others = [1, 2, 3, 4]
    .map((step) => person.index + step)
    .filter((index) => index < world.people && acquaintanceOf(world.seed, index) === 'account')
  if (others.length === 0) return
  const householdId = loader.nextId('households')
  const joinedAt = timestamp(momentMs(world.asOfMs, random, 900, 1))
  loader.add('households', {
    id: householdId,
    name: `Family ${householdId}`,
    address_line: person.street,
    postcode: person.postcode,
    created_at: joinedAt,
  })
  for (const index of [person.index, ...others])
    loader.add('household_members', {
      household_id: householdId,
      account_id: accountIdOf(index),
      role: index === person.index ? 'head' : personAt(world, index).years < 18 ? 'child' : 'partner',
      joined_at: joinedAt,
    })
}

function writeInferences({ world, loader, random, person }: Scene, accountId: number): void {
  for (const model of ['value-2024', 'churn-2025'].filter(() => random.chance(0.6)))
    loader.add('customer_scores', {
      account_id: accountId,
      model,
      segment: random.pick(segments),
      churn_probability: random.below(1001) / 1000,
      lifetime_value: random.below(500_000) / 100,
      computed_at: timestamp(momentMs(world.asOfMs, random, 300)),
    })
  if (!random.chance(0.06)) return
  const document = random.pick(['passport', 'driving licence', 'social security number'] as const)
  const digits = String(accountId).padStart(7, '0')
  loader.add('identity_checks', {
    id: loader.nextId('identity_checks'),
    account_id: accountId,
    document_type: document,
    // No social security number begins with 000, and no passport or licence with ZZ: specimens, all of them.
    document_number:
      document === 'social security number' ? `000-${digits.slice(0, 2)}-${digits.slice(2)}` : `ZZ${digits}`,
    selfie_path: random.chance(0.5) ? `selfies/${random.uuid()}.jpg` : null,
    result: random.chance(0.9) ? 'passed' : `refused: name on document is not ${person.fullName}`,
    checked_at: timestamp(momentMs(world.asOfMs, random, 700)),
  })
}

function writeInvitations(scene: Scene, accountId: number, createdMs: number): void {
  const { world, loader, random, person } = scene
  if (!random.chance(0.1)) return
  const invited = drawOtherAccount(world, random, person.index)
  const joined = invited !== undefined && random.chance(0.6)
  const friend = invited === undefined ? undefined : personAt(world, invited)
  const sentMs = laterMs(world.asOfMs, random, createdMs, 200)
  const id = loader.nextId('referrals')
  loader.add('referrals', {
    id,
    referrer_id: accountId,
    invited_email: joined && friend ? friend.email : `friend.${id}.of.${person.index.toString(36)}@example.com`,
    invited_name: joined && friend ? friend.fullName : null,
    invited_account_id: joined && invited !== undefined ? accountIdOf(invited) : null,
    message: random.chance(0.5) ? `${random.pick(world.pools.sentences)} ${person.given}` : null,
    sent_at: timestamp(sentMs),
    joined_at: joined ? timestamp(laterMs(world.asOfMs, random, sentMs, 30)) : null,
  })
}

function writeDevices(scene: Scene, accountId: number, createdMs: number): string[] {
  const { world, loader, random } = scene
  return Array.from({ length: random.between(1, 2) }, () => {
    const deviceId = writeDevice(scene, createdMs, accountId)
    for (const _ of random.indexes(0, 4)) {
      const signedInMs = laterMs(world.asOfMs, random, createdMs, 1500)
      loader.add('sessions', {
        id: random.uuid(),
        account_id: accountId,
        device_id: deviceId,
        token_hash: random.uuid().replaceAll('-', ''),
        ip: ipAddress(random),
        signed_in_at: timestamp(signedInMs),
        signed_out_at: random.chance(0.6) ? timestamp(laterMs(world.asOfMs, random, signedInMs, 1)) : null,
      })
    }
    return deviceId
  })
}

/** A device with its page views; without an account it is an anonymous visitor. */
export function writeDevice(scene: Scene, firstSeenMs: number, accountId: number | null): string {
  const { world, loader, random, person } = scene
  const id = random.uuid()
  loader.add('devices', {
    id,
    account_id: accountId,
    user_agent: random.pick(world.pools.userAgents),
    country: random.chance(0.9) ? person.country : null,
    do_not_track: random.chance(0.1),
    global_privacy_control: random.chance(0.08),
    first_seen_at: timestamp(firstSeenMs),
    linked_at: accountId === null ? null : timestamp(laterMs(world.asOfMs, random, firstSeenMs, 60)),
  })
  for (const _ of random.indexes(0, 14))
    loader.add('page_views', {
      id: loader.nextId('page_views'),
      device_id: id,
      site: random.pick(sites),
      path: random.pick(pages),
      referrer: random.chance(0.3) ? 'https://search.example/' : null,
      ip: ipAddress(random),
      viewed_at: timestamp(laterMs(world.asOfMs, random, firstSeenMs, 900)),
    })
  for (const segment of interests.filter(() => random.chance(0.12)))
    loader.add('ad_segments', {
      device_id: id,
      segment,
      partner: random.pick(['AdNorth', 'Pixelry']),
      expires_on: date(world.asOfMs + random.below(180) * 86_400_000),
    })
  for (const _ of random.indexes(0, 2))
    loader.add('consent_log', {
      id: loader.nextId('consent_log'),
      account_id: accountId !== null && random.chance(0.5) ? accountId : null,
      device_id: id,
      purpose: random.pick(purposes),
      choice: random.pick(['given', 'refused', 'withdrawn']),
      channel: random.pick(['banner', 'settings', 'signal']),
      wording_version: random.pick(['2023-05', '2024-09', '2026-01']),
      ip: ipAddress(random),
      decided_at: timestamp(laterMs(world.asOfMs, random, firstSeenMs, 900)),
    })
  return id
}
