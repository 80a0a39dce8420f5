/**
 * What every page has around its content: head, banner, way about, and which version of which policy is shown.
 * No script, no style in the markup, nothing from elsewhere: the content security policy would refuse it anyway.
 */
import { type Html, html } from './html.ts'

export interface Site {
  readonly controller: string
  readonly policyVersion: string
  /** ISO day. */
  readonly effectiveDay: string
  readonly demonstration: boolean
}

export interface Page {
  /** Address of the entry of the navigation that this page is. */
  readonly at: string
  readonly title: string
  readonly content: Html
}

const places = [
  { at: '/', title: 'Overview' },
  { at: '/privacy', title: 'Privacy notice' },
  { at: '/promises', title: 'Promises' },
] as const

/** The whole document as text. */
export function document(site: Site, page: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${page.title} · ${site.controller}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
${site.demonstration && html`<p class="demonstration">A demonstration: the people in this data are made up.</p>`}
<div class="top">
<a class="home" href="/">${site.controller}</a>
<nav aria-label="Main">
<ul class="ways">${places.map((place) => html`<li><a class="way" href="${place.at}"${place.at === page.at && html` aria-current="page"`}>${place.title}</a></li>`)}</ul>
</nav>
</div>
</header>
<main id="content">
${page.content}
</main>
<footer>
<p>Policy in force since ${day(site.effectiveDay)}. Version <a href="/policy.json"><code title="${site.policyVersion}">${site.policyVersion.slice(0, 12)}</code></a>. This site sets no cookie and runs no script.</p>
</footer>
</body>
</html>
`.markup
}

/** A page in place of one that cannot be shown. */
export function faultPage(site: Site, status: number, detail: string): string {
  const title = status === 404 ? 'Nothing here' : status === 429 ? 'Too many visits' : 'This did not work'
  return document(site, {
    at: '',
    title,
    content: html`<h1>${title}</h1><p class="lede">${sentence(detail)}</p><p><a href="/">Back to the overview</a></p>`,
  })
}

const dayForm = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const timeForm = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

export function day(isoDay: string): Html {
  return html`<time datetime="${isoDay}">${dayForm.format(new Date(`${isoDay}T00:00:00Z`))}</time>`
}

export function moment(atMs: number): Html {
  const at = new Date(atMs)
  return html`<time datetime="${at.toISOString()}">${timeForm.format(at)} UTC</time>`
}

const counts = new Intl.NumberFormat('en-GB')

/** `1 record`, `1,204 records`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${counts.format(number)} ${number === 1 ? one : many}`
}

/** A line of an error or a finding as a sentence. */
export function sentence(line: string): string {
  const text = line.charAt(0).toUpperCase() + line.slice(1)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
