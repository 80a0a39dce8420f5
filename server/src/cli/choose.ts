/** `avow choose`: records what a person decided about their own data. */
import { chooseBody } from '@avow/core/api/choices'
import { parseInput } from '@avow/core/api/input'
import { Command } from 'commander'
import { identifierHelp, readIdentifier } from './identifier.ts'
import { printJson, type Shell, withClient, withConfig, withJson } from './shell.ts'

interface Options {
  readonly config?: string
  readonly json?: true
  readonly purpose?: string
}

export function chooseCommand(shell: Shell): Command {
  const command = new Command('choose')
    .description('record a choice of a person; every decision reads it from then on')
    .argument('<who>', identifierHelp)
    .argument('<choice>', 'consent, parentConsent, objection, restriction, optOut, limitSensitive, age or region')
    .argument('<state>', 'such as given, withdrawn, raised, none, yes, no, under16, eea')
    .option('--purpose <name>', 'for consent, parentConsent and objection')
  return withJson(withConfig(command)).action(async (who: string, kind: string, state: string, options: Options) => {
    const subject = await readIdentifier(shell.terminal, who)
    const { purpose } = options
    const input = parseInput(chooseBody, {
      subject,
      choice: { kind, state, ...(purpose === undefined ? {} : { purpose }) },
    })
    await withClient(shell, options.config, async (client) => {
      const answer = await client.call('choose', input)
      if (options.json) return printJson(shell, answer)
      shell.terminal.out(`recorded: ${kind} ${state}${purpose === undefined ? '' : ` for ${purpose}`}\n`)
    })
  })
}
