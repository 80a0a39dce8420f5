/** A rule of law as the pages show it: what it asks, where it stands, and how well we know it (spec/law.md). */
import { gradeWords, lawRules } from '@avow/core/law/rules'
import { type Html, html } from './html.ts'

/** One item of a list. An id that nobody has read up is shown alone. */
export function lawContent(id: string): Html {
  const rule = Object.hasOwn(lawRules, id) ? lawRules[id] : undefined
  if (rule === undefined) return html`<li><code>${id}</code></li>`
  return html`<li><code>${id}</code> ${rule.says} <span class="source">${rule.source}; ${gradeWords[rule.grade]}.</span></li>`
}
