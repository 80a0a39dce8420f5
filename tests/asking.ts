/**
 * Asks the compiled policy, in the tests of its chapters. A question names what it is about; every fact it leaves out
 * has its ordinary value: an adult in the UK who chose nothing, a partner in good order, nothing sensitive.
 * So a test says in one line what makes the difference. Not for service: there an unknown fact is unknown.
 */
import assert from 'node:assert/strict'
import { decide } from '@avow/core/decision/decide'
import { factsOf } from '@avow/core/decision/reference'
import type { Decision, DecisionRequest } from '@avow/core/decision/request'
import { compilePolicy } from '@avow/core/decision/table'
import type { Action } from '@avow/core/policy/document'
import { policy } from '@avow/policy-imwebdesigns'
import { fields } from '@avow/policy-imwebdesigns/fields'
import type { ContextName, FieldName, PurposeName, RecipientName } from '@avow/policy-imwebdesigns/vocabulary'

export interface Question {
  readonly action: Action
  readonly context: ContextName
  readonly field: FieldName
  readonly purpose: PurposeName
  readonly recipient?: RecipientName
  /** What is not ordinary; `undefined` for what is not known. */
  readonly facts?: Readonly<Record<string, string | undefined>>
}

const ordinary: Readonly<Record<string, string>> = {
  region: 'uk',
  age: 'adult',
  consent: 'none',
  parentConsent: 'none',
  objection: 'none',
  optOut: 'no',
  limitSensitive: 'no',
  restricted: 'no',
  doNotTrack: 'off',
  source: 'person',
  supplier: 'named',
  originalLabels: 'kept',
  inferred: 'no',
  sensitiveContent: 'no',
  public: 'no',
  locked: 'no',
  identifiability: 'identified',
  contract: 'complete',
  consideration: 'no',
  country: 'listed',
  mechanism: 'valid',
  attestation: 'current',
  verified: 'no',
  approved: 'no',
  instrument: 'none',
  requirement: 'none',
  requested: 'yes',
  warned: 'no',
}

const table = compilePolicy(policy)
const declared = factsOf(policy)

export function requestOf({ action, context, field, purpose, recipient, facts = {} }: Question): DecisionRequest {
  const all: Readonly<Record<string, string | undefined>> = { ...ordinary, ...facts }
  const stated = Object.entries(all).filter((fact): fact is [string, string] => fact[1] !== undefined)
  const about = (isOfValue: boolean) =>
    Object.fromEntries(stated.filter(([fact]) => (declared[fact]?.about === 'value') === isOfValue))
  return {
    action,
    purpose,
    ...(recipient === undefined ? {} : { recipient }),
    labels: [{ context, category: fields[field].category, field, facts: about(true) }],
    facts: about(false),
  }
}

export const ask = (question: Question): Decision => decide(table, requestOf(question))
/** Several labels: a value made of several. */
export const askJoined = (...questions: readonly [Question, ...Question[]]): Decision =>
  decide(table, {
    ...requestOf(questions[0]),
    labels: questions.flatMap((question) => requestOf(question).labels),
  })

/** Permitted, by this rule. */
export function permitted(question: Question, rule: string): void {
  const decision = ask(question)
  assert.deepEqual({ kind: decision.kind, rule: decision.rule }, { kind: 'permit', rule })
}

/** Denied, by this rule; `null` where nothing permits it. */
export function denied(question: Question, rule: string | null): void {
  assert.deepEqual(ask(question), { kind: 'deny', rule })
}
