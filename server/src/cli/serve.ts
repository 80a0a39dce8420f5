/** `avow serve`: runs the installation until it is told to stop. Pages on TCP, everything else on the private socket. */
import { AvowError } from '@avow/core/errors'
import { Command } from 'commander'
import type { Config } from '../config.ts'
import { serverLog } from '../http/log.ts'
import { privateServer, publicServer } from '../http/server.ts'
import { listenPrivately } from '../http/socket.ts'
import { requireConfig } from './installation.ts'
import { integer, type Shell, withConfig } from './shell.ts'

interface Options {
  readonly config?: string
  readonly host?: string
  readonly port?: number
  readonly quiet?: true
}

export function serveCommand(shell: Shell): Command {
  const command = new Command('serve')
    .description('serve the pages and answer calls, until stopped')
    .option('--host <address>', 'where the pages listen (default: that of the configuration)')
    .option('--port <number>', 'and on which port; 0 for any free one', integer('--port'))
    .option('--quiet', 'log only what goes wrong')
  return withConfig(command).action(async (options: Options) => {
    const config = requireConfig(shell.terminal, options.config)
    const { host = config.listen.host, port = config.listen.port } = options
    await serve(shell, { ...config, listen: { host, port } }, options.quiet === true, (url) => {
      shell.terminal.out(`pages: ${url}\n`)
    })
  })
}

/** @param listening told the address of the pages once everything answers */
export async function serve(
  shell: Shell,
  config: Config,
  quiet: boolean,
  listening: (url: string) => void,
): Promise<void> {
  const log = serverLog(quiet ? 'warn' : 'info')
  const application = await shell.openApplication(config, { log })
  const hidden = await privateServer(application, { log })
  const open = await publicServer(application, { log })
  try {
    await listenPrivately(hidden, config.folder)
    const { host, port } = config.listen
    const url = await open.listen({ host, port }).catch(sayWhy(config.listen))
    if (config.database === undefined) shell.terminal.err(embeddedNotice)
    listening(url)
    await shell.stopped
  } finally {
    await open.close()
    await hidden.close()
    await application.close()
  }
}

/** Said at every start, however quiet: whoever runs a company on it must have read it. */
const embeddedNotice =
  'avow: the embedded store is for one machine and gives no power-loss guarantees; set DATABASE_URL for production\n'

/** What stands in the way of listening is the operator's to mend, and said in one line. */
function sayWhy({ host, port }: Config['listen']): (error: unknown) => never {
  const place = `port ${port} of \`${host}\``
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `${place} is taken: stop what listens there, or choose another with \`--port\``,
    EACCES: `${place} may not be listened on: choose one above 1023 with \`--port\``,
    EADDRNOTAVAIL: `\`${host}\` is no address of this machine: choose another with \`--host\``,
    ENOTFOUND: `\`${host}\` is no address of this machine: choose another with \`--host\``,
  }
  return (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (reasons[code] === undefined) throw error
    throw new AvowError('INPUT_INVALID', reasons[code], { cause: error })
  }
}
