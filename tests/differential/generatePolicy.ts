/**
 * Random well-formed policies over the whole language, small enough for the reference to go through every world.
 * Does not: obey what makes a policy sound (`checkPolicy`): promises may pull apart here, and a permit may be covered
 * by forbids, because the meaning of those must be right too. Requests are made in generateRequest.ts.
 */
import {
  actions,
  type Condition,
  type Conjunction,
  controller,
  type Forbid,
  type LawfulBasis,
  type Permit,
  type PolicyDocument,
  type Regime,
  type Resolution,
  type Retain,
  type Rule,
  type Standing,
  type Test,
  type Vocabulary,
} from '@avow/core/policy/document'
import { derivedFacts, type FactDeclaration, standardFacts } from '@avow/core/policy/facts'
import type { Random } from './random.ts'

const standings: readonly Standing[] = ['processor', 'thirdParty', 'sameBusiness', 'authority', 'successor', 'public']
const bases: readonly LawfulBasis[] = ['consent', 'contract', 'legalObligation', 'legitimateInterests']
const regimes: readonly Regime[] = ['gdpr', 'uk-gdpr', 'ccpa']

/** Facts a policy of this run may name, with their values: few enough that the reference ends. */
type Pool = Readonly<Record<string, readonly string[]>>

export function generatePolicy(random: Random): PolicyDocument {
  const vocabulary = generateVocabulary(random)
  const pool = generatePool(random, vocabulary)
  const rules: Rule[] = []
  const resolutions: Resolution[] = []
  const permits = 3 + random.below(5)
  for (let i = 0; i < permits; i++) {
    const permit = generatePermit(random, vocabulary, pool, `permit${i}`)
    rules.push(permit)
    if (!random.chance(45)) continue
    const forbid = generateForbidOver(random, vocabulary, pool, permit, `against${i}`)
    // Before its permit or after it: the order of declaration must not matter to what is permitted.
    rules.splice(random.chance(50) ? rules.length - 1 : rules.length, 0, forbid)
    if (random.chance(85)) resolutions.push(generateResolution(random, permit, forbid))
  }
  const forbids = random.below(4)
  for (let i = 0; i < forbids; i++) {
    rules.splice(random.below(rules.length + 1), 0, generateForbid(random, vocabulary, pool, `forbid${i}`))
  }
  if (random.chance(50)) rules.push(generateRetain(random, vocabulary))
  // States what holds anyway, and so must change nothing.
  const anyForbid = rules.find((rule) => rule.kind === 'forbid')
  if (anyForbid !== undefined && random.chance(20)) resolutions.push(resolution(anyForbid.id, '*'))
  const used = new Set(rules.flatMap((rule) => rule.promises))
  const promises = Object.fromEntries(
    Object.entries(vocabulary.promises).map(([id, promise]) => [
      id,
      used.has(id) ? promise : { ...promise, withoutRule: 'kept by something other than a decision' },
    ]),
  )
  return {
    avow: 1,
    name: 'generated',
    controller: {
      name: 'Generated Ltd.',
      country: 'GB',
      subsidiaries: [],
      contact: { email: 'privacy@example.org', phone: '+44 20 7946 0000' },
      countries: ['GB'],
    },
    ...vocabulary,
    promises,
    rules,
    resolutions,
    properties: {},
    rights: {},
  }
}

function generateVocabulary(random: Random): Vocabulary {
  const names = (letter: string, least: number, more: number) =>
    Array.from({ length: least + random.below(more + 1) }, (_, i) => `${letter}${i}`)
  const contexts = names('context', 2, 4)
  const categories = names('category', 1, 3)
  const declare = <T>(ids: readonly string[], declaration: (id: string, index: number) => T) =>
    Object.fromEntries(ids.map((id, index) => [id, declaration(id, index)]))
  return {
    contexts: declare(contexts, (id, index) => ({
      title: id,
      // Parents are declared before: a tree of any depth, without a cycle.
      ...(index > 0 && random.chance(50) ? { parent: random.one(contexts.slice(0, index)) } : {}),
    })),
    categories: declare(categories, (id) => ({ title: id, dpv: ['PersonalData'] })),
    // At times a category has no field: then nothing of it may be permitted.
    fields: declare(names('field', categories.length, 4), (id, index) => ({
      title: id,
      category: index < categories.length && !random.chance(5) ? categories[index]! : random.one(categories),
      ...(random.chance(25) ? { sensitiveUnder: random.some(regimes, 1, 2) } : {}),
    })),
    sources: declare(names('source', 2, 1), (id) => ({ title: id })),
    purposes: declare(names('purpose', 1, 3), (id) => ({
      title: id,
      basis: random.one(bases),
      dpv: ['Purpose'],
      ...(random.chance(40) ? { advertising: random.one(['crossContext', 'own'] as const) } : {}),
    })),
    recipients: declare(names('recipient', 1, 3), (id) => ({
      title: id,
      standing: random.chance(60) ? random.one(['processor', 'thirdParty'] as const) : random.one(standings),
    })),
    facts: declare(names('fact', 0, 2), (id) => ({
      about: random.one(['person', 'value', 'recipient', 'act'] as const),
      title: id,
      values: names('value', 2, 1),
    })),
    promises: declare(names('promise', 2, 4), (id) => ({ title: id, chapter: 'generated' })),
  }
}

