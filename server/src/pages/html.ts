/**
 * HTML as values: a template escapes whatever is put into it, so that text of a policy or a store stays text.
 * Sound for element content and for attributes in double quotes; not for scripts, styles or unquoted attributes, of
 * which our pages have none (tested), nor does it make an address safe to follow: see `mailLink` and `phoneLink`.
 */
const isMarkup: unique symbol = Symbol('markup')

export interface Html {
  readonly [isMarkup]: true
  readonly markup: string
}

/** What may stand in a template. Nothing is shown for what is absent. */
export type Part = Html | string | number | undefined | null | false | readonly Part[]

export function html(text: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = text.map((piece, at) => piece + (at < parts.length ? shown(parts[at]) : '')).join('')
  return { [isMarkup]: true, markup }
}

function shown(part: Part): string {
  if (part === undefined || part === null || part === false) return ''
  if (typeof part === 'string') return escapeText(part)
  if (typeof part === 'number') return String(part)
  // A symbol cannot come out of JSON: an object of a caller's making is never taken for markup.
  return isMarkup in part ? part.markup : part.map(shown).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign]!)
}

/** A link to write a mail. The address is encoded, so that it can bring neither headers nor another scheme. */
export function mailLink(address: string): Html {
  return html`<a href="mailto:${encodeURIComponent(address).replace('%40', '@')}">${address}</a>`
}

/** A link to call: digits and a leading plus alone (RFC 3966). */
export function phoneLink(number: string): Html {
  return html`<a href="tel:${number.replace(/(?!^\+)[^0-9]/g, '')}">${number}</a>`
}
