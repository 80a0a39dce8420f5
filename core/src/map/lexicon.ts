/**
 * What names of columns and of fields have in common: the words for the things that are kept about people. A column is
 * matched with a policy's own fields by concept, so no field name is built in.
 * Does not: look at values (server/src/detect does), or decide: its guesses are marked as guesses.
 */

/** Words of a name or title, lower case: `customerEmail_2` → customer, email. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 0)
}

/**
 * Concept → what a name must hold, tried on its words joined by blanks. Order matters: the first that fits is it, so
 * what is particular (an IP address) stands before what is general (an address).
 */
const concepts: Readonly<Record<string, RegExp>> = {
  emailHash: /\be? ?mail (hash|md5|sha)|hashed e ?mail/,
  ip: /\bip( address| addr)?\b|\bremote addr/,
  userAgent: /\buser agent\b|\bbrowser\b|\bua\b/,
  mac: /\bmac address\b/,
  consent: /\bopt (in|out)|\bunsubscribed?\b|\bconsent|\bpreferences?\b|accepts marketing/,
  webAddress: /\b(url|uri|website|web site|homepage|link|href|domain)\b/,
  email: /\be ?mail\b(?! (sent|verified|confirmed|count|status|type|template))/,
  phone: /\b(tele)?phones?\b|\bmobile\b|\bwhats ?app\b|\bcell\b|\bfax\b|\btel\b|\bmsisdn\b|\bsms number\b/,
  cardDigits: /\blast ?(four|digits)\b|\bcard (number|last)|\bpan\b|\bccn\b/,
  bank: /\biban\b|\bbank account|\baccount number\b|\brouting\b|\bsort code\b|\bswift\b|\bbic\b/,
  paymentToken: /\bpayment (token|method)|\bstripe\b/,
  governmentId:
    /\bssn\b|\bsocial security\b|\bpassport|\bdriver'?s? licen[cs]e|\bnational id|\btax id|\bnino\b|\bvat (id|number)/,
  birth: /\b(date of birth|birth ?(date|day)|dob|born|birth)\b/,
  age: /\bage\b(?! of)/,
  gender: /\bgender\b|\bsex\b|\bpronouns?\b|\bsalutation\b/,
  health: /\bhealth|\bmedical|\bdiagnos|\bdisabilit|\baccessibility need|\bdiet|\ballerg/,
  religion: /\breligio|\bfaith\b/,
  ethnicity: /\bethnic|\brace\b/,
  union: /\btrade union|\bunion member/,
  politics: /\bpolitical/,
  orientation: /\borientation\b/,
  marital: /\bmarital/,
  nationality: /\bnationality|\bcitizenship/,
  biometric: /\bbiometric|\bfingerprint|\bfaceprint|\bface id\b/,
  credentials: /\bpassword|\bpasswd|\bpwd\b|\bsecret\b|\bapi key\b|\baccess token\b|\bauth token\b/,
  coordinates: /\b(lat|lng|lon|long)(itude)?\b|\bgeo ?(location|point|hash)?\b|\bcoordinates?\b|\bgps\b/,
  cookie: /\bcookie|\bidf[av]\b|\bandroid id\b|\bvisitor id\b|\banonymous id\b|\bclient id\b/,
  device: /\bdevice\b|\bimei\b|\badvertising id\b/,
  os: /\boperating system\b|\bos\b/,
  pageViews: /\bpages? (viewed|view|path|visited)|\bpath\b|\breferr?er\b/,
  postcode: /\bpost(al)? ?code\b|\bzip( ?code)?\b/,
  street: /\b(street|address|addr|adress|line ?(one|two)?|apartment|house|suite)\b/,
  city: /\bcity\b|\btown\b|\blocality\b/,
  region: /\b(state|province|county|region)\b(?! (machine|code of))/,
  country: /\bcountry\b/,
  location: /\blocation\b|\btime ?zone\b/,
  photo: /\bphoto|\bavatar|\bpicture|\bself image|\bportrait\b/,
  recording: /\brecording\b|\bvoice\b|\bvideo\b|\baudio\b/,
  signature: /\bsignature\b/,
  salary: /\bsalary|\bwage|\bincome\b|\bcompensation\b/,
  employer: /\bemployer\b|\bcompany( name)?\b|\borgani[sz]ation name\b|\bworkplace\b/,
  jobTitle: /\b(job|position) ?title\b|^title$|\boccupation\b|\bprofession\b|\bjob\b/,
  degree: /\bdegree\b|\bqualification/,
  school: /\bschool\b|\buniversity\b|\bcollege\b/,
  handle: /\b(user ?name|screen ?name|nick ?name|handle|login|display ?name)\b/,
  name: /\b(first|last|middle|full|given|family|sur|maiden|fore|contact|person|customer|author|real)[ ]?name\b|\bsurname\b|\binitials\b|^name$|\b(fname|lname)\b/,
  language: /\blanguage|\blocale\b/,
  freeText: /\b(message|comments?|body|text|notes?|feedback|bio|biography|about|answer|transcript|remarks?|review)\b/,
  subject: /\bsubject\b/,
  search: /\bsearch (query|term)|\bquery\b/,
}

/** Last words of names that tell of a value rather than hold it: `email_verified_at`, `address_id`, `comment_count`. */
const telltale =
  /\b(at|on|count|modified|datetime|type|status|verified|confirmed|sent|enabled|template|quality|defined|settings?)$/
/** The few kinds of which an id is itself the thing. */
const byId = new Set(['cookie', 'device', 'governmentId', 'paymentToken', 'consent'])

/** The concept of a name or title; undefined where none fits. */
export function conceptOf(words: readonly string[]): string | undefined {
  const text = words.join(' ')
  const found = Object.keys(concepts).find((name) => concepts[name]!.test(text))
  if (telltale.test(text) && found !== 'consent' && found !== 'device') return undefined
  return words.at(-1) === 'id' && found !== undefined && !byId.has(found) ? undefined : found
}

/** Names of what runs the product and says nothing of a person. */
const operational =
  /\b(created|updated|modified|deleted|inserted|version|status|state machine|type|kind|count|total|position|sort|order|flag|enabled|active|currency|price|amount|quantity|sku|slug|uuid|hash|checksum|etag|revision|locale code|is|has)\b/

export const isOperational = (words: readonly string[]): boolean => operational.test(words.join(' '))

const small = new Set([
  'a',
  'an',
  'the',
  'of',
  'in',
  'on',
  'at',
  'to',
  'by',
  'for',
  'and',
  'or',
  'from',
  'is',
  'it',
  'put',
  'into',
])

/** Words that tell things apart, in the singular. */
export const telling = (words: readonly string[]): string[] =>
  words.filter((word) => !small.has(word)).map((word) => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word))
