/** People who applied, were put forward by a recruiter, or were recommended by an account; what they sent, what was said. */
import { accountIdOf, type Scene } from './chapter.ts'
import { postingCount, recruiterCount, staffCount } from './company.ts'
import { date, laterMs, momentMs, timestamp } from './moment.ts'
import { drawOtherAccount } from './person.ts'
import { writeAttachment, writeNote } from './support.ts'

const adjustments = ['uses a wheelchair', 'is hard of hearing', 'has dyslexia', 'lives with epilepsy']

/** @param accountId of the same person, where a customer applies */
export function writeCandidate(scene: Scene, accountId: number | null): void {
  const { world, loader, random, person } = scene
  const id = loader.nextId('candidates')
  const createdMs = momentMs(world.asOfMs, random, 800, 3)
  const source = random.pick(['portal', 'portal', 'job board', 'recruiter', 'recommendation'] as const)
  const friend = source === 'recommendation' ? drawOtherAccount(world, random, person.index) : undefined
  loader.add('candidates', {
    id,
    email: person.email,
    full_name: person.fullName,
    phone: person.phone,
    account_id: accountId,
    recruiter_id: source === 'recruiter' ? random.between(1, recruiterCount) : null,
    referred_by_account_id: friend === undefined ? null : accountIdOf(friend),
    source,
    disability: random.chance(0.06) ? random.pick(adjustments) : null,
    created_at: timestamp(createdMs),
  })
  writePast(scene, id)
  for (const _ of random.indexes(1, 2)) writeApplication(scene, id, createdMs)
  if (random.chance(0.2)) writeNote(scene, 'candidate', id, createdMs)
}

function writePast({ world, loader, random }: Scene, candidateId: number): void {
  const thisYear = Number(date(world.asOfMs).slice(0, 4))
  for (const at of random.indexes(1, 2))
    loader.add('candidate_education', {
      candidate_id: candidateId,
      position: at + 1,
      institution: random.pick(world.pools.schools),
      degree: random.pick(['A levels', 'BSc', 'BA', 'MSc', 'PhD', 'apprenticeship']),
      year: random.between(thisYear - 30, thisYear),
    })
  for (const at of random.indexes(1, 3)) {
    const from = random.between(thisYear - 25, thisYear - 3)
    loader.add('candidate_employment', {
      candidate_id: candidateId,
      position: at + 1,
      employer: random.pick(world.pools.companies),
      job_title: random.pick(world.pools.jobTitles),
      from_year: from,
      to_year: random.chance(0.8) ? random.between(from, thisYear) : null,
    })
  }
}

function writeApplication(scene: Scene, candidateId: number, createdMs: number): void {
  const { world, loader, random, person } = scene
  const id = loader.nextId('applications')
  const appliedMs = laterMs(world.asOfMs, random, createdMs, 30)
  const closed = random.chance(0.7)
  loader.add('applications', {
    id,
    candidate_id: candidateId,
    job_posting_id: random.between(1, postingCount),
    stage: closed ? random.pick(['rejected', 'withdrawn', 'hired']) : random.pick(['new', 'screening', 'interview']),
    cover_letter: random.chance(0.7) ? `${random.pick(world.pools.paragraphs)} Yours, ${person.fullName}` : null,
    expected_salary: random.chance(0.5) ? random.between(22, 95) * 1000 : null,
    applied_at: timestamp(appliedMs),
    closed_at: closed ? timestamp(laterMs(world.asOfMs, random, appliedMs, 90)) : null,
  })
  for (const [at, kind] of ['cv', 'letter', 'certificate'].slice(0, random.between(1, 3)).entries())
    loader.add('application_documents', {
      application_id: id,
      position: at + 1,
      kind,
      file_name: `${kind}-${person.index.toString(36)}.pdf`,
      storage_path: `applications/${random.uuid()}`,
    })
  if (random.chance(0.1)) writeAttachment(scene, 'application', id, 'portfolio.pdf', appliedMs)
  if (random.chance(0.4))
    loader.add('interviews', {
      id: loader.nextId('interviews'),
      application_id: id,
      interviewer_id: random.between(1, staffCount),
      video_path: random.chance(0.5) ? `interviews/${random.uuid()}.mp4` : null,
      assessment: `${person.given}: ${random.pick(world.pools.sentences)}`,
      score: random.between(1, 5),
      held_at: timestamp(laterMs(world.asOfMs, random, appliedMs, 40)),
    })
}
