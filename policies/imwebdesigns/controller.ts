/**
 * Who makes these promises, and where to find them. What the published page leaves out is assumed here, and marked:
 * whoever runs this policy confirms it.
 */
import type { ControllerDeclaration } from '@avow/core/policy/document'

export const company: ControllerDeclaration = {
  name: 'IM Web Designs Ltd.',
  country: 'GB',
  // The published policy speaks of subsidiaries and names none; scope.company stays open until they are listed.
  subsidiaries: [],
  // Assumed: the page prints `[email protected]`. The number is the page's without its trunk zero (E.164).
  contact: { email: 'privacy@imwebdesigns.com', phone: '+441135345006' },
  // Assumed: the page says only "any country where we operate", and speaks to people in the EEA and California.
  countries: ['GB', 'IE', 'US'],
}

/** What a person can ask for or choose, each with the law behind it. */
export const rights = {
  access: { title: 'know and get a copy of what is held', law: ['K28', 'G11'] },
  correct: { title: 'have it corrected', law: ['K54', 'G13'] },
  delete: { title: 'have it deleted', law: ['K45', 'G14'] },
  restrict: { title: 'have its use restricted', law: ['G19'] },
  port: { title: 'carry it elsewhere', law: ['G20', 'K70'] },
  object: { title: 'object to a use', law: ['G21'] },
  withdrawConsent: { title: 'withdraw consent', law: ['G23'] },
  optOut: { title: 'opt out of sharing for advertising', law: ['K5', 'K29'] },
  limitSensitive: { title: 'limit the use of sensitive information', law: ['K6'] },
} as const
