/**
 * What a failure of the store means: which ones a person mends, which ones a second try mends, and one line for each.
 * A driver's own message may quote a value, so it is never passed on; its SQLSTATE is (PostgreSQL appendix A).
 */
import { AvowError } from '@avow/core/errors'

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** 53100 disk_full, 53200 out_of_memory is not; PGlite reports what the file system said. */
export function isFull(error: unknown): boolean {
  const code = codeOf(error)
  if (code === '53100' || code === 'ENOSPC') return true
  return error instanceof Error && /no space left on device|ENOSPC/i.test(error.message)
}

/** Another transaction got there first, between our look and our write: the same again finds its work. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'

  constructor() {
    super('internal: overtaken by another transaction')
  }
}

/** 40001 serialization_failure, 40P01 deadlock_detected: nothing was done, and the same again may succeed. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Overtaken) return true
  const code = codeOf(error)
  return code === '40001' || code === '40P01'
}

const unreachable =
  /^(08...|57P0[123]|28...|3D000|53300|E(CONN|HOST|NET|PIPE|NOTFOUND|AI_AGAIN|TIMEDOUT|NOENT|ACCES).*)$/

function isUnreachable(error: unknown): boolean {
  const code = codeOf(error)
  if (code !== undefined) return unreachable.test(code)
  return error instanceof Error && /connection terminated|timeout exceeded when trying to connect/i.test(error.message)
}

/** What to throw instead of `error`. @param place what the store is called in a message, without any password */
export function explainFailure(error: unknown, place: string): unknown {
  if (error instanceof AvowError) return error
  if (isFull(error)) return new AvowError('STORE_FULL', `the disk of ${place} is full: free some space`)
  const code = codeOf(error)
  if (isUnreachable(error)) {
    const because = code === undefined ? '' : ` (${code})`
    return new AvowError('STORE_UNAVAILABLE', `cannot reach ${place}${because}: check its address and that it runs`)
  }
  // A driver's error: five characters of SQLSTATE. Its message and detail may quote values.
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) {
    const constraint = error instanceof Error && 'constraint' in error ? `, ${String(error.constraint)}` : ''
    const stack = error instanceof Error ? error.stack?.split('\n').slice(1).join('\n') : undefined
    const plain = new Error(`internal: the store refused a statement (${code}${constraint})`)
    if (stack !== undefined) plain.stack = `${plain.message}\n${stack}`
    return plain
  }
  return error
}
