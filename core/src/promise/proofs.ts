/**
 * The proofs that promises name as their evidence: run over the policy, and shown to be able to fail by planting each
 * one's breach. Pure; the time of the run is given.
 * Does not: run queries over what is really there; those are the server's.
 */
import { formatCounterexample } from '../decision/formatCounterexample.ts'
import { type ProofResult, prove } from '../decision/prove.ts'
import { AvowError } from '../errors.ts'
import type { PolicyBreach, PolicyDocument, Property } from '../policy/document.ts'
import type { EvidenceResult } from './board.ts'

interface NamedProof {
  readonly promise: string
  readonly name: string
  readonly property: Property
  readonly breach: PolicyBreach
}

/** Runs each proof that a promise names, once. A property that speaks of nothing has examined nothing. */
export function proveEvidence(document: PolicyDocument, atMs: number): readonly EvidenceResult[] {
  const byName = new Map(proofsOf(document).map((proof) => [proof.name, proof.property]))
  return [...byName].map(([name, property]) => evidenceOf(name, property, prove(document, property), atMs))
}

function evidenceOf(name: string, property: Property, result: ProofResult, atMs: number): EvidenceResult {
  const scope = { title: `the whole policy: ${property.title}`, stores: [], demonstration: false }
  const common = { kind: 'proof', name, scope, atMs } as const
  if (result.holds) return { ...common, holds: true, examined: result.cells, findings: [] }
  if (result.vacuous) return { ...common, holds: true, examined: 0, findings: [result.because] }
  return { ...common, holds: false, examined: 1, findings: [formatCounterexample(result.counterexample)] }
}

export interface BreachResult {
  readonly promise: string
  readonly property: string
  /** The property holds, and with the breach planted it is shown broken by a counter-example. */
  readonly turnedRed: boolean
  /** What was found: the counter-example, or why the breach shows nothing. */
  readonly finding: string
}

/** Plants the breach of every proof and proves again: evidence that cannot fail is none. */
export function proveBreaches(document: PolicyDocument): readonly BreachResult[] {
  const before = new Map<string, ProofResult>()
  return proofsOf(document).map(({ promise, name, property, breach }) => {
    const sound = before.get(name) ?? prove(document, property)
    before.set(name, sound)
    const result = { promise, property: name }
    if (!sound.holds) return { ...result, turnedRed: false, finding: 'the property does not hold to begin with' }
    const planted = prove(plantBreach(document, breach), property)
    if (planted.holds) return { ...result, turnedRed: false, finding: 'the property holds in spite of the breach' }
    if (planted.vacuous) return { ...result, turnedRed: false, finding: `with the breach, ${planted.because}` }
    return { ...result, turnedRed: true, finding: formatCounterexample(planted.counterexample) }
  })
}

/** The policy with the breach in it. @throws AvowError POLICY_UNKNOWN_NAME where it removes a rule that is not there */
export function plantBreach(document: PolicyDocument, { add = [], remove = [] }: PolicyBreach): PolicyDocument {
  for (const id of remove) {
    if (document.rules.some((rule) => rule.id === id)) continue
    throw new AvowError(
      'POLICY_UNKNOWN_NAME',
      `a breach removes rule \`${id}\`, which the policy does not have: name one of its rules`,
    )
  }
  return { ...document, rules: [...document.rules.filter((rule) => !remove.includes(rule.id)), ...add] }
}

function proofsOf(document: PolicyDocument): readonly NamedProof[] {
  return Object.entries(document.promises).flatMap(([promise, { evidence = [] }]) =>
    evidence.flatMap((each) => {
      if (each.kind !== 'proof') return []
      const property = Object.hasOwn(document.properties, each.property)
        ? document.properties[each.property]
        : undefined
      if (property === undefined) {
        throw new AvowError(
          'POLICY_UNKNOWN_NAME',
          `promise \`${promise}\` names property \`${each.property}\`, which the policy does not declare: declare it`,
          { path: ['promises', promise, 'evidence'] },
        )
      }
      return [{ promise, name: each.property, property, breach: each.breach }]
    }),
  )
}
