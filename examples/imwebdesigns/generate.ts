/**
 * Fills an empty database with the company's platform and the people in it: the same people for the same seed, byte for
 * byte, on any PostgreSQL. Writes block after block of people, so that memory stays flat; constraints come last, which
 * checks everything at once. One transaction: a run that dies leaves nothing behind.
 */
import { constraintCount, createConstraints, createTables, type Database } from './database.ts'
import { writeAccount, writeDevice } from './generate/accounts.ts'
import type { Scene } from './generate/chapter.ts'
import { type Forum, writeCommunity, writeGuestComment } from './generate/community.ts'
import { writeCompany } from './generate/company.ts'
import { advanceSequences, type Loader, openLoader } from './generate/loader.ts'
import { momentMs, timestamp } from './generate/moment.ts'
import { writeEventVisit, writeMail, writeSocialProfile, writeSubscription } from './generate/outreach.ts'
import { personAt, type World } from './generate/person.ts'
import { makePools } from './generate/pools.ts'
import { randomStream } from './generate/random.ts'
import { writeCandidate } from './generate/recruitment.ts'
import { writePanelMember, writeResponse } from './generate/research.ts'
import { writeShopping } from './generate/shop.ts'
import { writeSupport } from './generate/support.ts'

export interface GenerateOptions {
  /** 20 at least: so many are needed to hold every kind of person. */
  readonly people: number
  readonly seed: number
  /** The day of the run; all times are before it. The default is fixed, so that a seed alone tells the bytes. */
  readonly asOfMs?: number
  /** Adds rows that belong to nobody, as a careless product leaves them, for a data map to find. */
  readonly plantOrphans?: boolean
  readonly onProgress?: (progress: Progress) => void
}

export interface Progress {
  /** From 0 to 1, of the whole run. */
  readonly done: number
  readonly people: number
  readonly rows: number
}

export interface Generated {
  readonly rows: number
  readonly rowsOf: Readonly<Record<string, number>>
}

export const defaultPeople = 10_000
export const defaultSeed = 1
export const defaultAsOfMs = Date.UTC(2026, 10, 1)
const blockPeople = 250
/** What share of the time loading takes, the rest being the constraints: for an honest progress bar, nothing else. */
const loadingShare = 0.8

export async function generate(database: Database, options: GenerateOptions): Promise<Generated> {
  const { people, seed, asOfMs = defaultAsOfMs, onProgress = () => {} } = options
  if (!Number.isSafeInteger(people) || people < 20) throw new RangeError('`people` must be an integer of 20 or more')
  if (!Number.isSafeInteger(seed)) throw new RangeError('`seed` must be an integer')
  await database.query('begin')
  try {
    const loader = await load(database, { seed, people, asOfMs, pools: makePools(seed) }, options)
    const rows = [...loader.counts.values()].reduce((sum, count) => sum + count, 0)
    let step = 0
    const steps = constraintCount()
    await createConstraints(database, () =>
      onProgress({ done: loadingShare + ((1 - loadingShare) * ++step) / steps, people, rows }),
    )
    await advanceSequences(database)
    await database.query('commit')
    await database.query('analyze')
    return { rows, rowsOf: Object.fromEntries(loader.counts) }
  } catch (error) {
    await database.query('rollback')
    throw error
  }
}

async function load(database: Database, world: World, options: GenerateOptions): Promise<Loader> {
  await createTables(database)
  const loader = await openLoader(database)
  writeCompany(world, loader)
  const forum: Forum = { threads: [], posts: [] }
  for (let index = 0; index < world.people; index++) {
    writePerson({ world, loader, person: personAt(world, index), random: randomStream(world.seed + 1, index) }, forum)
    if ((index + 1) % blockPeople !== 0 && index + 1 !== world.people) continue
    await loader.flush()
    const rows = [...loader.counts.values()].reduce((sum, count) => sum + count, 0)
    options.onProgress?.({ done: (loadingShare * (index + 1)) / world.people, people: index + 1, rows })
  }
  if (options.plantOrphans) writeOrphans(world, loader)
  await loader.flush()
  return loader
}

function writePerson(scene: Scene, forum: Forum): void {
  const { world, random, person } = scene
  const recentMs = momentMs(world.asOfMs, random, 900, 2)
  if (random.chance(0.3)) writeDevice(scene, recentMs, null) // somebody who never signed in
  if (person.acquaintance === 'account') writeAccountHolder(scene, forum)
  if (person.acquaintance === 'candidate') writeCandidate(scene, null)
  if (person.acquaintance === 'panelMember') writePanelMember(scene)
  if (person.acquaintance === 'visitor') {
    writeEventVisit(scene, null)
    if (random.chance(0.3)) writeGuestComment(scene, recentMs)
    if (random.chance(0.3)) writeSocialProfile(scene, null)
  }
  if (person.acquaintance === 'subscriber') {
    writeSubscription(scene, null)
    writeMail(scene, null, 4)
  }
}

function writeAccountHolder(scene: Scene, forum: Forum): void {
  const { random, person } = scene
  const account = writeAccount(scene)
  const { orderIds } = writeShopping(scene, account)
  writeSupport(scene, account, orderIds)
  writeCommunity(scene, account, forum)
  if (person.years >= 16 && random.chance(0.02)) writeCandidate(scene, random.chance(0.5) ? account.accountId : null)
  if (random.chance(0.15)) writeResponse(scene, { accountId: account.accountId })
  if (random.chance(0.12)) writeEventVisit(scene, account.accountId)
  if (random.chance(0.12)) writeSocialProfile(scene, account.accountId)
  if (random.chance(0.3)) writeSubscription(scene, account.accountId)
  writeMail(scene, account.accountId, 5)
}

/** An order without a holder, and a note about an account that never was: no foreign key forbids either. */
function writeOrphans({ asOfMs }: World, loader: Loader): void {
  const at = timestamp(asOfMs)
  const id = loader.nextId('orders')
  loader.add('orders', {
    id,
    number: 'IM-ORPHAN',
    placed_via: 'web',
    status: 'paid',
    total: 1,
    currency: 'GBP',
    placed_at: at,
  })
  loader.add('order_items', { order_id: id, line_no: 1, product_id: 1, quantity: 1, unit_price: 1 })
  loader.add('notes', {
    id: loader.nextId('notes'),
    subject_type: 'account',
    subject_id: 2_000_000_000,
    author_id: 1,
    body: 'left behind',
    created_at: at,
  })
}
