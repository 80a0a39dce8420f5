/**
 * What every subcommand is built from: the terminal, the way to open an installation, and how it says that it ended.
 * A subcommand is a file that exports one function from a shell to a commander command.
 */
import { AvowError } from '@avow/core/errors'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import type { OpenApplication } from '../http/application.ts'
import { type Client, connect } from './client.ts'
import type { Exit } from './exit.ts'
import { requireConfig } from './installation.ts'
import { whileWaiting } from './progress.ts'
import type { Terminal } from './terminal.ts'

export interface Shell {
  readonly terminal: Terminal
  readonly openApplication: OpenApplication<Config>
  /** Ends once a signal asks for it: for `serve`. */
  readonly stopped: Promise<void>
  readonly debug: boolean
  exit: Exit
}

export const withJson = (command: Command) => command.option('--json', 'print JSON, for scripts')
export const withConfig = (command: Command) =>
  command.option('--config <file>', 'the installation (default: avow.json here)')
export const withPolicy = (command: Command) =>
  command.option('--policy <file>', 'a policy in .ts or .json (default: that of the installation)')

export function printJson({ terminal }: Shell, value: unknown): void {
  terminal.out(`${JSON.stringify(value, null, 2)}\n`)
}

/** Reaches the installation, does something with it, and lets go of it whatever happened. What takes long is shown. */
export async function withClient<T>(
  shell: Shell,
  config: string | undefined,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  return withInstallation(shell, requireConfig(shell.terminal, config), use)
}

export async function withInstallation<T>(
  { terminal, openApplication, debug }: Shell,
  config: Config,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const opening = connect(config, openApplication, debug)
  const client = await whileWaiting(terminal, 'opening the installation', opening)
  try {
    return await use({
      ...client,
      call: (name, input) => whileWaiting(terminal, 'waiting for the answer', client.call(name, input)),
    })
  } finally {
    await client.close()
  }
}

/** A non-negative integer of an option. */
export function integer(name: string): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value
    throw new AvowError('INPUT_INVALID', `\`${name}\` must be a whole number, such as 100`)
  }
}
