/**
 * Sale and sharing, derived from what the policy declares of recipients and purposes: nobody states them in a request.
 * Sale: making personal information available to a third party for money or other valuable consideration,
 *   Cal. Civ. Code 1798.140(ad)(1). Share: the same for cross-context behavioural advertising, whether or not for
 *   consideration, 1798.140(ah)(1). A processor whose contract lacks a term the law asks for is a third party,
 *   1798.100(d), 1798.140(ag)(1) (rules K77, K78); no contract makes cross-context advertising a service to the
 *   company, 1798.140(e)(6).
 * Excluded: other users at the person's own direction (ad)(2)(A); a successor in a merger (ad)(2)(C); an authority;
 *   a subsidiary under common branding, which is the same business (d)(2). Pure.
 */
import type { Action, Standing } from '../policy/document.ts'

export interface SaleFacts {
  readonly action: Action
  /** Undefined for the controller itself. */
  readonly standing: Standing | undefined
  readonly advertising: 'crossContext' | 'own' | undefined
  readonly contract: string
  readonly consideration: string
}

function isThirdParty({ standing, contract }: SaleFacts): boolean {
  return standing === 'thirdParty' || (standing === 'processor' && contract !== 'complete')
}

/** The two actions by which data reaches another. */
export function passesOn(action: Action): boolean {
  return action === 'disclose' || action === 'transfer'
}

export function isSale(facts: SaleFacts): boolean {
  return passesOn(facts.action) && isThirdParty(facts) && facts.consideration === 'yes'
}

export function isShare(facts: SaleFacts): boolean {
  return (
    passesOn(facts.action) &&
    facts.advertising === 'crossContext' &&
    (facts.standing === 'thirdParty' || facts.standing === 'processor')
  )
}
