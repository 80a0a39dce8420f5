/**
 * Keeps a person's choice: consent, objection, restriction, opting out, limits, age, region, agreement to a new version.
 * A choice is a right, so no rule is asked whether it may be made; from its commit on every decision reads it.
 * It waits for the acts that run on the subject, and those that begin afterwards find it (act.ts).
 * Somebody nobody knows yet may choose: opting out needs no account (11 CCR 7026(b)).
 * Does not: verify who chooses, or pass the choice on.
 */
import type { Choice as NamedChoice } from '@avow/core/api/choices'
import { AvowError } from '@avow/core/errors'
import { standardFacts } from '@avow/core/policy/facts'
import { insertChoice } from '../store/choice.ts'
import type { Tx } from '../store/database.ts'
import type { StoredFacts } from '../store/schema.ts'
import { updateFacts } from '../store/subject.ts'
import { sealJson } from '../vault/seal.ts'
import { createId, type Installation } from './installation.ts'
import { recordEntry } from './recordEntry.ts'
import { type SubjectRef, takeStanding } from './standing.ts'

/** To the wider uses of the version that holds: what was collected earlier may then serve them too. */
export type Agreement = { readonly kind: 'agreement'; readonly state: 'given' | 'withdrawn' }
export type Choice = NamedChoice | Agreement

export interface Choosing {
  readonly subject: SubjectRef
  readonly choice: Choice
  /** By which surface: `centre`, `form`, `signal`, `staff`. A short name, kept in plain. */
  readonly how: string
  /** Which wording the person saw; a short name, kept in plain. */
  readonly textVersion?: string
  /** Their own words; sealed. */
  readonly note?: string
}

export interface Chosen {
  readonly kind: 'recorded'
  readonly subjectId: string
  readonly choiceId: string
  readonly policyVersion: string
  readonly entryId: string
}

/** @throws AvowError DECISION_UNKNOWN_NAME for a purpose the policy does not declare; INPUT_INVALID; SUBJECT_UNKNOWN */
export async function choose(tx: Tx, installation: Installation, choosing: Choosing): Promise<Chosen> {
  const { choice, how, textVersion, note } = choosing
  for (const word of [how, ...(textVersion === undefined ? [] : [textVersion])]) requireWord(word)
  const standing = await takeStanding(tx, installation, choosing.subject, { lock: 'update', create: 'person' })
  const { policy } = await installation.policies.get(tx, standing.head)
  const purpose = 'purpose' in choice ? choice.purpose : undefined
  if (purpose !== undefined && !Object.hasOwn(policy.purposes, purpose)) {
    throw new AvowError('DECISION_UNKNOWN_NAME', 'the purpose is not one of the policy: use one that it declares')
  }
  const facts = applyChoice(standing.person.facts, choice, standing.head)
  await standing.make()
  const { subjectId, keys, head } = standing
  const chosenAt = installation.now()
  const choiceId = createId(chosenAt)
  const place = { subjectId, record: choiceId, field: 'note' }
  await updateFacts(tx, subjectId, facts)
  await insertChoice(tx, {
    subjectId,
    choiceId,
    kind: choice.kind,
    purpose: purpose ?? null,
    value: choice.state,
    policyVersion: head,
    how,
    textVersion: textVersion ?? null,
    sealedNote: note === undefined ? null : sealJson(keys.ordinary, place, note),
    chosenAt,
  })
  const detail = { choiceId, kind: choice.kind, value: choice.state, how }
  const entryId = await recordEntry(tx, installation, { standing, kind: 'choose', purpose, detail })
  return { kind: 'recorded', subjectId, choiceId, policyVersion: head, entryId }
}

/** The facts after a choice. @throws AvowError INPUT_INVALID for a state that the choice cannot have */
function applyChoice(facts: StoredFacts, choice: Choice, head: string): StoredFacts {
  const { kind, state } = choice
  switch (choice.kind) {
    case 'consent':
    case 'parentConsent':
    case 'objection':
      requireState(standardFacts[choice.kind].values, kind, state)
      return { ...facts, [kind]: { ...facts[choice.kind], [choice.purpose]: state } }
    case 'optOut':
    case 'limitSensitive':
    case 'age':
    case 'region':
      requireState(standardFacts[choice.kind].values, kind, state)
      return { ...facts, [kind]: state }
    case 'restriction':
      requireState(standardFacts.restricted.values, kind, state)
      return { ...facts, restricted: state }
    case 'agreement': {
      requireState(['given', 'withdrawn'], kind, state)
      const others = (facts.agreed ?? []).filter((each) => each !== head)
      return { ...facts, agreed: state === 'given' ? [...others, head] : others }
    }
  }
}

/** Closed values alone: what is kept in plain never holds a person's words. */
function requireState(values: readonly string[], kind: string, state: string): void {
  if (values.includes(state)) return
  throw new AvowError(
    'INPUT_INVALID',
    `a choice of kind \`${kind}\` has no such state: use one of ${values.join(', ')}`,
  )
}

function requireWord(word: string): void {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(word)) return
  throw new AvowError('INPUT_INVALID', '`how` and `textVersion` are short names of letters, digits, dots and dashes')
}
