/**
 * Adds another identifier by which a subject is found: a second address, a phone number, a cookie.
 * Does not: join subjects; an identifier that is another subject's already is refused, and `linkPerson` is the way.
 */
import { AvowError } from '@avow/core/errors'
import type { Tx } from '../store/database.ts'
import { insertIdentifier } from '../store/identifier.ts'
import { readStanding } from '../store/subject.ts'
import { hashIdentifier, type Identifier } from '../vault/identifier.ts'
import type { Installation } from './installation.ts'
import { type SubjectRef, sealIdentifier, takeStanding } from './standing.ts'

/** @returns whether it was new. @throws AvowError SUBJECT_UNKNOWN; INPUT_INVALID where it is another subject's */
export async function addIdentifier(
  tx: Tx,
  installation: Installation,
  subject: SubjectRef,
  identifier: Identifier,
): Promise<boolean> {
  const { subjectId, keys } = await takeStanding(tx, installation, subject, { lock: 'update' })
  const hash = hashIdentifier(installation.vault, identifier)
  const sealed = sealIdentifier(keys.ordinary, subjectId, identifier)
  if (await insertIdentifier(tx, { hash, subjectId, kind: identifier.kind, sealed })) return true
  const holder = await readStanding(tx, { hash }, 'share')
  if (holder?.subjectId === subjectId) return false
  throw new AvowError(
    'INPUT_INVALID',
    `the identifier of kind \`${identifier.kind}\` is another subject's: link the two if they are one person`,
  )
}
