/**
 * The command line as a whole: every subcommand, what `--help` says, and how it ends. What goes wrong is one line on
 * `err`; a trace only for whoever sets AVOW_DEBUG.
 */
import { readFileSync } from 'node:fs'
import { AvowError } from '@avow/core/errors'
import { Command, CommanderError } from 'commander'
import type { Config } from '../config.ts'
import type { OpenApplication } from '../http/application.ts'
import { accessCommand } from './access.ts'
import { checkCommand } from './check.ts'
import { chooseCommand } from './choose.ts'
import { decideCommand } from './decide.ts'
import { demoCommand } from './demo/command.ts'
import { diffCommand } from './diff.ts'
import { eraseCommand } from './erase.ts'
import { type Exit, endingOf, exit, exitText } from './exit.ts'
import { explainCommand } from './explain.ts'
import { importCommand } from './import.ts'
import { initCommand } from './init.ts'
import { ledgerCommand } from './ledger.ts'
import { mapCommand } from './map.ts'
import { migrateCommand } from './migrate.ts'
import { noticeCommand } from './notice.ts'
import { promisesCommand } from './promises.ts'
import { proveCommand } from './prove.ts'
import { serveCommand } from './serve.ts'
import type { Shell } from './shell.ts'
import type { Terminal } from './terminal.ts'
import { verifyCommand } from './verify.ts'

/** In the order in which somebody new meets them. */
const subcommands = [
  initCommand,
  checkCommand,
  proveCommand,
  diffCommand,
  noticeCommand,
  decideCommand,
  explainCommand,
  mapCommand,
  serveCommand,
  promisesCommand,
  accessCommand,
  eraseCommand,
  chooseCommand,
  importCommand,
  ledgerCommand,
  verifyCommand,
  migrateCommand,
  demoCommand,
] as const

const { version }: { readonly version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
)

/** Runs one command line. @param words without the program's own name @returns its exit code; never throws */
export async function runCommand(
  words: readonly string[],
  terminal: Terminal,
  openApplication: OpenApplication<Config>,
  stopped: Promise<void>,
): Promise<Exit> {
  const debug = (terminal.environment.AVOW_DEBUG ?? '') !== ''
  const shell: Shell = { terminal, openApplication, stopped, debug, exit: exit.fine }
  const program = new Command('avow')
    .description('A privacy policy that runs: decisions, rights, evidence.')
    .version(version)
    .addHelpText('after', `\n${exitText}`)
  for (const make of subcommands) program.addCommand(make(shell))
  prepare(program, terminal)
  try {
    await program.parseAsync(words, { from: 'user' })
    return shell.exit
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exit.fine
    const ending = endingOf(error instanceof CommanderError ? usageError(error) : error, debug)
    terminal.err(ending.line)
    return ending.code
  }
}

/** Commander must neither end the process nor write past the terminal, in any subcommand. */
function prepare(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: terminal.out,
    writeErr: () => {}, // help in place of an error: endingOf says it in a line
    outputError: () => {},
    getOutHelpWidth: () => 100,
    getErrHelpWidth: () => 100,
  })
  command.helpCommand(false)
  for (const each of command.commands) prepare(each, terminal)
}

/** Its message as one of ours: `error: unknown option '--jsn'\n(Did you mean --json?)`. */
function usageError({ message, code }: CommanderError): AvowError {
  if (code === 'commander.help') return new AvowError('INPUT_INVALID', 'no command was given: see `avow --help`')
  const text = message
    .replace(/^error: /, '')
    .replaceAll("'", '`')
    .replace(/\. Expected (\d+) arguments? but got (\d+)\.$/, ', $2 where it takes $1')
    .replace(/\.?\s*\n?\((Did you mean .*)\)$/s, ': $1')
  return new AvowError('INPUT_INVALID', /mean/.test(text) ? lowerAfterColon(text) : `${text}: see \`avow --help\``)
}

const lowerAfterColon = (text: string) => text.replace(/: Did/, ': did')
