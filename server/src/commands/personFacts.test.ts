import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Facts } from '@avow/core/decision/request'
import { standardFacts } from '@avow/core/policy/facts'
import fc from 'fast-check'
import type { StoredFacts } from '../store/schema.ts'
import { type Person, personFacts } from './personFacts.ts'

const value = (fact: keyof typeof standardFacts) => fc.constantFrom(...standardFacts[fact].values)
const byPurpose = (fact: 'consent' | 'parentConsent' | 'objection') =>
  fc.dictionary(fc.constantFrom('news', 'orders', 'constructor'), value(fact), { noNullPrototype: true })

const stored: fc.Arbitrary<StoredFacts> = fc.record(
  {
    region: value('region'),
    age: value('age'),
    optOut: value('optOut'),
    limitSensitive: value('limitSensitive'),
    restricted: value('restricted'),
    consent: byPurpose('consent'),
    parentConsent: byPurpose('parentConsent'),
    objection: byPurpose('objection'),
  },
  { requiredKeys: [] },
)
const persons: fc.Arbitrary<Person> = fc.record({
  kind: fc.constantFrom('person', 'household'),
  facts: stored,
  linked: fc.array(stored, { maxLength: 3 }),
})
const about = (fact: keyof typeof standardFacts) => standardFacts[fact].about
const names = Object.keys(standardFacts) as (keyof typeof standardFacts)[]
const stated: fc.Arbitrary<Facts> = fc
  .subarray(names.filter((fact) => about(fact) !== 'value'))
  .chain((chosen) => fc.record(Object.fromEntries(chosen.map((fact) => [fact, value(fact)]))))

/** From the most protective: as the law has it, written down a second time. */
const order: Readonly<Record<string, readonly string[]>> = {
  consent: ['withdrawn', 'none', 'given'],
  parentConsent: ['none', 'given'],
  objection: ['raised', 'none'],
  optOut: ['yes', 'no'],
  limitSensitive: ['yes', 'no'],
  restricted: ['yes', 'no'],
  age: ['under13', 'under16', 'under18', 'adult'],
}
/** Unknown protects most: it permits only what each value would. */
const rank = (fact: string, known: string | undefined) => (known === undefined ? -1 : order[fact]!.indexOf(known))

test('whatever a caller states, no fact about the person is looser than what is stored', () => {
  fc.assert(
    fc.property(persons, stated, (person, claim) => {
      const silent = personFacts(person, 'news', {})
      const facts = personFacts(person, 'news', claim)
      for (const fact of Object.keys(order)) assert.ok(rank(fact, facts[fact]) <= rank(fact, silent[fact]), fact)
      assert.ok(facts.region === undefined || facts.region === silent.region)
    }),
  )
})

test('what a caller states tighter is taken, and facts of act and recipient pass as they are', () => {
  fc.assert(
    fc.property(persons, stated, (person, claim) => {
      const facts = personFacts(person, 'news', claim)
      const silent = personFacts(person, 'news', {})
      for (const [fact, said] of Object.entries(claim)) {
        if (about(fact as keyof typeof standardFacts) !== 'person' || fact === 'doNotTrack')
          assert.equal(facts[fact], said)
        else if (fact in order && rank(fact, said) < rank(fact, silent[fact])) assert.equal(facts[fact], said)
      }
    }),
  )
})

test('one more subject of the person or member of the household never lifts a refusal of another', () => {
  fc.assert(
    fc.property(persons, stored, (person, one) => {
      const before = personFacts(person, 'news', {})
      const after = personFacts({ ...person, linked: [...person.linked, one] }, 'news', {})
      for (const fact of ['objection', 'optOut', 'limitSensitive', 'restricted']) {
        assert.ok(rank(fact, after[fact]) <= rank(fact, before[fact]), fact)
      }
      if (before.consent === 'withdrawn') assert.equal(after.consent, 'withdrawn')
    }),
  )
})

test('never said is no, not unknown; region and age that nobody stored stay unknown', () => {
  const facts = personFacts({ kind: 'person', facts: {}, linked: [] }, 'news', { age: 'adult', region: 'us' })
  assert.deepEqual(facts, {
    consent: 'none',
    parentConsent: 'none',
    objection: 'none',
    optOut: 'no',
    limitSensitive: 'no',
    restricted: 'no',
  })
})

test('consent to one purpose is none to another, and a member’s consent is not the household’s', () => {
  const given: StoredFacts = { consent: { news: 'given' } }
  assert.equal(personFacts({ kind: 'person', facts: given, linked: [] }, 'orders', {}).consent, 'none')
  assert.equal(personFacts({ kind: 'person', facts: {}, linked: [given] }, 'news', {}).consent, 'given')
  assert.equal(personFacts({ kind: 'household', facts: {}, linked: [given] }, 'news', {}).consent, 'none')
})

test('a household is as young as its youngest member, and of unknown age while one member’s is unknown', () => {
  const home = (...linked: StoredFacts[]): Person => ({ kind: 'household', facts: { age: 'adult' }, linked })
  assert.equal(personFacts(home({ age: 'adult' }, { age: 'under13' }), 'news', {}).age, 'under13')
  assert.equal(personFacts(home({ age: 'adult' }, {}), 'news', {}).age, undefined)
  assert.equal(personFacts(home({ region: 'uk' }, { region: 'eea' }), 'news', {}).region, undefined)
})
