/**
 * Which installation a command is about: the configuration that is named, else `avow.json` here, else the demonstration
 * where one was made, which is then said. Reads it; opens nothing.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AvowError } from '@avow/core/errors'
import { type Config, loadConfig } from '../config.ts'
import type { Terminal } from './terminal.ts'

export const demonstrationFolder = join('.avow', 'demo')

/** Where the configuration stands, or undefined where there is none. */
function findConfig(terminal: Terminal, named: string | undefined): string | undefined {
  const chosen = named ?? terminal.environment.AVOW_CONFIG
  if (chosen !== undefined) return resolve(terminal.folder, chosen)
  return ['avow.json', join(demonstrationFolder, 'avow.json')]
    .map((path) => resolve(terminal.folder, path))
    .find((path) => existsSync(path))
}

/** @throws AvowError INPUT_INVALID where there is none, or it is malformed */
export function requireConfig(terminal: Terminal, named: string | undefined): Config {
  const config = optionalConfig(terminal, named)
  if (config !== undefined) return config
  throw new AvowError(
    'INPUT_INVALID',
    'no `avow.json` here: run `avow init` to write one, `avow demo` to try Avow on made-up people, or name one with `--config`',
  )
}

/** The same for what can do without one. */
export function optionalConfig(terminal: Terminal, named: string | undefined): Config | undefined {
  const file = findConfig(terminal, named)
  if (file === undefined) return undefined
  if (named === undefined && file.endsWith(join(demonstrationFolder, 'avow.json'))) {
    terminal.err('avow: no avow.json here, so this is about the demonstration in .avow/demo\n')
  }
  return loadConfig(file, terminal.environment)
}
