/** W3C DPV 2.3 and what is exported in its terms. Ids begin with V; what the columns mean is in ../rules.ts. */
import type { RuleRow } from '../rules.ts'

export const vocabulary: readonly RuleRow[] = [
  [
    'V1',
    'Pin DPV 2.3 IRIs `https://w3id.org/dpv#Term` (and `/pd#`, `/loc#`, `/legal/eu/gdpr#`, `/legal/us#`, `/legal/gb#`, `/justifications#`); a build check proves each mapped term exists in the pinned CSV.',
    'DPV',
    'R',
  ],
  [
    'V2',
    'Terms that do not exist in 2.3 and must not be invented: MarketResearch, Rectify, Minor, ProductInnovation, DataTransferSafeguard (use SafeguardForDataTransfer), LawEnforcementAuthority (use LawEnforcementOrganisation), any "Retention" (use StorageDuration/StorageDeletion).',
    'DPV',
    'R',
  ],
  [
    'V3',
    'Rights requests: RightExerciseActivity, RightExerciseRecord, RightFulfilmentNotice, RightNonFulfilmentNotice with hasJustification (justifications: IdentityVerificationFailure, ProcessExcessive, LegallyExempted, DelayJustification, ...).',
    'DPV guides/rights',
    'R',
  ],
  [
    'V4',
    'Consent record (TS 27560): mandatory = schema version, record id, PII principal id; privacy notice, language, purpose, PII information, controllers, storage locations, retention period, jurisdiction, recipients, withdrawal method; pii type; party id, address, name, contact, type; event time, validity duration, entity id, event type, event state. Receipt adds receipt id.',
    'DPV guides/consent-27560 table (ISO text itself not read)',
    'R',
  ],
  [
    'V5',
    'GDPR adds as mandatory what 27560 leaves optional: lawful basis, collection method, processing location, restrictions, rights, authority, necessity, special category.',
    'same',
    'R',
  ],
  [
    'V6',
    'A receipt in DPV: ConsentReceipt + hasIdentifier + hasRecordOfActivity + dct:created + dct:conformsTo https://w3id.org/dpv/schema/dpv-27560.',
    'same',
    'R',
  ],
  [
    'V7',
    'ODRL: dpv:Process -> odrl:Policy; Processing -> Action; PersonalData -> Asset (target); Purpose/Recipient/LegalBasis/Location/Duration -> LeftOperand constraints with isA; a process without rules reads as permission, so prohibitions must be explicit.',
    'DPV guides/dpv-odrl, mappings/odrl',
    'R',
  ],
  [
    'V8',
    'RoPA export uses RecordsOfActivities; Art. 30 fields all mapped.',
    'DPV guides/gdpr-ropa (headings seen)',
    'R',
  ],
]
