/**
 * The promise board: what is promised, whether it is true today, and what shows it. A status is told by its word and
 * by the shape of its sign, never by colour alone. Decides nothing: the statuses come from core/src/promise/board.ts.
 */
import { anchorOf } from '@avow/core/policy/notice'
import type { BoardEntry, EvidenceResult, PromiseStatus } from '@avow/core/promise/board'
import { type Html, html } from './html.ts'
import { lawContent } from './law.ts'
import { count, moment, sentence } from './layout.ts'
import { statusBar, statusSign } from './status.ts'

export const statusWords: Readonly<Record<PromiseStatus, { readonly word: string; readonly means: string }>> = {
  evidenced: { word: 'Evidenced', means: 'its evidence has run, looked at something, and holds' },
  failing: { word: 'Failing', means: 'its evidence found a breach' },
  'not-exercised': { word: 'Not exercised', means: 'its evidence has run and found nobody it could look at' },
  'not-yet': { word: 'Not yet', means: 'something it needs is not built, not run or not connected' },
}
const statuses = Object.keys(statusWords) as PromiseStatus[] // its own keys

export function isStatus(word: string | undefined): word is PromiseStatus {
  return statuses.some((status) => status === word)
}

export interface Board {
  readonly controller: string
  readonly entries: readonly BoardEntry[]
  /** Only promises of this status are listed; all where absent. */
  readonly only?: PromiseStatus | undefined
}

export function boardContent({ controller, entries, only }: Board): Html {
  const tally = statuses.map((status) => ({ status, n: entries.filter((entry) => entry.status === status).length }))
  const listed = only === undefined ? entries : entries.filter((entry) => entry.status === only)
  const chapters = [...new Set(listed.map((entry) => entry.chapter))]
  return html`<h1>Promises</h1>
<p class="lede">What ${controller} promises about personal data, and for each promise whether it is true today and what shows it. Nothing here is green because somebody wrote a sentence.</p>
${statusBar(tally)}
<nav aria-label="Filter by status">
<ul class="filters">
<li><a class="filter" href="/promises"${only === undefined && html` aria-current="true"`}><span class="n">${entries.length}</span> All</a></li>
${tally.map(
  ({
    status,
    n,
  }) => html`<li><a class="filter ${status}" href="/promises?status=${status}"${only === status && html` aria-current="true"`}>${statusSign(status)} <span class="n">${n}</span> ${statusWords[status].word}</a></li>
`,
)}</ul>
</nav>
<dl class="meanings">${statuses.map((status) => html`<div><dt>${statusWords[status].word}</dt><dd>${statusWords[status].means}</dd></div>`)}</dl>
${
  listed.length === 0
    ? html`<p class="empty">No promise has this status. <a href="/promises">Show all of them</a>.</p>`
    : chapters.map((chapter) => chapterContent(chapter, listed))
}
<p class="aside">The same as data: <a href="/promises.json">promises.json</a>.</p>`
}

function chapterContent(chapter: string, listed: readonly BoardEntry[]): Html {
  const own = listed.filter((entry) => entry.chapter === chapter)
  return html`<section>
<h2>${sentence(chapter).replace(/\.$/, '')}</h2>
<ul class="promises">${own.map((entry) => promiseContent(entry))}</ul>
</section>
`
}

function promiseContent(entry: BoardEntry): Html {
  return html`<li class="promise ${entry.status}" id="${anchorOf(entry.id)}">
<article>
<p class="status">${statusSign(entry.status)} ${statusWords[entry.status].word}</p>
<h3>${entry.title}</h3>
<p class="meta"><a class="permalink" href="#${anchorOf(entry.id)}"><code>${entry.id}</code></a>${entry.atMs !== null && html` · looked at ${moment(entry.atMs)}`}${entry.demonstration && html` · on demonstration data`}</p>
<details>
<summary>What shows it<span class="hidden">: ${entry.id}</span></summary>
<dl>
${entry.evidence.map(evidenceContent)}
${entry.missing.length > 0 && html`<div><dt>Missing</dt><dd><ul class="lines">${entry.missing.map((line) => html`<li>${sentence(withoutTicks(line))}</li>`)}</ul></dd></div>`}
<div><dt>Rules</dt><dd>${entry.rules.length === 0 ? 'None: it is kept by something other than a decision.' : codes(entry.rules)}</dd></div>
${entry.scope !== '' && html`<div><dt>Scope</dt><dd>${sentence(withoutTicks(entry.scope))}${storesOf(entry.evidence)}</dd></div>`}
${entry.law.length > 0 && html`<div><dt>Law</dt><dd><ul class="lines">${entry.law.map((id) => lawContent(id))}</ul></dd></div>`}
</dl>
</details>
</article>
</li>
`
}

function evidenceContent(result: EvidenceResult): Html {
  const looked = result.kind === 'proof' ? count(result.examined, 'case') : count(result.examined, 'thing')
  return html`<div><dt>${result.kind === 'proof' ? 'Proof' : 'Query'}</dt><dd><code>${result.name}</code> ${result.holds ? 'holds' : 'does not hold'}; ${looked} looked at, ${moment(result.atMs)}.
${result.findings.length > 0 && html`<ul class="lines">${result.findings.map((line) => html`<li>${sentence(withoutTicks(line))}</li>`)}</ul>`}</dd></div>
`
}

function storesOf(evidence: readonly EvidenceResult[]): Html | false {
  const stores = new Map(evidence.flatMap((result) => result.scope.stores).map((store) => [store.name, store.level]))
  return (
    stores.size > 0 &&
    html` ${[...stores].map(([name, level]) => html`<span class="store"><code>${name}</code> is ${level}.</span> `)}`
  )
}

const codes = (names: readonly string[]) => names.map((name, at) => html`${at > 0 && ', '}<code>${name}</code>`)
const withoutTicks = (line: string) => line.replaceAll('`', '')
