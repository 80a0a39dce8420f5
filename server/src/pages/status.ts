/** The signs of the four statuses, and the bar that shows how many promises have each. Shapes first, colour second. */
import type { PromiseStatus } from '@avow/core/promise/board'
import { type Html, html } from './html.ts'

const shapes: Readonly<Record<PromiseStatus, Html>> = {
  evidenced: html`<circle cx="8" cy="8" r="7.25"/><path class="mark" d="M4.6 8.4l2.3 2.3 4.5-5"/>`,
  failing: html`<path d="M8 .9 15.4 14.6H.6Z"/><path class="mark" d="M8 6v4.2M8 12v.6"/>`,
  'not-exercised': html`<circle class="open" cx="8" cy="8" r="6.5"/><path class="line" d="M4.8 8h6.4"/>`,
  'not-yet': html`<circle class="open dashed" cx="8" cy="8" r="6.5"/>`,
}

/** Beside its word, never instead of it: hidden from readers of the text. */
export function statusSign(status: PromiseStatus): Html {
  return html`<svg class="sign ${status}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${shapes[status]}</svg>`
}

/** How the promises divide. The same figures stand as text beside it. */
export function statusBar(tally: readonly { readonly status: PromiseStatus; readonly n: number }[]): Html | false {
  const total = tally.reduce((sum, { n }) => sum + n, 0)
  if (total === 0) return false
  const starts = tally.map((_, at) => tally.slice(0, at).reduce((sum, { n }) => sum + n, 0))
  return html`<svg class="bar" viewBox="0 0 ${total} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">${tally.map(
    ({ status, n }, at) => n > 0 && html`<rect class="${status}" x="${starts[at]}" y="0" width="${n}" height="1"/>`,
  )}</svg>`
}
