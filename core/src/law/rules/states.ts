/** US states besides California: one engine, with the states as data. Ids begin with S; what the columns mean is in ../rules.ts. */
import type { RuleRow } from '../rules.ts'

export const states: readonly RuleRow[] = [
  [
    'S1',
    'Each state row carries: effective, signal required + from, respond days, extension, appeal days + extension, consent-withdrawal days, sensitive = opt-in/limit/opt-out, list of *specific* third parties (CT, OR; also MN by [G]).',
    'MB',
    'R',
  ],
  ['S2', 'Unknown US state or unlocated visitor: apply the strictest row.', 'ours', 'G'],
  [
    'S3',
    'Colorado: a recognised mechanism is honoured for browser/device and, if known, the consumer, and keeps being treated so; residence proof not required.',
    'CO 5.08(A), (F)',
    'R',
  ],
  [
    'S4',
    'Colorado: no signal later is not consent; a pop-up that obstructs is not a valid re-consent.',
    'CO 5.09, 7.05 example',
    'R',
  ],
  [
    'S5',
    'Colorado: when several rights are asked at once, do the opt-out first if it can be faster.',
    'CO 4.03(A)(1)(b)',
    'R',
  ],
  [
    'S6',
    "Denial tells how to appeal; appeal answered in writing with reasons in the row's days; a refused appeal names the state attorney general with an online complaint route.",
    'VA',
    'R',
  ],
  ['S7', 'Connecticut and Oregon: on request give the list of specific third parties.', 'MB', 'R'],
  ['S8', 'Newly listed mechanisms: Colorado gives six months.', 'CO 5.07(F)', 'R'],
]
