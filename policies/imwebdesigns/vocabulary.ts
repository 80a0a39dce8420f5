/**
 * The words of the policy, put together, the writers of rules over them, and the groups of words that several chapters
 * speak of. A group is derived from the declarations where it can be, so that a new word cannot be forgotten in it.
 */
import { defineVocabulary, rulesOver } from '@avow/core/policy/definePolicy'
import { controller } from '@avow/core/policy/document'
import { categories } from './categories.ts'
import { contexts, facts, sources } from './contexts.ts'
import { fields } from './fields.ts'
import { promises } from './promises.ts'
import { purposes } from './purposes.ts'
import { recipients } from './recipients.ts'

export const vocabulary = defineVocabulary({
  contexts,
  categories,
  fields,
  sources,
  purposes,
  recipients,
  facts,
  promises,
})
export const { permit, forbid, retain } = rulesOver(vocabulary)

export type ContextName = keyof typeof contexts
export type CategoryName = keyof typeof categories
export type FieldName = keyof typeof fields
export type PurposeName = keyof typeof purposes
export type RecipientName = keyof typeof recipients

// `as`: Object.keys gives strings; the objects are closed, so their keys are exactly these names.
export const everyContext = Object.keys(contexts) as ContextName[]
export const everyCategory = Object.keys(categories) as CategoryName[]
export const everyField = Object.keys(fields) as FieldName[]
export const everyPurpose = Object.keys(purposes) as PurposeName[]
export const everyRecipient = Object.keys(recipients) as RecipientName[]

/** All of a group but these. */
export function allBut<N extends string>(group: readonly N[], ...exceptions: readonly N[]): readonly N[] {
  return group.filter((name) => !exceptions.includes(name))
}

/** What the company does with what it holds, as opposed to taking it in. */
export const held = ['use', 'process', 'store', 'transfer', 'disclose'] as const
/** What makes personal information available to somebody else. */
export const passedOn = ['transfer', 'disclose'] as const

/** The company and its subsidiaries: the same promises, the same purposes. */
export const own = [controller, 'subsidiary'] as const
export const processors = everyRecipient.filter((name) => recipients[name].standing === 'processor')
export const thirdParties = everyRecipient.filter((name) => recipients[name].standing === 'thirdParty')

/** The purposes that law imposes or protects. No promise about a context takes them away. */
export const lawPurposes = ['legalDuty', 'rightsRequests', 'protection'] as const
/** The service a person asked for, its price included: the same whatever rights they use (1798.125). */
export const servicePurposes = [
  'provideServices',
  'processOrders',
  'runAccounts',
  'support',
  'answerInquiries',
  'administrativeMessages',
] as const

const advertisingOf = (name: PurposeName) => {
  const purpose = purposes[name]
  return 'advertising' in purpose ? purpose.advertising : undefined
}
export const advertisingPurposes = everyPurpose.filter((name) => advertisingOf(name) !== undefined)
/** Only these can be sharing (1798.140(ah)): see core's saleAndShare.ts. */
export const crossContextPurposes = everyPurpose.filter((name) => advertisingOf(name) === 'crossContext')

/** Obtained through the products and services, chat included (promise `ads.no-service-data`). */
export const serviceContexts = ['products', 'customerContent', 'functionalData', 'supportInformation', 'chat'] as const
