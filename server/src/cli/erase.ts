/** `avow erase`: erases a person, after showing what that means, and keeps the receipt. It cannot be undone. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { AvowError } from '@avow/core/errors'
import { Command } from 'commander'
import { identifierHelp, readIdentifier } from './identifier.ts'
import { carryOut, formatRequest, formatWholePlan, preview } from './request.ts'
import { printJson, type Shell, withClient, withConfig, withJson } from './shell.ts'

interface Options {
  readonly config?: string
  readonly json?: true
  readonly dryRun?: true
  readonly yes?: true
  readonly plan?: true
  readonly receipt?: string
}

const unconfirmed = 'an erasure cannot be undone: look first with `--dry-run`, then confirm it with `--yes`'

export function eraseCommand(shell: Shell): Command {
  const command = new Command('erase')
    .description('erase a person, search for what is left, and write the receipt')
    .argument('<who>', identifierHelp)
    .option('--dry-run', 'show the exact plan with its counts, and change nothing')
    .option('--plan', 'with --dry-run: every step in order with its reason')
    .option('--yes', 'do it without asking')
    .option('--receipt <file>', 'where to write the receipt (default: avow-receipt-ID.json here)')
  return withJson(withConfig(command)).action(async (who: string, options: Options) => {
    const { terminal } = shell
    if (!options.dryRun && !options.yes && !terminal.isWatched) throw new AvowError('INPUT_INVALID', unconfirmed)
    const subject = await readIdentifier(terminal, who)
    await withClient(shell, options.config, async (client) => {
      if (!options.yes || options.dryRun) {
        const plan = await preview(client, 'erase', subject)
        if (options.dryRun) {
          if (options.json) return printJson(shell, plan)
          return terminal.out(options.plan ? await formatWholePlan(client, plan) : formatRequest(plan))
        }
        terminal.err(formatRequest(plan))
        const said = await terminal.ask('This cannot be undone. Type "erase" to go on: ')
        if (said.trim() !== 'erase') throw new AvowError('INPUT_INVALID', 'nothing was erased: it was not confirmed')
      }
      const answer = await carryOut(shell, client, 'erase', subject)
      const file = resolve(terminal.folder, options.receipt ?? `avow-receipt-${answer.id}.json`)
      writeFileSync(file, `${JSON.stringify(answer.receipt, null, 2)}\n`, { mode: 0o600 })
      if (options.json) return printJson(shell, { ...answer, file })
      terminal.out(`${formatRequest(answer)}receipt: ${file}\nverify it with \`avow verify ${file}\`\n`)
    })
  })
}
