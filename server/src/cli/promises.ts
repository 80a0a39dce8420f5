/** `avow promises`: the promise board on the command line. Ends with 1 where a promise fails. */
import { promiseStatuses } from '@avow/core/api/promises'
import { AvowError } from '@avow/core/errors'
import type { BoardEntry } from '@avow/core/promise/board'
import { Command } from 'commander'
import { exit } from './exit.ts'
import { printJson, type Shell, withClient, withConfig, withJson } from './shell.ts'
import { formatTable } from './table.ts'

interface Options {
  readonly config?: string
  readonly json?: true
  readonly status?: string
}

export function promisesCommand(shell: Shell): Command {
  const command = new Command('promises')
    .description('every promise, whether it is true today, and what shows it')
    .option('--status <status>', `only those that are ${promiseStatuses.join(', ')}`)
  return withJson(withConfig(command)).action(async (options: Options) => {
    const only = promiseStatuses.find((each) => each === options.status)
    if (options.status !== undefined && only === undefined) {
      throw new AvowError('INPUT_INVALID', `\`--status\` must be one of ${promiseStatuses.join(', ')}`)
    }
    await withClient(shell, options.config, async (client) => {
      const entries = await client.call('promises', {})
      const listed = only === undefined ? entries : entries.filter((entry) => entry.status === only)
      if (entries.some((entry) => entry.status === 'failing')) shell.exit = exit.finding
      if (options.json) return printJson(shell, listed)
      if (listed.length > 0)
        shell.terminal.out(`${formatTable(['promise', 'status', 'shown by'], listed.map(rowOf))}\n`)
      shell.terminal.out(`${summary(entries)}\n`)
    })
  })
}

function rowOf({ id, status, evidence, missing }: BoardEntry): readonly string[] {
  const looked = evidence.map(({ kind, name, examined }) => `${kind} ${name} (${examined})`)
  const found = evidence.flatMap(({ findings }) => findings)
  return [id, status, [...(status === 'failing' ? found : looked), ...missing].join('; ')]
}

function summary(entries: readonly BoardEntry[]): string {
  const tally = promiseStatuses.map((status) => {
    return `${entries.filter((entry) => entry.status === status).length} ${status}`
  })
  const people = entries.some((entry) => entry.demonstration) ? ', on made-up people' : ''
  return `${entries.length} promises: ${tally.join(', ')}${people}`
}
