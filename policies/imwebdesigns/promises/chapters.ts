/** The chapters of the notice, in its order, and the shape of a promise before its evidence is attached. */
import type { PromiseDeclaration } from '@avow/core/policy/document'

export const chapters = {
  scope: 'Scope and contexts',
  disclosure: 'Sale, collection, use and disclosure',
  purposes: 'Purposes',
  recipients: 'Recipients',
  rights: 'Choices and rights',
  advertising: 'Advertising, cookies and other disclosures',
  keeping: 'Keeping, protecting, moving and changing',
} as const

/** What is promised; what shows it is in ../evidence.ts. */
export type Promised = Readonly<Record<string, Omit<PromiseDeclaration, 'evidence'>>>
