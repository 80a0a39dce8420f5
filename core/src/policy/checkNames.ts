/**
 * Every name in a policy: well made, declared once, and used only where it is declared. Facts are tested only against
 * values they can have. Does not: ask whether what is so named can stand together (checkPromises, checkConflicts).
 */
import type { ErrorPath } from '../errors.ts'
import { type Condition, controller, type PolicyDocument, type Rule, type Scope, type Test } from './document.ts'
import { derivedFacts, type FactDeclaration, standardFacts } from './facts.ts'
import { type Finding, unknownName, unsound } from './finding.ts'
import { faultOfName } from './name.ts'

const vocabularies = ['contexts', 'categories', 'fields', 'sources', 'purposes', 'recipients', 'promises'] as const

export function checkNames(policy: PolicyDocument): readonly Finding[] {
  return [
    ...checkDeclarations(policy),
    ...checkFactDeclarations(policy),
    ...policy.rules.flatMap((rule, i) => checkRuleNames(policy, rule, ['rules', i])),
    ...checkRuleIds(policy),
    ...checkProperties(policy),
  ]
}

function checkDeclarations(policy: PolicyDocument): readonly Finding[] {
  const findings: Finding[] = []
  for (const kind of [...vocabularies, 'facts', 'properties', 'rights'] as const) {
    const names = Object.keys(policy[kind] ?? {})
    for (const name of names) {
      const fault = faultOfName(name)
      if (fault !== undefined)
        findings.push(unsound([kind, name], `\`${name}\` cannot be declared in ${kind}: ${fault}`))
    }
    const mayBeEmpty = kind === 'recipients' || kind === 'facts' || kind === 'properties' || kind === 'rights'
    if (names.length === 0 && !mayBeEmpty)
      findings.push(unsound([kind], `the policy declares no ${kind}: declare at least one`))
  }
  const contexts = Object.keys(policy.contexts)
  for (const [context, { parent }] of Object.entries(policy.contexts)) {
    if (parent === undefined) continue
    const path = ['contexts', context, 'parent']
    if (!contexts.includes(parent))
      findings.push(unknownName(path, 'context', parent, `context \`${context}\``, contexts))
    else if (isInCycle(policy, context)) {
      findings.push(unsound(path, `context \`${context}\` is its own ancestor: take its \`parent\` away`))
    }
  }
  const categories = Object.keys(policy.categories)
  for (const [field, { category }] of Object.entries(policy.fields)) {
    if (!categories.includes(category)) {
      findings.push(unknownName(['fields', field, 'category'], 'category', category, `field \`${field}\``, categories))
    }
  }
  return findings
}

function isInCycle(policy: PolicyDocument, context: string): boolean {
  const seen = new Set<string>()
  for (let at = policy.contexts[context]?.parent; at !== undefined && !seen.has(at); at = policy.contexts[at]?.parent) {
    if (at === context) return true
    seen.add(at)
  }
  return false
}

function checkFactDeclarations({ facts = {} }: PolicyDocument): readonly Finding[] {
  const findings: Finding[] = []
  for (const [fact, { values }] of Object.entries(facts)) {
    const path = ['facts', fact]
    if (fact === 'source' || Object.hasOwn(standardFacts, fact) || derivedFacts.some((each) => each === fact)) {
      findings.push(unsound(path, `fact \`${fact}\` is a standard one and cannot be declared again: rename yours`))
    }
    if (new Set(values).size !== values.length) {
      findings.push(unsound([...path, 'values'], `fact \`${fact}\` lists a value twice: take one away`))
    }
    if (values.length < 2) {
      findings.push(
        unsound([...path, 'values'], `fact \`${fact}\` has fewer than two values and can tell nothing apart`),
      )
    }
    for (const value of values) {
      const fault = faultOfName(value)
      if (fault !== undefined)
        findings.push(unsound([...path, 'values'], `fact \`${fact}\`, value \`${value}\`: ${fault}`))
    }
  }
  return findings
}

/** The names in one rule; also of rules that stand outside the list, such as those of a breach. */
export function checkRuleNames(policy: PolicyDocument, rule: Rule, path: ErrorPath): readonly Finding[] {
  const where = `rule \`${rule.id}\``
  const promises = Object.keys(policy.promises)
  const fault = faultOfName(rule.id)
  return [
    ...(fault === undefined ? [] : [unsound([...path, 'id'], `\`${rule.id}\` cannot be the id of a rule: ${fault}`)]),
    ...rule.promises
      .map((promise, i) => ({ promise, i }))
      .filter(({ promise }) => !promises.includes(promise))
      .map(({ promise, i }) => unknownName([...path, 'promises', i], 'promise', promise, where, promises)),
    ...checkScope(policy, rule, path, where),
    ...(rule.kind === 'retain' ? [] : checkCondition(policy, rule.when, [...path, 'when'], where)),
  ]
}

