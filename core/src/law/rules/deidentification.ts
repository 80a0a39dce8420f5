/** De-identification as checks a program can make. Ids begin with N; what the columns mean is in ../rules.ts. */
import type { RuleRow } from '../rules.ts'

export const deidentification: readonly RuleRow[] = [
  [
    'N1',
    'A dataset is "deidentified" only if (A) reasonable measures against association with a person or household, (B) a public commitment to keep it so and not re-identify, (C) every recipient contractually bound to all of it.',
    'P24 1798.140(m)',
    'R',
  ],
  ['N2', 'Re-identification is attempted solely to test the process itself.', 'P24 1798.140(m)(B)', 'R'],
  [
    'N3',
    'No join key from de-identified to personal stores; salts destroyed or held apart; the code graph has no import from one to the other.',
    'N1 + ours',
    'G',
  ],
  [
    'N4',
    'HIPAA safe harbour profile: the 18 classes absent; ZIP3 only if area > 20,000 else 000; dates to year; ages > 89 to "90+"; no URLs, IPs, device ids; no actual knowledge.',
    'johndcook.com, hrp.weill.cornell.edu, hipaa.ohio.gov text',
    'R',
  ],
  ['N5', 'Safe harbour is not anonymity under GDPR: also report singling out, linkability, inference.', '(WP216)', 'G'],
  [
    'N6',
    'k-anonymity >= k over declared quasi-identifiers, l-diversity on sensitive, small-cell suppression in aggregates (k, l are our parameters).',
    'NIST SP 800-188 topics; ISO/IEC 20889 names',
    'G',
  ],
  [
    'N7',
    'Governance: choose a sharing model, a review board decision, a measurable standard, re-identification study before release.',
    'nist.gov abstract of SP 800-188',
    'R',
  ],
  [
    'N8',
    'Technique name recorded from the ISO/IEC 20889 families (statistical, cryptographic, suppression, pseudonymisation, anatomisation, generalisation, randomisation, synthetic); pseudonymisation alone never earns `deidentified`.',
    'EDPB-E for the second half',
    'G',
  ],
  [
    'N9',
    'Hashed email, cookie id, IP, advertising id are personal data.',
    'BetterHelp, Premom, Flo; P24 (v)(1)(A)',
    'S',
  ],
  ['N10', 'Deletion by de-identification (K45) needs N1-N3 to hold for the output.', '7022(b)(1)', 'R'],
]
