/** What enforcement has found broken, and the check it teaches. Ids begin with E; what the columns mean is in ../rules.ts. */
import type { RuleRow } from '../rules.ts'

export const enforcement: readonly RuleRow[] = [
  [
    'E1',
    'Sephora 2022, $1.2m: "we do not sell" while third-party tags traded data for analytics/ads; no link; GPC ignored. The AG tested with a browser extension watching traffic with and without the signal.',
    'mondaq 1227974, Hogan Lovells',
    'S',
  ],
  ['E2', 'DoorDash 2024: traded customer lists in a marketing co-operative and denied selling.', 'not retrieved', 'G'],
  [
    'E3',
    'Honda 2025, $632,500: 8+ fields for opt-out; consumer had to confirm agents; 2 clicks out vs 1 in; ad-tech without contracts.',
    'zwillgen, mwe, natlawreview',
    'S',
  ],
  [
    'E4',
    'Todd Snyder 2025, $345,178: banner vanished for 40 days, same fault broke GPC; photo with ID demanded for all requests.',
    'venable, orrick, lexblog',
    'S',
  ],
  [
    'E5',
    'Healthline 2025, $1.55m: opted-out users still tracked; article titles revealing diagnosis sent; partner assumed bound by an industry contract was not; deprecated signal string.',
    'sourcepoint, ketch, mwe',
    'S',
  ],
  [
    'E6',
    'Tractor Supply 2025, $1.35m: form did nothing to trackers; GPC off to July 2024; job-applicant notices were at issue; policy not updated yearly; contracts.',
    'orrick, seresa',
    'S',
  ],
  [
    'E7',
    'Sling TV 2025, $530,000: link led to cookie settings; logged-in users retyped data; no in-app route; no child profile.',
    'einpresswire (AG text), callaborlaw',
    'S',
  ],
  [
    'E8',
    "Disney 2026, $2.75m: opt-out only per device/service, up to 10 needed; webform did not reach the app's ad SDKs.",
    'troutmanprivacy, compliancehub',
    'S',
  ],
  [
    'E9',
    'PlayOn 2026, $1.1m: "agree" wall; opt-out delegated to NAI/DAA pages; signals ignored; 13-15s.',
    'ccpaauditkit, metaformena, mondaq 1755186',
    'S',
  ],
  ['E10', 'Ford 2026, $375,703: email verification before an opt-out counted.', 'mondaq 1756894, consenteo', 'S'],
  [
    'E11',
    'GM 2026, $12.75m: driving data sold, collected for another purpose, minimisation.',
    'ourtake.bakerbotts',
    'S',
  ],
  [
    'E12',
    'GoodRx 2023: health data and ids to Facebook/Google/Criteo against the policy; false compliance badge.',
    'calawyers.org',
    'S',
  ],
  [
    'E13',
    'BetterHelp 2023, $7.8m: emails, IPs, intake answers uploaded for look-alikes; a junior employee decided.',
    'hintzelaw, dataprotectionreport',
    'S',
  ],
  ['E14', 'Flo 2021: custom event names leaked pregnancy weeks via SDK.', 'eyeonprivacy', 'S'],
  [
    'E15',
    'Premom 2023: promised "non-identifiable", sent device ids abroad, weakly encrypted.',
    'wsgrdataadvisor',
    'S',
  ],
  ['E16', 'Pattern of all: every CCPA action to 2026-02 involves opt-out.', 'troutmanprivacy', 'S'],
]
