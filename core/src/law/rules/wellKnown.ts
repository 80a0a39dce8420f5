/** Well-known resources and signals: Global Privacy Control, security.txt and what must not be served. Ids begin with W; what the columns mean is in ../rules.ts. */
import type { RuleRow } from '../rules.ts'

export const wellKnown: readonly RuleRow[] = [
  [
    'W1',
    'Honour only the exact value "1": other values ignored; several headers count as one "1" if at least one is "1".',
    'GPC',
    'R',
  ],
  [
    'W2',
    'In Node, `req.headers[\'sec-gpc\']` joins duplicates to "0, 1"/"1, 1", so equality fails: use `req.headersDistinct`, and treat a joined "1, 1" from a proxy as set.',
    'run here, Node 20',
    'X',
  ],
  ['W3', 'Never strip Sec-GPC:1 at a proxy; caches that vary by it must send Vary: Sec-GPC (ours).', 'GPC', 'R'],
  ['W4', 'JS side: navigator.globalPrivacyControl is read before any tag loads; server decision wins.', 'GPC', 'R'],
  [
    'W5',
    '`/.well-known/gpc.json`: application/json object, `gpc` boolean, `lastUpdate` RFC 3339 date or date-time; redirects allowed; it is a statement of site behaviour, so publish `true` only while K29-K36 tests pass.',
    'GPC; coupling ours',
    'R',
  ],
  [
    'W6',
    '`/.well-known/security.txt`: https, text/plain; charset=utf-8, at least one Contact, exactly one Expires in the future (under a year recommended); Canonical, Preferred-Languages, Policy optional.',
    'issue/PR/gist restatements of RFC 9116',
    'S',
  ],
  [
    'W7',
    'Do not serve `/.well-known/dnt-policy.txt`: it asserts DNT compliance (identifiers discarded, logs <=10 days), contrary to "do not process do-not-track".',
    'DNT',
    'R',
  ],
  ['W8', 'Do not serve `/.well-known/data-rights.json`: removed from DRP at 0.9.', 'DRP change log', 'R'],
]
