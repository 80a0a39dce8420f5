/**
 * The twelve categories of the policy, with the statute's own names (Cal. Civ. Code 1798.140(v)(1), rule K74) and terms
 * of W3C DPV 2.3, from its core and personal-data vocabularies (rule V1; the pinned list is in spec/vectors).
 * Whether a field is sensitive is a flag on the field, not a matter of its category.
 */
export const categories = {
  identifiers: {
    title: 'Individual identifiers',
    ccpa: 'A',
    dpv: ['Identifying', 'Name', 'EmailAddress', 'PhysicalAddress', 'IPAddress'],
  },
  inferences: { title: 'Inferences', ccpa: 'K', dpv: ['InferredPersonalData', 'Profile', 'Preference'] },
  customerRecords: { title: 'Customer records', ccpa: 'B', dpv: ['Professional', 'CurrentEmployment'] },
  education: { title: 'Educational information', ccpa: 'J', dpv: ['Education', 'EducationQualification'] },
  commercial: { title: 'Commercial information', ccpa: 'D', dpv: ['Transactional', 'Purchase', 'PaymentCard'] },
  electronicNetwork: {
    title: 'Electronic network information',
    ccpa: 'F',
    dpv: ['BrowsingBehaviour', 'BrowserFingerprint', 'UserAgent', 'Tracking'],
  },
  geolocation: { title: 'Geolocation data', ccpa: 'G', dpv: ['Location', 'GPSCoordinate'] },
  audioVisual: {
    title: 'Audio and visual information',
    ccpa: 'H',
    dpv: ['VoiceCommunicationRecording', 'Picture'],
  },
  protectedClass: {
    title: 'Protected class information',
    ccpa: 'C',
    dpv: ['Age', 'Gender', 'Race', 'EthnicOrigin'],
  },
  employment: {
    title: 'Professional and employment-related information',
    ccpa: 'I',
    dpv: ['EmploymentHistory', 'WorkHistory'],
  },
  sensitive: {
    title: 'Sensitive personal information under law',
    ccpa: 'L',
    dpv: ['SpecialCategoryPersonalData', 'Health', 'OfficialID'],
  },
  other: {
    title: 'Other information, which does not directly identify',
    dpv: ['AnonymisedData', 'NonPersonalData'],
  },
} as const
