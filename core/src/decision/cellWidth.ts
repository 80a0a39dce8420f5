/**
 * How wide a cell may be for a proof: 65,536 combinations of the facts that its rules name, values that no rule there
 * tells apart taken as one.
 */
import { AvowError } from '../errors.ts'
import type { Forbid, Permit, PolicyDocument, Test } from '../policy/document.ts'
import { factsOf, passes } from './reference.ts'

/** The most combinations of fact values that a proof goes through in one cell. */
export const widestCell = 2 ** 16

/** The tests that stand behind one of a derived fact. */
const behind: Readonly<Record<string, readonly (readonly [string, Test])[] | undefined>> = {
  sensitive: [['sensitiveContent', 'yes']],
  sale: [
    ['contract', 'complete'],
    ['consideration', 'yes'],
  ],
  share: [],
}

/**
 * Refuses a cell whose facts have too many combinations.
 * @param facts those that can matter there (`factsAt`)
 * @throws AvowError POLICY_TOO_WIDE naming the rules that bring the facts in
 */
export function checkWidth(
  policy: PolicyDocument,
  facts: readonly string[],
  rules: readonly (Permit | Forbid)[],
): void {
  const tests = new Map(facts.map((fact): [string, Test[]] => [fact, []]))
  for (const { when = {} } of rules) {
    for (const [fact, test] of [when].flat().flatMap((all) => Object.entries(all))) {
      for (const [stated, own] of behind[fact] ?? [[fact, test]]) tests.get(stated)?.push(own)
    }
  }
  const declared = factsOf(policy)
  const kinds = (fact: string) =>
    new Set(
      declared[fact]!.values.map((value) =>
        tests
          .get(fact)!
          .map((test) => passes(test, value))
          .join(),
      ),
    ).size
  const combinations = facts.reduce((product, fact) => product * kinds(fact), 1)
  if (combinations <= widestCell) return
  const names = rules.filter(({ when }) => when !== undefined).map(({ id }) => `\`${id}\``)
  throw new AvowError(
    'POLICY_TOO_WIDE',
    `the facts ${facts.map((fact) => `\`${fact}\``).join(', ')} have ${combinations} combinations where the rules ` +
      `${names.join(', ')} meet, over ${widestCell}: narrow the scope of a rule, or test fewer facts in it`,
  )
}
