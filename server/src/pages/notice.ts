/**
 * The privacy notice: what people have a right to be told (GDPR Articles 13 and 14; Cal. Civ. Code 1798.130(a)(5)),
 * from what the policy permits and not from what somebody wrote about it. An anchor for each promise, each with the way
 * to its evidence. Decides nothing: the facts come from core/src/policy/notice.ts.
 */
import type { RetentionClock, Standing } from '@avow/core/policy/document'
import type { Named, Notice } from '@avow/core/policy/notice'
import { type Html, html, mailLink, type Part, phoneLink } from './html.ts'
import { lawContent } from './law.ts'

const parts = [
  { anchor: 'promises', title: 'What we promise' },
  { anchor: 'collected', title: 'What is collected, and where' },
  { anchor: 'purposes', title: 'What it is used for' },
  { anchor: 'recipients', title: 'Who else receives it' },
  { anchor: 'retention', title: 'How long it is kept' },
  { anchor: 'rights', title: 'What you can ask for' },
  { anchor: 'contact', title: 'Whom to turn to' },
] as const

export function noticeContent(notice: Notice): Html {
  return html`<h1>Privacy notice</h1>
<p class="lede">How ${notice.controller.name} handles personal data: read out of the policy by which decisions are made, not written beside it. Whether a promise is true today stands on <a href="/promises">its board</a>.</p>
<nav aria-label="On this page" class="contents"><ol>${parts.map(({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>`)}</ol></nav>
${section('promises', promisesPart(notice))}
${section('collected', collectedPart(notice))}
${section('purposes', purposesPart(notice))}
${section('recipients', recipientsPart(notice))}
${section('retention', retentionPart(notice))}
${section('rights', rightsPart(notice))}
${section('contact', contactPart(notice))}`
}

function section(anchor: (typeof parts)[number]['anchor'], content: Html): Html {
  const title = parts.find((part) => part.anchor === anchor)?.title
  return html`<section><h2 id="${anchor}">${title}</h2>
${content}
</section>
`
}

function promisesPart({ chapters }: Notice): Html {
  return html`${chapters.map(
    (chapter) => html`<h3 id="chapter-${chapter.anchor}">${chapter.title}</h3>
<ul class="plain">${chapter.promises.map(
      (
        promise,
      ) => html`<li id="${promise.anchor}">${promise.title} <a class="evidence" href="/promises#${promise.anchor}">is it true?<span class="hidden"> ${promise.title}</span></a></li>
`,
    )}</ul>
`,
  )}`
}

function collectedPart({ contexts, categories, sources }: Notice): Html {
  return html`<p>Where data comes from decides what may happen to it. These are the places, and the kinds of data that may be collected in each.</p>
<dl class="pairs">${contexts.map((context) => pair(capital(context.title), list(context.categories, 'nothing by itself')))}</dl>
<h3>The kinds of data</h3>
${categories.map(
  (category) => html`<details><summary>${capital(category.title)}</summary>
<dl>
${pair('Such as', titles(category.fields))}
${category.fields.some((field) => field.isSensitive) && pair('Sensitive', titles(category.fields.filter((field) => field.isSensitive)))}
${pair('Used for', list(category.purposes, 'nothing'))}
${pair('Received by', list(category.recipients, 'nobody outside the company'))}
${category.ccpa !== null && pair('In California', `category ${category.ccpa} of Cal. Civ. Code 1798.140(v)(1)`)}
</dl>
</details>
`,
)}
<h3>Where we have it from</h3>
<ul class="plain">${sources.map((source) => html`<li>${capital(source.title)}</li>`)}</ul>`
}

function purposesPart({ purposes }: Notice): Html {
  return html`${purposes.map(
    (purpose) => html`<details><summary>${capital(purpose.title)}</summary>
<dl>
${pair('Because of', purpose.basisTitle)}
${pair('Data from', list(purpose.contexts, 'nowhere: nothing permits it'))}
${pair('Kinds', list(purpose.categories, 'none'))}
${pair('Received by', list(purpose.recipients, 'nobody outside the company'))}
${purpose.advertising !== null && pair('Advertising', purpose.advertising === 'own' ? 'our own' : 'of third parties, by what you do elsewhere')}
</dl>
</details>
`,
  )}`
}

const standings: Readonly<Record<Standing, string>> = {
  processor: 'works for us, on our instructions, while its contract is complete',
  thirdParty: 'decides for itself what it does with the data',
  sameBusiness: 'belongs to the same business',
  authority: 'may demand data under the law',
  successor: 'may take the business over',
  public: 'whoever reads what you publish',
}

function recipientsPart({ recipients }: Notice): Html {
  return html`${recipients.map(
    (recipient) => html`<details><summary>${capital(recipient.title)}</summary>
<dl>
${pair('Who', standings[recipient.standing])}
${pair('Receives', list(recipient.categories, 'nothing: no rule permits it'))}
${recipient.purposes.length > 0 && pair('For', titles(recipient.purposes))}
</dl>
</details>
`,
  )}`
}

const clocks: Readonly<Record<RetentionClock, string>> = {
  collection: 'it was collected',
  lastActivity: 'you were last active',
  endOfRelationship: 'our relationship ended',
  transaction: 'the transaction',
}

function retentionPart({ retention, contexts, categories, purposes }: Notice): Html {
  const some = (named: readonly Named[], all: readonly Named[], whole: string) =>
    named.length === all.length ? whole : titles(named)
  return html`<p>Where several of these apply, the shortest holds, but never less than the law demands.</p>
