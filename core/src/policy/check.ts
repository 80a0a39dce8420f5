/**
 * Whether a policy can stand. Everything a person must mend, in the order of the document; what depends on a name is
 * looked at only once every name is right.
 * Does not: read JSON (parse.ts); prove properties or plant breaches (../decision/prove.ts).
 */
import { AvowError } from '../errors.ts'
import { checkConflicts } from './checkConflicts.ts'
import { checkNames } from './checkNames.ts'
import { checkPromises } from './checkPromises.ts'
import type { PolicyDocument } from './document.ts'
import type { Finding } from './finding.ts'

/** Every finding on the policy; none for one that can stand. */
export function checkPolicy(policy: PolicyDocument): readonly Finding[] {
  const names = checkNames(policy)
  if (names.length > 0) return names
  return [...checkPromises(policy), ...checkConflicts(policy)]
}

/** @throws AvowError POLICY_UNKNOWN_NAME or POLICY_UNSOUND: the first finding, and how many more there are */
export function assertSound(policy: PolicyDocument): void {
  const [first, ...others] = checkPolicy(policy)
  if (first === undefined) return
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  throw new AvowError(first.code, first.message + more, { path: first.path })
}
