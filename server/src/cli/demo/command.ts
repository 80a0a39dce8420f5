/**
 * `avow demo`: makes the demonstration, a company with its own database full of made-up people, and an installation of
 * Avow that governs it. Made once for a number of people and a seed, then used again. `--serve` also serves it.
 */
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { loadConfig } from '../../config.ts'
import { demonstrationFolder } from '../installation.ts'
import { serve } from '../serve.ts'
import { integer, type Shell } from '../shell.ts'
import type { Made } from './make.ts'

interface Options {
  readonly people?: number
  readonly seed?: number
  readonly serve?: true
  readonly port?: number
}

export function demoCommand(shell: Shell): Command {
  return new Command('demo')
    .description('make the demonstration: a company, its database and its made-up people')
    .option('--people <number>', 'how many people (default: 10000)', integer('--people'))
    .option('--seed <number>', 'the same seed makes the same people (default: 1)', integer('--seed'))
    .option('--serve', 'serve it, until stopped')
    .option('--port <number>', 'with --serve: where the pages listen (default: 8080)', integer('--port'))
    .action(async (options: Options) => {
      const { terminal } = shell
      // The generator is large: no other command waits for it.
      const { madeBefore, makeDemonstration, wantedOf } = await import('./make.ts')
      const folder = resolve(terminal.folder, demonstrationFolder)
      const wanted = wantedOf(options)
      const before = madeBefore(folder, wanted)
      const made = before ?? (await makeDemonstration(shell, folder, wanted))
      terminal.out(`${before === undefined ? 'made' : 'made before'}: ${describe(made)}\n`)
      if (!options.serve) return terminal.out(`\n${nextCommands(made)}`)
      const config = loadConfig(join(folder, 'avow.json'), terminal.environment)
      const listen = { host: config.listen.host, port: options.port ?? config.listen.port }
      await serve(shell, { ...config, listen }, true, (url) => {
        terminal.out(`\nthe promise board   ${url}/promises\nthe privacy notice  ${url}/privacy\n\n`)
        terminal.out(`In another terminal, in this folder:\n${nextCommands(made)}\nStop with Ctrl-C.\n`)
      })
    })
}

function describe({ people, seed, rows, tables }: Made): string {
  const counts = new Intl.NumberFormat('en-GB')
  return `${counts.format(people)} people in ${counts.format(rows)} rows of ${tables} tables, seed ${seed}, in ${demonstrationFolder}`
}

function nextCommands({ example }: Made): string {
  return `  npx avow promises
      every promise, whether it is true today, and what shows it
  npx avow erase --dry-run ${example}
      what erasing one of these people would do, table by table
  npx avow erase --yes ${example}
      do it; then verify the receipt it writes
`
}
