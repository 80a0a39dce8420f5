/**
 * Where personal information comes from: the seven contexts of the policy, and what it tells apart inside them.
 * A forbid that names a context covers its children; a permit names each by itself.
 * Private chat stands alone: public chat rooms are public posts, so they live under the community.
 */
export const contexts = {
  websites: { title: 'Websites, main domains and subdomains' },
  community: { title: 'Public forums and blogs', parent: 'websites' },
  publicChatRooms: { title: 'Public chat rooms', parent: 'community' },
  products: { title: 'Products and services: accounts, orders and what runs them' },
  customerContent: { title: 'Customer content: what customers put into the services', parent: 'products' },
  functionalData: { title: 'Functional data: what the systems behind the services generate', parent: 'products' },
  supportInformation: { title: 'Support information: service logs and troubleshooting data', parent: 'products' },
  social: { title: 'Social media' },
  applicants: { title: 'Job applicants' },
  research: { title: 'Market research' },
  offline: { title: 'Offline: events, telephone and customer service' },
  chat: { title: 'Private chat with the company' },
} as const

/** Where a value came from. Every record names one of these. */
export const sources = {
  person: { title: 'the person, directly or by using what we offer' },
  feedback: { title: 'feedback the person gave' },
  beacon: { title: "the company's own cookies and web beacons" },
  tracker: { title: 'tracking technology of a partner' },
  analyticsProvider: { title: 'an external analytics provider' },
  customer: { title: 'a customer, putting content into a service' },
  system: { title: 'a system behind the services' },
  socialPlatform: { title: 'a social media platform' },
  jobPosting: { title: 'a job posting at a third party' },
  recruiter: { title: 'a recruiter' },
  agency: { title: 'a third-party agency or research supplier' },
  contributor: { title: 'a third-party contributor' },
  existingDatabase: { title: 'an existing customer database' },
} as const

/** Facts this policy needs beside the standard ones. */
export const facts = {
  supplier: {
    about: 'value',
    title: 'whether the supplier of the value is named on the record',
    values: ['named', 'unnamed'],
  },
  originalLabels: {
    about: 'value',
    title: 'whether reused data still carries the labels it was first collected under',
    values: ['kept', 'lost'],
  },
} as const
