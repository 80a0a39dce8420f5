/**
 * A subject as an act finds it: found by id or identifier, its row locked, its facts joined with those of the subjects
 * it is linked to, its keys unwrapped. A subject that nobody knows yet can be made, by the acts that may.
 */
import { AvowError } from '@avow/core/errors'
import type { Tx } from '../store/database.ts'
import { Overtaken } from '../store/failure.ts'
import { insertIdentifier } from '../store/identifier.ts'
import type { SubjectKind } from '../store/schema.ts'
import { insertSubject, type Lock, readLinkedFacts, readStanding } from '../store/subject.ts'
import { insertKeys } from '../store/subjectKey.ts'
import { suppressedFacts } from '../store/suppression.ts'
import { hashForSuppression, hashIdentifier, type Identifier, normalise } from '../vault/identifier.ts'
import { sealJson } from '../vault/seal.ts'
import { createSubjectKey, type Sensitivity, unwrapKey, wrapKey } from '../vault/vault.ts'
import { createId, type Installation } from './installation.ts'
import type { Person } from './personFacts.ts'

export type SubjectRef = Identifier | { readonly subjectId: string }

export interface Standing {
  readonly subjectId: string
  readonly person: Person
  readonly linked: readonly string[]
  readonly keys: Readonly<Record<Sensitivity, Uint8Array>>
  /** The policy version that holds. */
  readonly head: string
  /** Writes a subject that was not known before; does nothing for one that was. */
  readonly make: () => Promise<void>
}

export interface StandingOptions {
  readonly lock?: Lock
  /** What to make where nobody answers to the identifier; absent: nothing. */
  readonly create?: SubjectKind
}

/** @throws AvowError SUBJECT_UNKNOWN; NOT_FOUND where no policy holds; KEY_DESTROYED; INPUT_INVALID */
export async function takeStanding(
  tx: Tx,
  installation: Installation,
  subject: SubjectRef,
  { lock = 'share', create }: StandingOptions = {},
): Promise<Standing> {
  const { vault } = installation
  const row = await readStanding(tx, keyOf(installation, subject), lock)
  if (row === undefined) {
    if (create === undefined || 'subjectId' in subject) {
      throw new AvowError('SUBJECT_UNKNOWN', 'no subject answers to that identifier: check its kind and value')
    }
    return newStanding(tx, installation, subject, create)
  }
  const { subjectId, kind, facts, linked, wrapped, head } = row
  const others = linked.length === 0 ? [] : await readLinkedFacts(tx, linked, lock)
  const unwrap = (sensitivity: Sensitivity) => {
    const bytes = wrapped[sensitivity]
    if (bytes === null) throw new AvowError('KEY_DESTROYED', 'the key of the subject is destroyed: nothing of it opens')
    return unwrapKey(vault, subjectId, sensitivity, bytes)
  }
  return {
    subjectId,
    person: { kind, facts, linked: others.map((each) => each.facts) },
    linked,
    keys: { ordinary: unwrap('ordinary'), sensitive: unwrap('sensitive') },
    head: headOf(head),
    make: async () => {},
  }
}

/** Nothing is written before `make`: an act that is denied leaves no trace of whom it was about. */
async function newStanding(
  tx: Tx,
  { vault, now }: Installation,
  identifier: Identifier,
  kind: SubjectKind,
): Promise<Standing> {
  const createdAt = now()
  const subjectId = createId(createdAt)
  const { facts, head } = await suppressedFacts(tx, hashForSuppression(vault, identifier))
  const keys = { ordinary: createSubjectKey(), sensitive: createSubjectKey() }
  return {
    subjectId,
    person: { kind, facts, linked: [] },
    linked: [],
    keys,
    head: headOf(head),
    async make() {
      const isNew = await insertIdentifier(tx, {
        hash: hashIdentifier(vault, identifier),
        subjectId,
        kind: identifier.kind,
        sealed: sealIdentifier(keys.ordinary, subjectId, identifier),
      })
      if (!isNew) throw new Overtaken()
      await insertSubject(tx, { subjectId, kind, facts, createdAt })
      await insertKeys(tx, subjectId, {
        ordinary: wrapKey(vault, subjectId, 'ordinary', keys.ordinary),
        sensitive: wrapKey(vault, subjectId, 'sensitive', keys.sensitive),
      })
    },
  }
}

export function sealIdentifier(key: Uint8Array, subjectId: string, identifier: Identifier): Uint8Array {
  return sealJson(key, { subjectId, record: 'identifier', field: identifier.kind }, normalise(identifier))
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function keyOf({ vault }: Installation, subject: SubjectRef) {
  if (!('subjectId' in subject)) return { hash: hashIdentifier(vault, subject) }
  if (!uuid.test(subject.subjectId)) throw new AvowError('INPUT_INVALID', 'a subject id is a UUID in lower case')
  return subject
}

function headOf(head: string | null): string {
  if (head === null) throw new AvowError('NOT_FOUND', 'no policy holds yet: publish one first')
  return head
}
