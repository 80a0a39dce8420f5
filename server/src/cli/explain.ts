/** `avow explain`: why a decision falls as it does, and what would turn it. Runs here, on core alone. */
import { type Change, type Explanation, explain, type FactPlace } from '@avow/core/decision/explain'
import { Command } from 'commander'
import { formatDecision, type RequestOptions, readRequest, withRequest } from './decide.ts'
import { exit } from './exit.ts'
import { printJson, type Shell } from './shell.ts'

export function explainCommand(shell: Shell): Command {
  const command = new Command('explain').description('why a decision falls as it does, and what would turn it')
  return withRequest(command).action(async (options: RequestOptions) => {
    const { table, request } = await readRequest(shell, options)
    const explanation = explain(table, request)
    if (explanation.decision.kind === 'deny') shell.exit = exit.finding
    if (options.json) return printJson(shell, explanation)
    shell.terminal.out(formatDecision(table.policy, explanation.decision) + formatReasons(explanation))
  })
}

function formatReasons({ rules, unknown, changes, decision }: Explanation): string {
  const matching = rules.map(
    ({ rule, kind, isCertain }) => `  ${kind} ${rule}${isCertain ? '' : ', for some values of what is not known'}\n`,
  )
  const open = unknown.map((place) => `  ${nameOf(place)}\n`)
  const turning = changes.map((change) => `  ${formatChange(change)}\n`)
  return [
    ...titled('rules that match', matching),
    ...titled('facts not known that it hangs on', open),
    ...titled(decision.kind === 'deny' ? 'it would be permitted with' : 'it would be denied with', turning),
  ].join('')
}

const titled = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`${title}:\n`, ...lines])

const nameOf = ({ fact, label }: FactPlace) => (label === undefined || label === 0 ? fact : `${fact} of label ${label}`)

function formatChange({ facts, decision }: Change): string {
  const by = decision.rule === null ? 'no rule permits it' : `by rule ${decision.rule}`
  return `${facts.map((each) => `${nameOf(each)}=${each.value}`).join(' and ')} (${by})`
}
