/**
 * The one function that acts. Inside one transaction: lock the subject and read its facts and the policy head, decide,
 * do, append the ledger entry. Nothing else touches personal data; no fact is kept from one act to the next.
 * A denial is a value: then nothing was done, and nothing was written, not even a new subject.
 * INVARIANT: the subject's row stays locked for share until the commit, so that a choice of the person either comes
 * before the decision, or waits until what was decided is done.
 * A value stays bound to the version it was collected under: a later version narrows its use freely, and widens it only
 * with the person's agreement, legal obligations excepted (DESIGN, idea 4).
 */
import { decide } from '@avow/core/decision/decide'
import type { Decision, DecisionRequest, Facts, Label } from '@avow/core/decision/request'
import type { DecisionTable } from '@avow/core/decision/table'
import { AvowError } from '@avow/core/errors'
import type { EntryKind } from '@avow/core/ledger/entry'
import type { Action, Obligation, PolicyDocument } from '@avow/core/policy/document'
import type { Tx } from '../store/database.ts'
import type { SubjectKind } from '../store/schema.ts'
import type { Installation } from './installation.ts'
import { personFacts } from './personFacts.ts'
import { recordEntry } from './recordEntry.ts'
import { type Standing, type SubjectRef, takeStanding } from './standing.ts'

/** A label, and the version its value was collected under; absent for what is collected now. */
export interface BoundLabel extends Label {
  readonly policyVersion?: string
}

export interface ActRequest<T> {
  readonly subject: SubjectRef
  /** What to make where nobody answers to the identifier; absent: the act is refused then. */
  readonly create?: SubjectKind
  /** What the ledger calls it. */
  readonly kind: EntryKind
  readonly action: Action
  readonly purpose: string
  readonly recipient?: string
  /** What it is about, under the policy that holds; or why that policy cannot even be asked. */
  readonly labels: (table: DecisionTable) => readonly BoundLabel[] | Refused
  /** `all`: one denied label denies the act. `some`: it is done for those labels that are permitted, if there is one. */
  readonly need: 'all' | 'some'
  /** Of the recipient and the act. About the person they only tighten what is stored. */
  readonly facts: Facts
  /** Runs once it is permitted. What it returns as `detail` is sealed into the entry. */
  readonly do: (granted: Granted) => Promise<{ readonly value: T; readonly detail: unknown }>
}

export interface Granted {
  readonly standing: Standing
  readonly policy: PolicyDocument
  readonly policyVersion: string
  readonly labels: readonly BoundLabel[]
  /** For each label whether it is permitted. With `all`, each is. */
  readonly permitted: readonly boolean[]
}

/** A denial. Nothing was done or written. */
export interface Refused {
  readonly kind: 'refused'
  /** Null where no rule permits it. */
  readonly rule: string | null
  /** The first field that was denied, where one was asked for. */
  readonly field?: string
  readonly reason: string
}

export type Act<T> =
  | {
      readonly kind: 'permit'
      readonly rule: string
      readonly obligations: readonly Obligation[]
      readonly policyVersion: string
      readonly value: T
      /** The ledger entry; its index follows within a second. */
      readonly entryId: string
    }
  | Refused

/**
 * @throws AvowError SUBJECT_UNKNOWN, DECISION_UNKNOWN_NAME, DECISION_MALFORMED, INPUT_INVALID
 */
export async function act<T>(tx: Tx, installation: Installation, request: ActRequest<T>): Promise<Act<T>> {
  const { create, action, purpose, recipient, need } = request
  const standing = await takeStanding(tx, installation, request.subject, create === undefined ? {} : { create })
  const table = await installation.policies.get(tx, standing.head)
  const labels = request.labels(table)
  if (!isLabels(labels)) return labels
  const facts = personFacts(standing.person, purpose, request.facts)
  const asked = { action, purpose, ...(recipient === undefined ? {} : { recipient }), facts }

  const decisions = await decideEach(tx, installation, standing, table, asked, labels)
  const permitted = decisions.map(({ kind }) => kind === 'permit')
  const granted = labels.filter((_, i) => permitted[i])
  if (granted.length === 0 || (need === 'all' && granted.length < labels.length)) {
    return refuse(decisions, labels)
  }
  // All of these are permitted, so their join is: it names the first declared rule, and what is owed for all together.
  const joint = decide(table, { ...asked, labels: granted })
  if (joint.kind === 'deny') throw new Error('internal: labels permitted one by one are denied together')

  await standing.make()
  const policyVersion = standing.head
  const done = await request.do({ standing, policy: table.policy, policyVersion, labels, permitted })
  const { rule, obligations } = joint
  const entryId = await recordEntry(tx, installation, {
    ...{ standing, kind: request.kind, rule, action, purpose, recipient },
    ...{ labels: granted, detail: done.detail },
  })
  return { kind: 'permit', rule, obligations, policyVersion, value: done.value, entryId }
}

function isLabels(labels: readonly BoundLabel[] | Refused): labels is readonly BoundLabel[] {
  return !('kind' in labels)
}

function refuse(decisions: readonly Decision[], labels: readonly BoundLabel[]): Refused {
  const denied = decisions.findIndex(({ kind }) => kind === 'deny')
  const rule = decisions[denied]?.rule ?? null
  const field = labels[denied]?.field
  const reason = rule === null ? 'the policy has no rule that permits it' : `the rule \`${rule}\` forbids it`
  return { kind: 'refused', rule, ...(field === undefined ? {} : { field }), reason }
}

/** Decides label by label; what has the same label is decided once. */
async function decideEach(
  tx: Tx,
  installation: Installation,
  standing: Standing,
  table: DecisionTable,
  asked: Omit<DecisionRequest, 'labels'>,
  labels: readonly BoundLabel[],
): Promise<readonly Decision[]> {
  if (!table.index.purposes.has(asked.purpose)) {
    throw new AvowError('DECISION_UNKNOWN_NAME', 'the purpose is not one of the policy: use one that it declares')
  }
  const known = new Map<string, Decision>()
  const decisions: Decision[] = []
  for (const label of labels) {
    const key = JSON.stringify(label)
    const decision = known.get(key) ?? (await decideBound(tx, installation, standing, table, asked, label))
    known.set(key, decision)
    decisions.push(decision)
  }
  return decisions
}

/** By the version that holds, and by the one the value was collected under, unless the person agreed to the new one. */
async function decideBound(
  tx: Tx,
  { policies }: Installation,
  { head, person }: Standing,
  table: DecisionTable,
  asked: Omit<DecisionRequest, 'labels'>,
  { policyVersion, ...label }: BoundLabel,
): Promise<Decision> {
  const request = { ...asked, labels: [label] }
  if (policyVersion === undefined) return decide(table, request)
  const decision = decideKnown(table, request)
  if (decision.kind === 'deny' || policyVersion === head) return decision
  if (person.facts.agreed?.includes(head)) return decision
  if (table.policy.purposes[asked.purpose]?.basis === 'legalObligation') return decision
  const then = decideKnown(await policies.get(tx, policyVersion), request)
  return then.kind === 'permit' ? decision : { kind: 'deny', rule: null }
}

/** A version permits nothing that it has no name for: a value may be older or newer than it. */
function decideKnown(table: DecisionTable, request: DecisionRequest): Decision {
  try {
    return decide(table, request)
  } catch (error) {
    if (error instanceof AvowError && error.code.startsWith('DECISION_')) return { kind: 'deny', rule: null }
    throw error
  }
}
