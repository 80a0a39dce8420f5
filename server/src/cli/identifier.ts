/**
 * How a person is named on the command line: `email:jane@example.org`, any address with an @ for short, or `-` to read
 * it from standard input, where it shows neither in the list of processes nor in the history of the shell.
 */
import { type Identifier, identifier } from '@avow/core/api/identifier'
import { parseInput } from '@avow/core/api/input'
import { AvowError } from '@avow/core/errors'
import type { Terminal } from './terminal.ts'

export const identifierHelp = 'who: kind:value such as email:jane@example.org, or - to read it from standard input'

/** @throws AvowError INPUT_INVALID, without the value */
export async function readIdentifier(terminal: Terminal, text: string): Promise<Identifier> {
  return parseIdentifier(text === '-' ? ((await terminal.input()).split('\n')[0] ?? '') : text)
}

export function parseIdentifier(text: string): Identifier {
  const found = /^([a-z][a-zA-Z0-9]*):(.+)$/s.exec(text.trim())
  if (found) return parseInput(identifier, { kind: found[1], value: found[2] })
  if (text.includes('@')) return parseInput(identifier, { kind: 'email', value: text })
  throw new AvowError('INPUT_INVALID', 'name the person as kind:value, such as email:jane@example.org')
}
