/** Market research: panel members bought in from agencies, surveys answered by them and by accounts. */
import type { Scene } from './chapter.ts'
import { questionCount, supplierCount, surveyCount } from './company.ts'
import { date, momentMs, timestamp } from './moment.ts'

const ethnicities = [
  'White British',
  'Black British',
  'Asian British',
  'Mixed',
  'Turkish',
  'Latino',
  'prefer not to say',
]
const conditions = ['asthma', 'diabetes', 'migraine', 'hay fever']

export function writePanelMember(scene: Scene): void {
  const { world, loader, random, person } = scene
  const supplierId = random.between(1, supplierCount)
  const externalRef = `P${supplierId}-${person.index.toString(36)}`
  const receivedMs = momentMs(world.asOfMs, random, 600, 2)
  loader.add('panel_members', {
    supplier_id: supplierId,
    external_ref: externalRef,
    email: person.email,
    full_name: person.fullName,
    birth_year: Number(person.bornOn.slice(0, 4)),
    gender: person.gender,
    ethnicity: random.chance(0.7) ? random.pick(ethnicities) : null,
    health_condition: random.chance(0.12) ? random.pick(conditions) : null,
    occupation: random.pick(world.pools.jobTitles),
    country: person.country,
    received_on: date(receivedMs),
    told_on: random.chance(0.95) ? date(Math.min(world.asOfMs, receivedMs + random.between(1, 28) * 86_400_000)) : null,
  })
  for (const _ of random.indexes(1, 3)) writeResponse(scene, { supplierId, panelRef: externalRef })
}

/** @param by an account's id, or the two-part key of a panel member */
export function writeResponse(
  { world, loader, random, person }: Scene,
  by: { readonly accountId: number } | { readonly supplierId: number; readonly panelRef: string },
): void {
  const id = loader.nextId('survey_responses')
  const surveyId = random.between(1, surveyCount)
  const located = random.chance(0.3)
  loader.add('survey_responses', {
    id,
    survey_id: surveyId,
    account_id: 'accountId' in by ? by.accountId : null,
    supplier_id: 'supplierId' in by ? by.supplierId : null,
    panel_ref: 'panelRef' in by ? by.panelRef : null,
    latitude: located ? random.between(36_00000, 60_00000) / 100_000 : null,
    longitude: located ? random.between(-10_00000, 20_00000) / 100_000 : null,
    video_path: random.chance(0.1) ? `surveys/${random.uuid()}.mp4` : null,
    submitted_at: timestamp(momentMs(world.asOfMs, random, 600)),
  })
  for (let number = 1; number <= questionCount; number++)
    if (random.chance(0.9))
      loader.add('survey_answers', {
        response_id: id,
        survey_id: surveyId,
        number,
        answer:
          number === questionCount
            ? `${random.pick(world.pools.sentences)} ${person.given}`
            : random.pick(world.pools.slogans),
      })
}