function generatePool(random: Random, vocabulary: Vocabulary): Pool {
  const declared: Readonly<Record<string, FactDeclaration>> = { ...standardFacts, ...vocabulary.facts }
  const stated = [
    ...random.some(Object.keys(standardFacts), 2, 3),
    ...random.some(Object.keys(vocabulary.facts ?? {}), 0, 1),
  ]
  const pool = Object.fromEntries(stated.map((fact) => [fact, declared[fact]!.values]))
  for (const fact of random.some(derivedFacts, 1, 2)) pool[fact] = ['no', 'yes']
  if (random.chance(30)) pool.source = Object.keys(vocabulary.sources)
  return pool
}

function generatePermit(random: Random, vocabulary: Vocabulary, pool: Pool, id: string): Permit {
  const fields = Object.keys(vocabulary.fields)
  return {
    kind: 'permit',
    id,
    promises: random.some(Object.keys(vocabulary.promises), 1, 2),
    actions: random.some(actions, 1, 4),
    contexts: random.some(Object.keys(vocabulary.contexts), 1, 4),
    purposes: random.some(Object.keys(vocabulary.purposes), 1, 3),
    ...(random.chance(40) ? { categories: random.some(Object.keys(vocabulary.categories), 1, 3) } : {}),
    ...(random.chance(30) ? { fields: random.some(fields, 1, fields.length) } : {}),
    ...(random.chance(60)
      ? { recipients: random.some([controller, ...Object.keys(vocabulary.recipients)], 1, 4) }
      : {}),
    ...(random.chance(55) ? { when: generateCondition(random, pool) } : {}),
    ...(random.chance(35) ? { obligations: random.some(['warn', 'tell', 'deidentify'] as const, 1, 2) } : {}),
  }
}

/** Reaches some of everything, and usually only under a condition: a forbid of everything would leave no permits. */
function generateForbid(random: Random, vocabulary: Vocabulary, pool: Pool, id: string): Forbid {
  const fields = Object.keys(vocabulary.fields)
  return {
    kind: 'forbid',
    id,
    promises: random.some(Object.keys(vocabulary.promises), 1, 2),
    ...(random.chance(50) ? { actions: random.some(actions, 1, 3) } : {}),
    ...(random.chance(65) ? { contexts: random.some(Object.keys(vocabulary.contexts), 1, 2) } : {}),
    ...(random.chance(30) ? { categories: random.some(Object.keys(vocabulary.categories), 1, 2) } : {}),
    ...(random.chance(25) ? { fields: random.some(fields, 1, 3) } : {}),
    ...(random.chance(50) ? { purposes: random.some(Object.keys(vocabulary.purposes), 1, 2) } : {}),
    ...(random.chance(40)
      ? { recipients: random.some([controller, ...Object.keys(vocabulary.recipients)], 1, 3) }
      : {}),
    ...(random.chance(80) ? { when: generateCondition(random, pool) } : {}),
  }
}

/** A forbid that bites where this permit does, so that a resolution between the two has something to decide. */
function generateForbidOver(random: Random, vocabulary: Vocabulary, pool: Pool, permit: Permit, id: string): Forbid {
  return {
    kind: 'forbid',
    id,
    promises: random.some(Object.keys(vocabulary.promises), 1, 2),
    actions: random.some(permit.actions, 1, 4),
    contexts: random.some(permit.contexts, 1, 4),
    ...(random.chance(50) ? { purposes: permit.purposes } : {}),
    ...(permit.fields !== undefined && random.chance(50) ? { fields: permit.fields } : {}),
    ...(random.chance(40) ? { when: permit.when ?? generateCondition(random, pool) } : {}),
  }
}

function generateRetain(random: Random, vocabulary: Vocabulary): Retain {
  return {
    kind: 'retain',
    id: 'retain0',
    promises: random.some(Object.keys(vocabulary.promises), 1, 1),
    contexts: random.some(Object.keys(vocabulary.contexts), 1, 2),
    clock: random.one(['collection', 'lastActivity', 'endOfRelationship', 'transaction'] as const),
    days: 1 + random.below(1000),
    then: random.one(['erase', 'anonymise'] as const),
    because: 'generated',
  }
}

const resolution = (keep: string, over: Resolution['over']): Resolution => ({
  keep,
  over,
  ground: 'law',
  because: 'generated',
})

function generateResolution(random: Random, permit: Permit, forbid: Forbid): Resolution {
  return resolution(random.chance(70) ? permit.id : random.one(permit.promises), [
    random.chance(70) ? forbid.id : random.one(forbid.promises),
  ])
}

function generateCondition(random: Random, pool: Pool): Condition {
  const conjunctions = Array.from({ length: random.chance(25) ? 2 : 1 }, () => generateConjunction(random, pool))
  return conjunctions.length === 1 ? conjunctions[0]! : conjunctions
}

function generateConjunction(random: Random, pool: Pool): Conjunction {
  const facts = random.some(Object.keys(pool), 1, 2)
  return Object.fromEntries(facts.map((fact) => [fact, generateTest(random, pool[fact]!)]))
}

function generateTest(random: Random, values: readonly string[]): Test {
  if (random.chance(50)) return random.one(values)
  const list = random.some(values, 1, Math.max(1, values.length - 1))
  if (random.chance(50)) return list
  return { not: random.chance(50) ? random.one(values) : list }
}
