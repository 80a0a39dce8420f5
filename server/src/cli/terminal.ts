/**
 * What a command may touch of the world outside: two streams, a question, the environment, the folder it stands in.
 * Passed in, so that a transcript test runs the same code. What is reported goes to `out`, everything else to `err`.
 */
import { createInterface } from 'node:readline/promises'

export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Whether somebody watches `err`: progress moves only then, and only then a question is asked. */
  readonly isWatched: boolean
  /** Resolves with a line; empty where nobody answers. */
  readonly ask: (question: string) => Promise<string>
  /** All of standard input. */
  readonly input: () => Promise<string>
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The folder that relative paths start from. */
  readonly folder: string
}

/** The terminal of this process. A reader that closes the pipe early (`| head`) ends us quietly. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isWatched: process.stderr.isTTY === true && process.stdin.isTTY === true,
    async ask(question) {
      const reader = createInterface({ input: process.stdin, output: process.stderr })
      try {
        return await reader.question(question)
      } finally {
        reader.close()
      }
    },
    async input() {
      let text = ''
      process.stdin.setEncoding('utf8')
      for await (const chunk of process.stdin) text += String(chunk)
      return text
    },
    environment: process.env,
    folder: process.cwd(),
  }
}
