/** What a check of a policy reports: a place in the document, what is wrong there, and how to mend it. */
import type { ErrorPath } from '../errors.ts'
import { nearest } from './nearest.ts'

export interface Finding {
  readonly code: 'POLICY_UNKNOWN_NAME' | 'POLICY_UNSOUND'
  readonly path: ErrorPath
  /** One line: lower case, names in backticks. */
  readonly message: string
}

export function unsound(path: ErrorPath, message: string): Finding {
  return { code: 'POLICY_UNSOUND', path, message }
}

/** @param where the owner of the name, such as `` rule `newsletter` `` */
export function unknownName(
  path: ErrorPath,
  what: string,
  name: string,
  where: string,
  known: readonly string[],
): Finding {
  const near = nearest(name, known)
  const cure = near === undefined ? 'declare it, or name one that is declared' : `declare it, or use \`${near}\``
  return { code: 'POLICY_UNKNOWN_NAME', path, message: `unknown ${what} \`${name}\` in ${where}: ${cure}` }
}
