/** `avow check`: whether a policy can stand, with everything that a person must mend. Runs here, on core alone. */
import { checkPolicy } from '@avow/core/policy/check'
import { Command } from 'commander'
import { readPolicy } from '../files/policyFile.ts'
import { exit } from './exit.ts'
import { policyPath } from './policyPath.ts'
import { printJson, type Shell, withJson, withPolicy } from './shell.ts'

export function checkCommand(shell: Shell): Command {
  const command = new Command('check').description(
    'look a policy over: unknown names, rules without a promise, conflicts',
  )
  return withJson(withPolicy(command)).action(async (options: { policy?: string; json?: true }) => {
    const path = policyPath(shell.terminal, options.policy)
    const policy = await readPolicy(path)
    const findings = checkPolicy(policy)
    shell.exit = findings.length === 0 ? exit.fine : exit.finding
    if (options.json) return printJson(shell, { policy: path, holds: findings.length === 0, findings })
    for (const { path: at, message } of findings) shell.terminal.out(`${at.join('.')}: ${message}\n`)
    const { rules, promises } = policy
    shell.terminal.out(
      findings.length === 0
        ? `the policy can stand: ${rules.length} rules for ${Object.keys(promises).length} promises\n`
        : `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}\n`,
    )
  })
}
