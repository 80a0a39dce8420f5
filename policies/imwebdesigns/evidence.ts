/**
 * What shows that each promise is kept: a proof over the whole policy, with the change of rules that must break it, or
 * a query over what is really there, which the server holds by name together with its own breach.
 * A promise without a line here shows no evidence yet. Most breaches take one rule away; where two promises guard the
 * same thing, the breach takes both, or the proof would not notice.
 */
import type { Evidence, PolicyBreach } from '@avow/core/policy/document'
import type { PromiseName } from './promises.ts'
import type { PropertyName } from './properties.ts'
import { everyContext, forbid, own, passedOn, permit } from './vocabulary.ts'

const proof = (property: PropertyName, breach: PolicyBreach): Evidence => ({ kind: 'proof', property, breach })
const without = (property: PropertyName, ...remove: readonly string[]): Evidence => proof(property, { remove })

type QueryName =
  | 'recordsCarryContext'
  | 'fieldsInOneCategory'
  | 'sealedAtRest'
  | 'ledgerIntact'
  | 'erasuresSearched'
  | 'collectionsLedgered'
  | 'sourceOnEveryRecord'
  | 'actsUnderStandingVersion'
  | 'storesMapped'
const query = (name: QueryName): Evidence => ({ kind: 'query', query: name })

const id = 'breach'

export const evidence: Readonly<Partial<Record<PromiseName, readonly Evidence[]>>> = {
  'scope.company': [query('actsUnderStandingVersion')],
  'scope.tailored': [query('recordsCarryContext')],
  'context.social': [without('socialTrackersByConsent', 'social.trackers')],
  'context.research': [
    without('researchNamesItsSupplier', 'research.unnamed-supplier', 'research.collect-from-supplier'),
  ],
  'context.offline': [without('offlineMarksInferences', 'offline.unmarked-inference')],
  'def.personal': [query('storesMapped'), without('campaignsOnlyAnonymised', 'ads.identified')],
  'category.all': [query('fieldsInOneCategory')],

  'sale.never': [without('saleNever', 'sale.never')],
  'use.websites': [query('sourceOnEveryRecord')],
  'use.customer-content': [query('actsUnderStandingVersion')],
}
void everyContext
void forbid
void own
void passedOn
void permit
void id
