/**
 * Across borders: only to countries where the company operates, and only with a lawful ground for the transfer.
 * Both hold for every recipient and for a transfer within the company itself.
 */
import { forbid, passedOn } from './vocabulary.ts'

export const transfers = [
  forbid({
    id: 'transfer.unlisted-country',
    promises: ['transfer.anywhere'],
    actions: passedOn,
    when: { country: 'unlisted' },
  }),
  // GDPR and UK GDPR Articles 44 to 49: adequacy, safeguards or a derogation, else nothing (rule G33). Held for
  // everybody, wherever they live: who is protected does not depend on what is known of their residence.
  forbid({
    id: 'transfer.no-mechanism',
    promises: ['transfer.eea'],
    actions: passedOn,
    when: { mechanism: 'none' },
  }),
]
