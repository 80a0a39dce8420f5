/** `avow migrate`: brings the store to the schema of this version, which opening it does, and lets go of it again. */
import { Command } from 'commander'
import { serverLog } from '../http/log.ts'
import { requireConfig } from './installation.ts'
import { type Shell, withConfig } from './shell.ts'

export function migrateCommand(shell: Shell): Command {
  const command = new Command('migrate').description('bring the store to the schema of this version')
  return withConfig(command).action(async (options: { config?: string }) => {
    const config = requireConfig(shell.terminal, options.config)
    const application = await shell.openApplication(config, { log: serverLog(shell.debug ? 'debug' : 'silent') })
    await application.close()
    shell.terminal.out('the store is at the schema of this version\n')
  })
}
