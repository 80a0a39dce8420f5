/**
 * What the check of a log may find, and the words for it. No finding is the log's only good answer.
 */
import { assertNever } from '../errors.ts'

export type Finding =
  /** The entry is not the one that was written under its index. */
  | { readonly kind: 'altered'; readonly index: number }
  /** The entry was written under the index `from`. */
  | { readonly kind: 'moved'; readonly index: number; readonly from: number }
  | { readonly kind: 'dropped'; readonly first: number; readonly last: number }
  | { readonly kind: 'repeated'; readonly index: number }
  /** The entry is as it was written, but its public part is not of the form that this program knows. */
  | { readonly kind: 'malformed'; readonly index: number }
  /** The opened subject part is not what the entry commits to. */
  | { readonly kind: 'subjectAltered'; readonly index: number }
  /** The subject part is gone, and no later erasure says why. */
  | { readonly kind: 'subjectMissing'; readonly first: number; readonly last: number }
  /** The erasure `by` lists an entry whose subject part is there, or was never, or that comes later. */
  | { readonly kind: 'notErased'; readonly index: number; readonly by: number }
  /** One of these entries was altered together with its kept hash; or only a hash kept for proofs over them was. */
  | { readonly kind: 'among'; readonly first: number; readonly last: number }
  /** A hash kept for proofs over these entries was altered; the entries are those that were signed. */
  | { readonly kind: 'node'; readonly first: number; readonly last: number }
  /** The root signed for `size` entries is not theirs: one from `since` on was altered, or the checkpoint is false. */
  | { readonly kind: 'root'; readonly size: number; readonly since: number }
  /** A checkpoint was signed for `signed` entries, and the log ends before. */
  | { readonly kind: 'short'; readonly size: number; readonly signed: number }

/** A line for each kind, for people. */
export function formatFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'altered':
      return `entry ${finding.index} was altered`
    case 'moved':
      return `entry ${finding.index} was written as entry ${finding.from}`
    case 'dropped':
      return `${were(finding, 'entry', 'entries')} dropped`
    case 'repeated':
      return `entry ${finding.index} stands there twice`
    case 'malformed':
      return `entry ${finding.index} has a public part of an unknown form`
    case 'subjectAltered':
      return `the subject part of entry ${finding.index} was altered`
    case 'subjectMissing':
      return `${were(finding, 'the subject part of entry', 'the subject parts of entries')} removed, and no erasure says why`
    case 'notErased':
      return `the erasure in entry ${finding.by} lists entry ${finding.index}, whose subject part is not erased`
    case 'among':
      return `${among(finding)}, an entry or a hash kept for proofs was altered`
    case 'node':
      return `${among(finding)}, a hash kept for proofs was altered; the entries are as signed`
    case 'root':
      return `the root signed for ${finding.size} entries is not theirs: look at the entries from ${finding.since} on`
    case 'short':
      return `the log ends after ${finding.size} entries, and a checkpoint was signed for ${finding.signed}`
    default:
      return assertNever(finding)
  }
}

interface Span {
  readonly first: number
  readonly last: number
}

function were({ first, last }: Span, one: string, many: string): string {
  return first === last ? `${one} ${first} was` : `${many} ${first} to ${last} were`
}

function among({ first, last }: Span): string {
  return first === last ? `at entry ${first}` : `among entries ${first} to ${last}`
}
