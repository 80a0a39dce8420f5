/** `avow ledger`: its latest checkpoint, the proof of an entry, and the check of every leaf. */
import { parseInput } from '@avow/core/api/input'
import { entryQuery } from '@avow/core/api/ledger'
import { Command } from 'commander'
import { exit } from './exit.ts'
import { printJson, type Shell, withClient, withConfig, withJson } from './shell.ts'

interface Options {
  readonly config?: string
  readonly json?: true
}

export function ledgerCommand(shell: Shell): Command {
  const command = new Command('ledger').description('the record of what was done: check it, or prove an entry of it')
  command.addCommand(
    withJson(withConfig(new Command('check').description('find any altered, dropped or moved entry'))).action(
      (options: Options) =>
        withClient(shell, options.config, async (client) => {
          const answer = await client.call('checkLedger', {})
          if (!answer.holds) shell.exit = exit.finding
          if (options.json) return printJson(shell, answer)
          for (const finding of answer.findings) shell.terminal.out(`${finding}\n`)
          const size = `${answer.size} entries, ${answer.erased} of them erased since`
          shell.terminal.out(
            `${answer.holds ? 'the ledger holds' : 'the ledger is broken'}: ${size}\nroot ${answer.rootHex}\n`,
          )
        }),
    ),
  )
  command.addCommand(
    withJson(withConfig(new Command('checkpoint').description('its signed state now; keep one elsewhere'))).action(
      (options: Options) =>
        withClient(shell, options.config, async (client) => {
          const answer = await client.call('checkpoint', {})
          if (options.json) return printJson(shell, answer)
          shell.terminal.out(answer.note)
        }),
    ),
  )
  command.addCommand(
    withConfig(
      new Command('proof')
        .description('that an entry stands in the log, as JSON')
        .argument('<index>', 'its number, from 0'),
    ).action((index: string, options: Options) => {
      const input = parseInput(entryQuery, { index })
      return withClient(shell, options.config, async (client) =>
        printJson(shell, await client.call('proveEntry', input)),
      )
    }),
  )
  return command
}