<div class="wide" role="region" aria-labelledby="retention" tabindex="0">
<table>
<thead><tr><th scope="col">What</th><th scope="col">From</th><th scope="col">How long</th><th scope="col">Why</th></tr></thead>
<tbody>${retention.map(
    (rule) => html`<tr>
<th scope="row">${some(rule.categories, categories, 'Everything')}${rule.purposes.length < purposes.length && html` <span class="source">for ${titles(rule.purposes)}</span>`}</th>
<td>${some(rule.contexts, contexts, 'anywhere')}</td>
<td>${duration(rule.days)} after ${clocks[rule.clock]}${rule.atLeastDays !== null && html`, at least ${duration(rule.atLeastDays)}`}; then ${rule.then === 'erase' ? 'erased' : 'anonymised'}</td>
<td>${capital(rule.because)}</td>
</tr>
`,
  )}</tbody>
</table>
</div>`
}

function rightsPart({ rights }: Notice): Html {
  return html`<dl class="pairs">${rights.map(
    (right) => html`<div><dt>${capital(right.title)}</dt><dd>${
      right.law.length > 0 &&
      html`<details><summary>The law behind it<span class="hidden">: ${right.title}</span></summary><ul class="lines">${right.law.map(lawContent)}</ul></details>`
    }</dd></div>
`,
  )}</dl>`
}

function contactPart({ controller }: Notice): Html {
  const { contact, subsidiaries } = controller
  return html`<address><dl class="pairs">
${pair('Company', controller.name)}
${pair('Mail', mailLink(contact.email))}
${pair('Phone', phoneLink(contact.phone))}
${contact.postal !== undefined && pair('Letter', contact.postal)}
${subsidiaries.length > 0 && pair('Subsidiaries', subsidiaries.map(({ name }) => name).join(', '))}
</dl></address>
<p>If we do not settle it with you, you can complain to the data protection authority of the country you live in: in the United Kingdom the Information Commissioner, in the European Economic Area the <a href="https://www.edpb.europa.eu/about-edpb/about-edpb/members_en" rel="external noreferrer">authority of your country</a> (this link leaves our site), in California the Privacy Protection Agency or the Attorney General.</p>`
}

const pair = (title: Part, content: Part) => html`<div><dt>${title}</dt><dd>${content}</dd></div>
`

const titles = (named: readonly { readonly title: string }[]) => named.map(({ title }) => title).join('; ')
const list = (named: readonly Named[], none: string) => (named.length === 0 ? none : titles(named))

/** A policy writes its titles to stand in a sentence; here each begins one. */
const capital = (title: string) => title.charAt(0).toUpperCase() + title.slice(1)

const many = (number: number, unit: string) => `${number} ${unit}${number === 1 ? '' : 's'}`

/** Days as people count them, where a number of years or months comes within a day of them; and the days themselves. */
function duration(days: number): string {
  for (const [unit, length] of [
    ['year', 365.25],
    ['month', 30.4375],
  ] as const) {
    const number = Math.round(days / length)
    if (number > 0 && Math.abs(days - number * length) < 1) return `${many(number, unit)} (${days} days)`
  }
  return many(days, 'day')
}
