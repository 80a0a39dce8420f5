/**
 * How a command ends, for scripts: one number a kind of ending, and one line on `err` for each failure.
 * 69 and 70 as in BSD's sysexits.h, EX_UNAVAILABLE and EX_SOFTWARE.
 */
import { AvowError, type ErrorCode } from '@avow/core/errors'

export const exit = { fine: 0, finding: 1, usage: 2, unavailable: 69, internal: 70 } as const
export type Exit = (typeof exit)[keyof typeof exit]

/** As `avow --help` prints it. */
export const exitText = `Exit codes:
  0   done, and nothing was found wrong
  1   done, and something was found: a failing promise, a refused row, a proof that does not verify
  2   the command, a file or an argument is not what it should be
  69  a store, a key or the server cannot be reached
  70  a fault of Avow itself; set AVOW_DEBUG=1 to see where`

export const exitOf: Readonly<Record<ErrorCode, Exit>> = {
  POLICY_MALFORMED: exit.usage,
  POLICY_UNKNOWN_NAME: exit.usage,
  POLICY_UNSOUND: exit.finding,
  POLICY_TOO_WIDE: exit.finding,
  POLICY_BREAKS_PROOF: exit.finding,
  DECISION_UNKNOWN_NAME: exit.usage,
  DECISION_MALFORMED: exit.usage,
  LEDGER_PROOF_INVALID: exit.finding,
  LEDGER_NOTE_INVALID: exit.finding,
  LEDGER_RECEIPT_INVALID: exit.finding,
  LEDGER_BROKEN: exit.finding,
  MAP_MALFORMED: exit.usage,
  MAP_UNCLASSIFIED: exit.finding,
  MAP_UNSOUND: exit.finding,
  STORE_LOCKED: exit.unavailable,
  STORE_UNAVAILABLE: exit.unavailable,
  STORE_FULL: exit.unavailable,
  KEY_MISSING: exit.unavailable,
  KEY_DESTROYED: exit.finding,
  SEAL_INVALID: exit.finding,
  SUBJECT_UNKNOWN: exit.finding,
  REQUEST_UNKNOWN: exit.usage,
  REQUEST_STATE: exit.finding,
  ERASURE_INCOMPLETE: exit.finding,
  INPUT_INVALID: exit.usage,
  UNAUTHORISED: exit.usage,
  FORBIDDEN: exit.usage,
  NOT_FOUND: exit.usage,
  TOO_LARGE: exit.usage,
  TOO_MANY: exit.unavailable,
}

/** The line and the number for an error, whatever it is. */
export function endingOf(error: unknown, debug: boolean): { readonly line: string; readonly code: Exit } {
  const trace = debug && error instanceof Error ? `\n${error.stack}${causes(error)}` : ''
  if (error instanceof AvowError) return { line: `avow: ${oneLine(error.message)}${trace}\n`, code: exitOf[error.code] }
  const file = fileFault(error)
  if (file !== undefined) return { line: `avow: ${file}${trace}\n`, code: exit.usage }
  // The message of a fault of ours may quote data: it is shown only to whoever asks.
  const line = 'a fault of Avow itself: run again with AVOW_DEBUG=1 to see where, and report it'
  return { line: `avow: ${line}${trace}\n`, code: exit.internal }
}

function causes(error: Error): string {
  return error.cause instanceof Error ? `\ncaused by ${error.cause.stack}${causes(error.cause)}` : ''
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ')

const fileFaults: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: check the path',
  EACCES: 'this file may not be used: check its rights',
  EISDIR: 'this is a folder: name a file in it',
  ENOTDIR: 'part of this path is a file: check the path',
  EEXIST: 'this file stands there already: move it away, or name another',
  ENOSPC: 'the disk is full: free some space',
  EROFS: 'this disk is read-only: name another place',
}

/** What the operating system said of a file that somebody named. */
function fileFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined
  const text = fileFaults[String(error.code)]
  return text === undefined ? undefined : `\`${String(error.path)}\`: ${text}`
}
