/** `avow diff`: what two versions of a policy permit differently, never how they are worded. Ends with 1 if anything. */
import { resolve } from 'node:path'
import { diff, isEmptyDiff } from '@avow/core/policy/diff'
import { formatDiff } from '@avow/core/policy/formatDiff'
import { Command } from 'commander'
import { readSoundPolicy } from '../files/policyFile.ts'
import { exit } from './exit.ts'
import { printJson, type Shell, withJson } from './shell.ts'

export function diffCommand(shell: Shell): Command {
  const command = new Command('diff')
    .description('compare what two versions of a policy permit')
    .argument('<before>', 'a policy in .ts or .json')
    .argument('<after>', 'another')
  return withJson(command).action(async (before: string, after: string, options: { json?: true }) => {
    const [a, b] = [resolve(shell.terminal.folder, before), resolve(shell.terminal.folder, after)]
    const first = await readSoundPolicy(a)
    const second = await readSoundPolicy(b)
    const found = diff(first, second)
    if (!isEmptyDiff(found)) shell.exit = exit.finding
    if (options.json) return printJson(shell, found)
    for (const line of formatDiff(found, first, second)) shell.terminal.out(`${line}\n`)
  })
}
