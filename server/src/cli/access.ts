/** `avow access`: gives a person everything that is theirs, as one file. */
import { createWriteStream, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AvowError } from '@avow/core/errors'
import { Command } from 'commander'
import { identifierHelp, readIdentifier } from './identifier.ts'
import { carryOut, formatRequest, preview } from './request.ts'
import { printJson, type Shell, withClient, withConfig, withJson } from './shell.ts'

interface Options {
  readonly config?: string
  readonly json?: true
  readonly dryRun?: true
  readonly out?: string
}

export function accessCommand(shell: Shell): Command {
  const command = new Command('access')
    .description('give a person everything that is theirs, as one file')
    .argument('<who>', identifierHelp)
    .option('--dry-run', 'show what would be given, table by table, and write nothing')
    .option('--out <file>', 'where to write it; - for standard output (default: avow-access-ID.json here)')
  return withJson(withConfig(command)).action(async (who: string, options: Options) => {
    const subject = await readIdentifier(shell.terminal, who)
    await withClient(shell, options.config, async (client) => {
      if (options.dryRun) {
        const answer = await preview(client, 'access', subject)
        return options.json ? printJson(shell, answer) : shell.terminal.out(formatRequest(answer))
      }
      // Before anything is gathered: it would have to be thrown away.
      if (options.out !== undefined && options.out !== '-') requireFree(resolve(shell.terminal.folder, options.out))
      const answer = await carryOut(shell, client, 'access', subject)
      const content = await client.package(answer.id)
      if (options.out === '-') {
        for await (const chunk of content) shell.terminal.out(String(chunk))
        return
      }
      const file = resolve(shell.terminal.folder, options.out ?? `avow-access-${answer.id}.json`)
      // Everything about a person: for whoever asked alone, and never over something else.
      await pipeline(content, createWriteStream(file, { mode: 0o600, flags: 'wx' }))
      if (options.json) return printJson(shell, { ...answer, file })
      shell.terminal.out(`${formatRequest(answer)}written to ${file}\n`)
    })
  })
}

function requireFree(file: string): void {
  if (!existsSync(file)) return
  throw new AvowError('INPUT_INVALID', `\`${file}\` stands there already: move it away, or name another file`)
}
