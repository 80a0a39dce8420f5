/** Which policy a command is about. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AvowError } from '@avow/core/errors'
import { optionalConfig } from './installation.ts'
import type { Terminal } from './terminal.ts'

const usual = ['policy.ts', 'policy.json']

/** The file a command is about: named, else the configuration's, else `policy.ts` or `policy.json` here. */
export function policyPath(terminal: Terminal, named: string | undefined): string {
  if (named !== undefined) return resolve(terminal.folder, named)
  const here = ['avow.json', ...usual].map((path) => resolve(terminal.folder, path)).find((path) => existsSync(path))
  if (here !== undefined && !here.endsWith('avow.json')) return here
  const config = optionalConfig(terminal, undefined)
  if (config !== undefined) return config.policy
  throw new AvowError('INPUT_INVALID', 'no policy here: name one with `--policy FILE`, or run `avow init` to write one')
}
