/** A policy small enough to read in a test: one shop, its chat, two categories, two purposes, two recipients. */
import type { Forbid, Permit, PolicyDocument, Rule } from '@avow/core/policy/document'

/** A shop that passes orders to its carrier and its visitors to advertisers. */
export function shop(rules: readonly Rule[], facts: PolicyDocument['facts'] = {}): PolicyDocument {
  return {
    avow: 1,
    name: 'shop',
    controller: {
      name: 'Shop',
      country: 'GB',
      subsidiaries: [],
      contact: { email: 'privacy@shop.example', phone: '+44 20 7946 0000' },
      countries: ['GB'],
    },
    contexts: { shop: { title: 'Shop' }, chat: { title: 'Chat', parent: 'shop' } },
    categories: { contact: { title: 'Contact', dpv: ['Contact'] }, health: { title: 'Health', dpv: ['Health'] } },
    fields: {
      address: { title: 'Address', category: 'contact' },
      allergy: { title: 'Allergy', category: 'health', sensitiveUnder: ['gdpr'] },
    },
    sources: { person: { title: 'The person' } },
    purposes: {
      delivery: { title: 'Delivery', basis: 'contract', dpv: ['Delivery'] },
      advertising: { title: 'Advertising', basis: 'consent', dpv: ['Advertising'], advertising: 'crossContext' },
    },
    recipients: {
      carrier: { title: 'Carrier', standing: 'processor' },
      advertiser: { title: 'Advertiser', standing: 'thirdParty' },
    },
    facts,
    promises: { p: { title: 'A promise', chapter: 'one' } },
    rules,
    resolutions: [],
    properties: {},
    rights: {},
  }
}

export const permit = (id: string, rest: Omit<Permit, 'kind' | 'id' | 'promises'>): Permit => ({
  ...rest,
  kind: 'permit',
  id,
  promises: ['p'],
})
export const forbid = (id: string, rest: Omit<Forbid, 'kind' | 'id' | 'promises'>): Forbid => ({
  ...rest,
  kind: 'forbid',
  id,
  promises: ['p'],
})
