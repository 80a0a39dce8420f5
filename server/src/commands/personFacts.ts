/**
 * The facts about the person that a decision hangs on: from what is stored, never looser. Pure.
 * - What is stored wins; what a caller states may only tighten it. Region and age that nobody stored stay unknown,
 *   whatever a caller states, and unknown permits only if each value would.
 * - What was never said is not unknown: we keep the choices, so no row means no consent, no objection, no opt-out.
 * - A person known under several subjects: a refusal under any holds; consent under any is given, if none withdrew it.
 * - A household: a refusal of any member holds; only the household's own consent is consent; its age is its youngest
 *   member's, and region and age are known only where they are known of all.
 */
import type { Facts } from '@avow/core/decision/request'
import { type FactDeclaration, standardFacts } from '@avow/core/policy/facts'
import type { StoredFacts, SubjectKind } from '../store/schema.ts'

/** Facts that a choice sets; each from what protects the person most to what protects least. */
const orders = {
  consent: ['withdrawn', 'none', 'given'],
  parentConsent: ['none', 'given'],
  objection: ['raised', 'none'],
  optOut: ['yes', 'no'],
  limitSensitive: ['yes', 'no'],
  restricted: ['yes', 'no'],
  age: ['under13', 'under16', 'under18', 'adult'],
} as const satisfies Readonly<Record<string, readonly string[]>>

type Ordered = keyof typeof orders

export interface Person {
  readonly kind: SubjectKind
  readonly facts: StoredFacts
  /** Of the other subjects of the person, or of the household's members. */
  readonly linked: readonly StoredFacts[]
}

/** @param stated by the caller: facts of recipient and act pass through, those about the person only tighten */
export function personFacts(person: Person, purpose: string, stated: Facts): Facts {
  const known = storedFacts(person, purpose)
  const facts: Record<string, string> = {}
  for (const [name, value] of Object.entries(stated)) {
    const declared: FactDeclaration | undefined = Object.hasOwn(standardFacts, name)
      ? standardFacts[name as keyof typeof standardFacts] // own property, just tested
      : undefined
    // Do-Not-Track is of the moment, not of a choice; all else about the person is ours to know.
    if (declared?.about !== 'person' || name === 'doNotTrack') facts[name] = value
  }
  for (const name of Object.keys(orders) as Ordered[]) {
    const value = tighter(name, known[name], stated[name])
    if (value !== undefined) facts[name] = value
  }
  // No region protects more than every other, so a caller who names another than we know leaves it unknown.
  if (known.region !== undefined && (stated.region ?? known.region) === known.region) facts.region = known.region
  return facts
}

type Known = { readonly [fact in Ordered | 'region']?: string | undefined }

function storedFacts({ kind, facts, linked }: Person, purpose: string): Known {
  const own = factsFor(facts, purpose)
  const others = linked.map((each) => factsFor(each, purpose))
  const all = [own, ...others]
  const anyone = (name: 'objection' | 'optOut' | 'limitSensitive' | 'restricted') => most(name, all)
  return {
    objection: anyone('objection'),
    optOut: anyone('optOut'),
    limitSensitive: anyone('limitSensitive'),
    restricted: anyone('restricted'),
    ...(kind === 'household' ? ofHousehold(own, others) : ofPerson(all)),
  }
}

function factsFor(facts: StoredFacts, purpose: string): Known {
  return {
    consent: ownValue(facts.consent, purpose) ?? 'none',
    parentConsent: ownValue(facts.parentConsent, purpose) ?? 'none',
    objection: ownValue(facts.objection, purpose) ?? 'none',
    optOut: facts.optOut ?? 'no',
    limitSensitive: facts.limitSensitive ?? 'no',
    restricted: facts.restricted ?? 'no',
    age: facts.age,
    region: facts.region,
  }
}

function ofPerson(all: readonly Known[]): Known {
  const consents = all.map(({ consent }) => consent)
  const regions = new Set(all.flatMap(({ region }) => region ?? []))
  return {
    consent: consents.find((each) => each === 'withdrawn') ?? consents.find((each) => each === 'given') ?? 'none',
    parentConsent: all.some(({ parentConsent }) => parentConsent === 'given') ? 'given' : 'none',
    age: most(
      'age',
      all.filter(({ age }) => age !== undefined),
    ),
    region: regions.size === 1 ? [...regions][0] : undefined,
  }
}

function ofHousehold(own: Known, members: readonly Known[]): Known {
  const ages = members.every(({ age }) => age !== undefined) ? members : []
  const regions = new Set(members.map(({ region }) => region))
  return {
    consent: members.some(({ consent }) => consent === 'withdrawn') ? 'withdrawn' : own.consent,
    parentConsent: own.parentConsent,
    age: most('age', ages),
    region: regions.size === 1 ? [...regions][0] : undefined,
  }
}

/** The most protective value any of them has. */
function most(name: Ordered, all: readonly Known[]): string | undefined {
  return orders[name].find((value) => all.some((each) => each[name] === value))
}

function tighter(name: Ordered, known: string | undefined, stated: string | undefined): string | undefined {
  if (known === undefined) return undefined
  return most(name, [{ [name]: known }, { [name]: stated }])
}

/** A purpose may bear a name such as `constructor`. */
function ownValue(values: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined
}
