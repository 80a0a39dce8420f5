/**
 * Joins subjects: two that are the same person, or a person and the household they live in. Nothing moves and nothing is
 * sealed anew: each row names the others, and every decision reads the facts of all (personFacts.ts).
 * The lock is that of a choice: it waits for acts that run, and those that begin afterwards find the link.
 */
import { AvowError } from '@avow/core/errors'
import type { Tx } from '../store/database.ts'
import { Overtaken } from '../store/failure.ts'
import { lockLinks, updateLinks } from '../store/subject.ts'
import type { Installation } from './installation.ts'
import { type SubjectRef, takeStanding } from './standing.ts'

/** @throws AvowError SUBJECT_UNKNOWN; INPUT_INVALID where one of them is a household */
export async function linkPerson(tx: Tx, installation: Installation, a: SubjectRef, b: SubjectRef): Promise<void> {
  const first = await takeStanding(tx, installation, a)
  const second = await takeStanding(tx, installation, b)
  const all = new Set([first.subjectId, ...first.linked, second.subjectId, ...second.linked])
  const rows = await lockLinks(tx, [...all])
  if (rows.some(({ kind }) => kind !== 'person')) {
    throw new AvowError('INPUT_INVALID', 'only persons are linked as one: a household is joined with `joinHousehold`')
  }
  // Somebody linked one of them meanwhile: the whole is looked at anew.
  if (rows.length < all.size || rows.some(({ linked }) => linked.some((each) => !all.has(each)))) throw new Overtaken()
  for (const { subjectId } of rows) {
    await updateLinks(
      tx,
      subjectId,
      [...all].filter((each) => each !== subjectId),
    )
  }
}

/** @throws AvowError SUBJECT_UNKNOWN; INPUT_INVALID unless they are a household and a person */
export async function joinHousehold(
  tx: Tx,
  installation: Installation,
  household: SubjectRef,
  member: SubjectRef,
): Promise<void> {
  const home = await takeStanding(tx, installation, household, { lock: 'update' })
  const person = await takeStanding(tx, installation, member)
  if (home.person.kind !== 'household' || person.person.kind !== 'person') {
    throw new AvowError('INPUT_INVALID', 'a person joins a household: name the household first, then the person')
  }
  await updateLinks(tx, home.subjectId, [...new Set([...home.linked, person.subjectId])])
}
