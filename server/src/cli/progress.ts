/**
 * Shows that something goes on: a bar that moves where somebody watches, else a plain line now and then, and nothing at
 * all for what is over within a second. Always on `err`, so that what is reported stays clean.
 */
import { Presets, SingleBar } from 'cli-progress'
import type { Terminal } from './terminal.ts'

export interface Progress {
  /** @param done of `total`; a total of 0 is one that nobody knows yet */
  readonly update: (done: number, total: number, what: string) => void
  readonly end: () => void
}

const quietMs = 1_000
const lineEveryMs = 5_000

export function startProgress(terminal: Terminal, now: () => number = Date.now): Progress {
  return terminal.isWatched ? movingBar(terminal, now) : plainLines(terminal, now)
}

/** Shows that something of unknown length goes on, second by second, until it ends. */
export async function whileWaiting<T>(terminal: Terminal, what: string, work: Promise<T>): Promise<T> {
  const progress = startProgress(terminal)
  const timer = setInterval(() => progress.update(0, 0, what), 250)
  try {
    return await work
  } finally {
    clearInterval(timer)
    progress.end()
  }
}

function movingBar(terminal: Terminal, now: () => number): Progress {
  const startedMs = now()
  let bar: SingleBar | undefined
  let isLine = false
  const clearLine = '\r\u001b[K' // to the head of the line, and erase what stands there (ECMA-48 EL)
  return {
    update(done, total, what) {
      const seconds = Math.floor((now() - startedMs) / 1000)
      if (total === 0) {
        if (seconds > 0) terminal.err(`${clearLine}${what} (${seconds} s)`)
        isLine = seconds > 0
        return
      }
      if (bar === undefined) {
        if (now() - startedMs < quietMs) return
        const format = '{what} {bar} {percentage}%'
        bar = new SingleBar(
          { format, barsize: 30, hideCursor: true, clearOnComplete: true, stream: process.stderr },
          Presets.shades_grey,
        )
        bar.start(Math.max(total, 1), done, { what })
      }
      bar.setTotal(Math.max(total, 1))
      bar.update(done, { what })
    },
    end() {
      bar?.stop()
      if (isLine) terminal.err(clearLine)
    },
  }
}

function plainLines(terminal: Terminal, now: () => number): Progress {
  let nextMs = now() + quietMs
  return {
    update(done, total, what) {
      if (now() < nextMs) return
      nextMs = now() + lineEveryMs
      terminal.err(total > 0 ? `${what}: ${Math.floor((100 * done) / total)} %\n` : `${what} …\n`)
    },
    end: () => {},
  }
}
