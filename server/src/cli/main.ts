/** The `avow` command as a process: its words, its terminal, and the signals that stop it. */
import { runCommand } from './program.ts'
import { processTerminal } from './terminal.ts'

const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Whatever waits ends by itself; a second signal, or what does not wait, ends at once.
      if (isServing) resolve()
      else process.exit(128 + (signal === 'SIGINT' ? 2 : 15))
      isServing = false
    })
  }
})
const words = process.argv.slice(2)
let isServing = words.includes('serve') || words.includes('--serve')

process.exitCode = await runCommand(
  words,
  processTerminal(),
  // What opens stores is loaded only by those commands that need one.
  async (config, options) => (await import('../main.ts')).openApplication(config, options),
  stopped,
)
