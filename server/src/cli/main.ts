/** The `avow` command as a process: its words, its terminal, and the signals that stop it. */
import { runCommand } from './program.ts'
import { processTerminal } from './terminal.ts'

const words = process.argv.slice(2)
const isServing = words.includes('serve') || words.includes('--serve')

/** One Ctrl-C may arrive twice, from the terminal and passed on by whoever started us: within this time it is one. */
const sameSignalMs = 1_000
let signalledAtMs: number | undefined

/** A server ends in order at the first signal and at once at a second; any other command at once. */
const stopped = new Promise<void>((resolve) => {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(signal, () => {
      const now = performance.now()
      const isSecond = signalledAtMs !== undefined && now - signalledAtMs > sameSignalMs
      if (!isServing || isSecond) process.exit(128 + number)
      signalledAtMs ??= now
      resolve()
    })
  }
})

process.exitCode = await runCommand(
  words,
  processTerminal(),
  // What opens stores is loaded only by those commands that need one.
  async (config, options) => (await import('../main.ts')).openApplication(config, options),
  stopped,
)
