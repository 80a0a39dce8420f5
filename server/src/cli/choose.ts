/** `avow choose`: records what a person decided about their own data. */
import { choiceKinds, chooseBody } from '@avow/core/api/choices'
import { parseInput } from '@avow/core/api/input'
import { AvowError } from '@avow/core/errors'
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
    .argument('<choice>', choiceKinds.join(', '))
    .argument('<state>', 'such as given, withdrawn, raised, none, yes, no, under16, eea')
    .option('--purpose <name>', 'for consent, parentConsent and objection')
  return withJson(withConfig(command)).action(async (who: string, kind: string, state: string, options: Options) => {
    if (!choiceKinds.some((each) => each === kind)) {
      throw new AvowError('INPUT_INVALID', `unknown choice \`${kind}\`: use one of ${choiceKinds.join(', ')}`)
    }
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
