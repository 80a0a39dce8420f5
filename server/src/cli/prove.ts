/** `avow prove`: goes through all of a policy for each property it declares. A counter-example ends it with 1. */

import { type ProofResult, prove } from '@avow/core/decision/prove'
import type { Decision, DecisionRequest } from '@avow/core/decision/request'
import { AvowError } from '@avow/core/errors'
import { nearest } from '@avow/core/policy/nearest'
import { Command } from 'commander'
import { readSoundPolicy } from '../files/policyFile.ts'
import { exit } from './exit.ts'
import { policyPath } from './policyPath.ts'
import { startProgress } from './progress.ts'
import { printJson, type Shell, withJson, withPolicy } from './shell.ts'

export function proveCommand(shell: Shell): Command {
  const command = new Command('prove')
    .description('prove the properties of a policy, or show the smallest request that breaks one')
    .argument('[property...]', 'only these (default: all that the policy declares)')
  return withJson(withPolicy(command)).action(async (named: string[], options: { policy?: string; json?: true }) => {
    const policy = await readSoundPolicy(policyPath(shell.terminal, options.policy))
    const known = Object.keys(policy.properties)
    for (const name of named) {
      if (Object.hasOwn(policy.properties, name)) continue
      const near = nearest(name, known)
      throw new AvowError(
        'INPUT_INVALID',
        `unknown property \`${name}\`: ${near === undefined ? 'declare it in the policy' : `use \`${near}\``}`,
      )
    }
    const names = named.length === 0 ? known : named
    const progress = startProgress(shell.terminal)
    const results: { property: string; title: string; result: ProofResult }[] = []
    for (const [at, property] of names.entries()) {
      progress.update(at, names.length, property)
      // A proof holds the thread for a moment: the progress is let through before each.
      await new Promise((resolve) => setImmediate(resolve))
      const declared = policy.properties[property]!
      results.push({ property, title: declared.title, result: prove(policy, declared) })
    }
    progress.end()
    if (results.some(({ result }) => !result.holds)) shell.exit = exit.finding
    if (options.json)
      return printJson(
        shell,
        results.map(({ result, ...rest }) => ({ ...rest, ...result })),
      )
    for (const { property, title, result } of results) shell.terminal.out(`${property}: ${title}\n  ${told(result)}\n`)
    if (results.length === 0) shell.terminal.out('the policy declares no property\n')
  })
}

function told(result: ProofResult): string {
  if (result.holds) return `holds in all ${result.cells} cells, ${result.worlds} combinations of facts`
  if (result.vacuous) return `shows nothing: ${result.because}`
  const { request, decision, other } = result.counterexample
  const lines = [
    'does not hold: ask yourself',
    asked(request, decision),
    ...(other ? [asked(other.request, other.decision)] : []),
  ]
  return lines.join('\n    ')
}

function asked(request: DecisionRequest, { kind, rule }: Decision): string {
  return `avow decide ${formatRequest(request)}\n      ${kind}: ${rule === null ? 'no rule permits it' : `by rule ${rule}`}`
}

/** As `avow decide` takes it. */
export function formatRequest({ action, purpose, recipient, labels, facts }: DecisionRequest): string {
  const parts = [
    `--action ${action} --purpose ${purpose}`,
    ...(recipient === undefined ? [] : [`--recipient ${recipient}`]),
    ...labels.flatMap(({ context, category, field, facts: own }) => [
      `--context ${context} --category ${category}`,
      ...(field === undefined ? [] : [`--field ${field}`]),
      ...Object.entries(own ?? {}).map(([name, value]) => `--fact ${name}=${value}`),
    ]),
    ...Object.entries(facts).map(([name, value]) => `--fact ${name}=${value}`),
  ]
  return parts.join(' ')
}
