/**
 * Answers a question: would this be permitted? For a person that is named, by what is stored of them; for nobody in
 * particular, by the facts the caller states. Nothing is done and nothing is written; an act decides again (act.ts).
 * A denial for a person names no rule: which one it was could tell what they chose.
 */
import type { DecideAnswer, DecideBody } from '@avow/core/api/decisions'
import type { ExplainAnswer } from '@avow/core/api/explanations'
import { decide } from '@avow/core/decision/decide'
import { explain } from '@avow/core/decision/explain'
import { parseRequest } from '@avow/core/decision/parseRequest'
import type { DecisionRequest } from '@avow/core/decision/request'
import type { DecisionTable } from '@avow/core/decision/table'
import { AvowError } from '@avow/core/errors'
import type { Tx } from '../store/database.ts'
import { policyHead } from '../store/policy.ts'
import type { Installation } from './installation.ts'
import { personFacts } from './personFacts.ts'
import { takeStanding } from './standing.ts'

interface Question {
  readonly table: DecisionTable
  readonly policyVersion: string
  readonly request: DecisionRequest
}

/** @throws AvowError DECISION_UNKNOWN_NAME, DECISION_MALFORMED, INPUT_INVALID, NOT_FOUND */
export async function decideFor(tx: Tx, installation: Installation, body: DecideBody): Promise<DecideAnswer> {
  const { table, policyVersion, request } = await questionOf(tx, installation, body)
  const decision = decide(table, request)
  if (decision.kind === 'deny') {
    return { kind: 'deny', rule: body.subject === undefined ? decision.rule : null, policyVersion }
  }
  return { kind: 'permit', rule: decision.rule, obligations: [...decision.obligations], policyVersion }
}

/** The same with its reasons, for those who may know what the person chose. */
export async function explainFor(tx: Tx, installation: Installation, body: DecideBody): Promise<ExplainAnswer> {
  const { table, request } = await questionOf(tx, installation, body)
  return explain(table, request)
}

async function questionOf(tx: Tx, installation: Installation, body: DecideBody): Promise<Question> {
  const { subject, ...asked } = body
  const head = await policyHead(tx)
  if (head === undefined) throw new AvowError('NOT_FOUND', 'no policy holds yet: publish one first')
  const table = await installation.policies.get(tx, head)
  const request = parseRequest(table, withoutAbsent(asked))
  if (subject === undefined) return { table, policyVersion: head, request }
  // Somebody nobody knows is answered as a new person would be, so that the answer does not tell who is known.
  const { person } = await takeStanding(tx, installation, subject, { create: 'person' })
  return {
    table,
    policyVersion: head,
    request: { ...request, facts: personFacts(person, request.purpose, request.facts) },
  }
}

/** Optional properties that were left out are not there at all. */
function withoutAbsent(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined))
}