function checkScope(policy: PolicyDocument, scope: Scope, path: ErrorPath, where: string): readonly Finding[] {
  const dimensions = { contexts: 'context', categories: 'category', fields: 'field', purposes: 'purpose' } as const
  const findings: Finding[] = []
  const check = (dimension: keyof Scope, what: string, known: readonly string[]) => {
    const names = scope[dimension]
    if (names?.length === 0) {
      const cure = 'name at least one, or leave the list out'
      findings.push(unsound([...path, dimension], `the list of ${dimension} in ${where} is empty: ${cure}`))
    }
    names?.forEach((name, i) => {
      if (!known.includes(name)) findings.push(unknownName([...path, dimension, i], what, name, where, known))
    })
  }
  if (scope.actions?.length === 0) check('actions', 'action', [])
  for (const dimension of ['contexts', 'categories', 'fields', 'purposes'] as const) {
    check(dimension, dimensions[dimension], Object.keys(policy[dimension]))
  }
  check('recipients', 'recipient', [controller, ...Object.keys(policy.recipients)])
  return findings
}

/** Every fact that a condition may name, with its values. */
export function testableFacts(policy: PolicyDocument): Readonly<Record<string, readonly string[]>> {
  const declared: Readonly<Record<string, FactDeclaration>> = { ...policy.facts, ...standardFacts }
  const stated = Object.entries(declared).map(([fact, { values }]) => [fact, values] as const)
  const derived = derivedFacts.map((fact) => [fact, ['no', 'yes']] as const)
  return Object.fromEntries([...stated, ...derived, ['source', Object.keys(policy.sources)]])
}

function checkCondition(
  policy: PolicyDocument,
  condition: Condition | undefined,
  path: ErrorPath,
  where: string,
): readonly Finding[] {
  if (condition === undefined) return []
  const conjunctions = [condition].flat()
  const facts = testableFacts(policy)
  const findings: Finding[] = []
  if (conjunctions.length === 0) {
    findings.push(unsound(path, `the condition of ${where} is an empty list and never holds: leave it out, or fill it`))
  }
  conjunctions.forEach((all, i) => {
    const at = Array.isArray(condition) ? [...path, i] : path
    if (Object.keys(all).length === 0) {
      findings.push(unsound(at, `a condition of ${where} names no fact and always holds: leave it out, or name one`))
    }
    for (const [fact, test] of Object.entries(all)) {
      if (!Object.hasOwn(facts, fact))
        findings.push(unknownName([...at, fact], 'fact', fact, where, Object.keys(facts)))
      else findings.push(...checkTest(test, facts[fact]!, fact, [...at, fact], where))
    }
  })
  return findings
}

function checkTest(
  test: Test,
  values: readonly string[],
  fact: string,
  path: ErrorPath,
  where: string,
): readonly Finding[] {
  const named = typeof test === 'string' ? [test] : 'not' in test ? [test.not].flat() : test
  if (named.length === 0)
    return [unsound(path, `the list of values of \`${fact}\` in ${where} is empty: name at least one`)]
  return named
    .filter((value) => !values.includes(value))
    .map((value) => unknownName(path, `value of \`${fact}\``, value, where, values))
}

function checkRuleIds({ rules, promises }: PolicyDocument): readonly Finding[] {
  const first = new Map<string, number>()
  return rules.flatMap(({ id, promises: implemented }, i): readonly Finding[] => {
    const before = first.get(id)
    if (before !== undefined) {
      return [unsound(['rules', i, 'id'], `the rules ${before} and ${i} are both called \`${id}\`: rename one`)]
    }
    first.set(id, i)
    if (!Object.hasOwn(promises, id) || implemented.includes(id)) return []
    return [unsound(['rules', i, 'id'], `rule \`${id}\` has the id of a promise it does not implement: rename it`)]
  })
}

function checkProperties(policy: PolicyDocument): readonly Finding[] {
  const stated = Object.keys(testableFacts(policy)).filter((fact) => !derivedFacts.some((each) => each === fact))
  return Object.entries(policy.properties).flatMap(([name, property]) => {
    const where = `property \`${name}\``
    const path = ['properties', name]
    const scope = checkScope(policy, property.scope, [...path, 'scope'], where)
    if (property.kind === 'never') return [...scope, ...checkCondition(policy, property.when, [...path, 'when'], where)]
    return [
      ...scope,
      ...checkCondition(policy, property.except, [...path, 'except'], where),
      ...(property.of.length > 0
        ? []
        : [unsound([...path, 'of'], `${where} is independent of no fact: name at least one`)]),
      ...property.of
        .filter((fact) => !stated.includes(fact))
        .map((fact) => unknownName([...path, 'of'], 'stated fact', fact, where, stated)),
    ]
  })
}
