/**
 * Rules and promises belong together: no rule without a promise, no promise without a rule unless it says why, no
 * evidence that names nothing. Does not: run the evidence (../decision/prove.ts).
 */
import { passesOn } from '../law/saleAndShare.ts'
import { checkRuleNames } from './checkNames.ts'
import type { Evidence, PolicyDocument } from './document.ts'
import { type Finding, unknownName, unsound } from './finding.ts'

export function checkPromises(policy: PolicyDocument): readonly Finding[] {
  return [...checkRules(policy), ...checkPromiseRules(policy), ...checkEvidence(policy)]
}

function checkRules(policy: PolicyDocument): readonly Finding[] {
  return policy.rules.flatMap((rule, i) => {
    const findings: Finding[] = []
    const path = ['rules', i]
    if (rule.promises.length === 0) {
      findings.push(unsound([...path, 'promises'], `rule \`${rule.id}\` implements no promise: name the one it keeps`))
    }
    if (rule.kind === 'permit' && rule.recipients === undefined && rule.actions.some(passesOn)) {
      const cure = 'name the recipients, or take the action away'
      findings.push(
        unsound([...path, 'recipients'], `permit \`${rule.id}\` passes data on to nobody it names: ${cure}`),
      )
    }
    if (rule.kind === 'retain' && rule.atLeastDays !== undefined && rule.atLeastDays > rule.days) {
      const cure = 'raise `days`, or lower `atLeastDays`'
      findings.push(unsound([...path, 'days'], `rule \`${rule.id}\` keeps for less than the least it must: ${cure}`))
    }
    return findings
  })
}

function checkPromiseRules({ promises, rules }: PolicyDocument): readonly Finding[] {
  const implemented = new Map(rules.flatMap((rule) => rule.promises.map((promise) => [promise, rule.id] as const)))
  return Object.entries(promises).flatMap(([promise, { withoutRule }]): readonly Finding[] => {
    const rule = implemented.get(promise)
    if (rule === undefined && withoutRule === undefined) {
      const cure = 'write one, or say in `withoutRule` what keeps it instead'
      return [unsound(['promises', promise], `no rule implements the promise \`${promise}\`: ${cure}`)]
    }
    if (rule === undefined || withoutRule === undefined) return []
    return [
      unsound(
        ['promises', promise, 'withoutRule'],
        `promise \`${promise}\` says that no rule implements it, and rule \`${rule}\` does: take one away`,
      ),
    ]
  })
}

function checkEvidence(policy: PolicyDocument): readonly Finding[] {
  return Object.entries(policy.promises).flatMap(([promise, { evidence = [] }]) =>
    evidence.flatMap((each, i) => checkOneEvidence(policy, promise, each, ['promises', promise, 'evidence', i])),
  )
}

function checkOneEvidence(
  policy: PolicyDocument,
  promise: string,
  evidence: Evidence,
  path: readonly (string | number)[],
): readonly Finding[] {
  if (evidence.kind === 'query') return []
  const where = `the evidence of promise \`${promise}\``
  const properties = Object.keys(policy.properties)
  const ids = policy.rules.map(({ id }) => id)
  const { add = [], remove = [] } = evidence.breach
  const findings: Finding[] = []
  if (!properties.includes(evidence.property)) {
    findings.push(unknownName([...path, 'property'], 'property', evidence.property, where, properties))
  }
  if (add.length + remove.length === 0) {
    findings.push(unsound([...path, 'breach'], `the breach in ${where} changes nothing: add or remove a rule`))
  }
  remove.forEach((id, i) => {
    if (!ids.includes(id)) findings.push(unknownName([...path, 'breach', 'remove', i], 'rule', id, where, ids))
  })
  add.forEach((rule, i) => {
    const at = [...path, 'breach', 'add', i]
    findings.push(...checkRuleNames(policy, rule, at))
    if (ids.includes(rule.id) && !remove.includes(rule.id)) {
      findings.push(unsound([...at, 'id'], `the breach in ${where} adds a second rule \`${rule.id}\`: rename it`))
    }
  })
  return findings
}
