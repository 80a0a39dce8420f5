/** The first page: what this place is, and where to go from it. */
import type { BoardEntry } from '@avow/core/promise/board'
import { statusWords } from './board.ts'
import { type Html, html } from './html.ts'
import { statusBar, statusSign } from './status.ts'

export function homeContent(controller: string, entries: readonly BoardEntry[]): Html {
  const tally = (Object.keys(statusWords) as BoardEntry['status'][]).map((status) => ({
    status,
    n: entries.filter((entry) => entry.status === status).length,
  }))
  return html`<h1>How ${controller} keeps its word</h1>
<p class="lede">A privacy policy is a set of promises. Here they are rules that run, and whether each holds is looked up, not asserted.</p>
<section aria-labelledby="today">
<h2 id="today">Today</h2>
${statusBar(tally)}
<ul class="filters">${tally.map(
    ({
      status,
      n,
    }) => html`<li><a class="filter ${status}" href="/promises?status=${status}">${statusSign(status)} <span class="n">${n}</span> ${statusWords[status].word}</a></li>
`,
  )}</ul>
</section>
<section aria-labelledby="places">
<h2 id="places">Where to look</h2>
<dl class="places">
<div><dt><a href="/privacy">Privacy notice</a></dt><dd>What is collected, why, who receives it, how long it is kept, and what you can ask for.</dd></div>
<div><dt><a href="/promises">Promises</a></dt><dd>Each promise with its rules, its evidence, what the evidence looked at, and when.</dd></div>
<div><dt><a href="/policy.json">The policy as data</a></dt><dd>The document that decides. Its version is the hash of its canonical form, so it cannot change unseen.</dd></div>
<div><dt><a href="/.well-known/avow/checkpoint">Ledger checkpoint</a></dt><dd>The signed state of the record of what was done. Keep one: no later state can contradict it and still verify.</dd></div>
</dl>
</section>`
}
