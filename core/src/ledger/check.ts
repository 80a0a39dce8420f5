/**
 * The check of a whole log: finds each entry that was altered, dropped or moved, and tells it from an erasure.
 * The entries are fed in order, each signed checkpoint after the last entry it covers; then `end` gives the findings.
 * Three things are held against each other: the entries, the hashes that the store keeps for its proofs, and the signed
 * roots. Where one differs from the other two, it is the one at fault. spec/ledger.md §8.
 * A missing subject part is accepted only where a later `erase` entry lists its index, and of an `erase` entry itself,
 * whose subject part is the receipt that the person was handed; one that is listed must be gone.
 * Memory: a bit for each erased entry, a bounded list of findings, and the frontier; whatever the size of the log.
 * Does not: read the store or open notes. All that is fed must be of one snapshot of the store.
 * Cannot: see that a log was cut back to an earlier checkpoint, unless a later one is fed that somebody else kept.
 */
import { AvowError } from '../errors.ts'
import { commit, leafHashOf, noSubject, type PublicPart, parsePublicPart } from './entry.ts'
import type { Finding } from './finding.ts'
import { IndexSet } from './indexSet.ts'
import { type IndexRange, rangesOf } from './ranges.ts'
import { foldRight, type Hash, hashNode, sameHash } from './tree.ts'

export interface StoredLeaf {
  readonly index: number
  readonly publicBytes: Uint8Array
  readonly commitment: Uint8Array
  /** Whether the sealed subject part is there, and its key. */
  readonly subject: 'kept' | 'gone'
  /** What the store holds for the nodes that this leaf completes, its own hash first (tree.ts); absent: not compared. */
  readonly nodes?: readonly Uint8Array[]
  /** The subject part, where the caller has opened it. */
  readonly opened?: { readonly salt: Uint8Array; readonly subjectPart: Uint8Array }
}

export interface LedgerReport {
  readonly size: number
  /** Undefined where entries were dropped, so that it cannot be known. */
  readonly root: Uint8Array | undefined
  /** Entries whose subject part is gone as an erasure says. */
  readonly erased: number
  /** Entries whose subject part is gone for an erasure that has no index yet. */
  readonly pending: number
  /** In the order of the log as far as they were found so; at most `maximumFindings`. Empty: the log holds. */
  readonly findings: readonly Finding[]
  /** How many there were beyond these. */
  readonly more: number
}

export const maximumFindings = 1000

interface Mismatch {
  readonly index: number
  readonly found: string
  readonly expected: string
}

export class LedgerCheck {
  readonly #hash: Hash
  readonly #missing = new IndexSet()
  readonly #erased = new IndexSet()
  readonly #findings: Finding[] = []
  #mismatches: Mismatch[] = []
  /** Entries over which a kept hash does not follow from those below it, since the last root that was right. */
  #suspects: IndexRange[] = []
  #more = 0
  #size = 0
  #signedSize = 0
  #emptyRoot: Uint8Array
  /** Frontier as the stored nodes give it, undefined once entries are known to be dropped. */
  #stored: Uint8Array[] | undefined = []
  /** Frontier as the entries themselves give it, from where it parts from `#stored` on. */
  #own: Uint8Array[] | undefined

  constructor(hash: Hash) {
    this.#hash = hash
    this.#emptyRoot = hash(new Uint8Array(0))
  }

  leaf(leaf: StoredLeaf): void {
    if (leaf.index < this.#size) {
      this.#add({ kind: 'repeated', index: leaf.index })
      return
    }
    if (leaf.index > this.#size) {
      this.#add({ kind: 'dropped', first: this.#size, last: leaf.index - 1 })
      this.#stored = undefined
      this.#own = undefined
    }
    this.#size = leaf.index + 1
    const found = leafHashOf(leaf.publicBytes, leaf.commitment, this.#hash)
    const expected = leaf.nodes?.[0] ?? found
    const intact = sameHash(found, expected)
    if (!intact) this.#mismatch({ index: leaf.index, found: keyOf(found), expected: keyOf(expected) })
    this.#grow(leaf, found, expected)
    if (intact) this.#lookInto(leaf)
  }

  /** @param checkpoint one whose signature has been verified, of `size` entries, all of which have been fed */
  checkpoint(checkpoint: { readonly size: number; readonly root: Uint8Array }): void {
    const { size, root } = checkpoint
    if (size < this.#size) {
      throw new AvowError('INPUT_INVALID', 'a checkpoint comes late: feed each right after the last entry it covers')
    }
    if (size > this.#size) this.#add({ kind: 'short', size: this.#size, signed: size })
    if (size > this.#size || this.#stored === undefined) return
    if (this.#own !== undefined && sameHash(this.#rootOf(this.#own), root)) {
      // The entries are those that were signed: what differs is a hash kept for proofs.
      const faults = this.#mismatches.filter((each) => each.index >= this.#signedSize)
      this.#mismatches = this.#mismatches.filter((each) => each.index < this.#signedSize)
      for (const { index } of faults) this.#add({ kind: 'node', first: index, last: index })
      this.#settle('node')
      this.#stored = this.#own
      this.#own = undefined
      this.#signedSize = size
    } else if (sameHash(this.#rootOf(this.#stored), root)) {
      // The kept hashes are those that were signed, so a mismatch is the entry's fault.
      this.#settle('among')
      this.#own = undefined
      this.#signedSize = size
    } else {
      this.#add({ kind: 'root', size, since: this.#signedSize })
    }
  }

  /** @param pending what the erasures list that are written but have no index yet */
  end(pending: Iterable<IndexRange> = []): LedgerReport {
    let waiting = 0
    for (const [first, last] of pending) {
      for (let index = first; index <= last; index++) if (this.#missing.delete(index)) waiting++
    }
    for (const [first, last] of rangesOf(this.#missing)) this.#add({ kind: 'subjectMissing', first, last })
    this.#settle('among')
    for (const each of explain(this.#mismatches)) this.#add(each)
    return {
      size: this.#size,
      root: this.#stored === undefined ? undefined : this.#rootOf(this.#own ?? this.#stored),
      erased: this.#erased.size,
      pending: waiting,
      findings: this.#findings,
      more: this.#more,
    }
  }

  #grow(leaf: StoredLeaf, found: Uint8Array, expected: Uint8Array): void {
    const stored = this.#stored
    if (stored === undefined) return
    let own = this.#own ?? (sameHash(found, expected) ? undefined : [...stored])
    let [node, ownNode] = [expected, found]
    let first = leaf.index
    for (let rest = leaf.index, level = 1; rest % 2 === 1; rest = Math.floor(rest / 2), level++) {
      first -= 2 ** (level - 1)
      // INVARIANT: a frontier holds one hash for each 1 bit of the size.
      const computed = hashNode(stored.pop()!, node, this.#hash)
      if (own !== undefined) ownNode = hashNode(own.pop()!, ownNode, this.#hash)
      const kept = leaf.nodes === undefined ? computed : leaf.nodes[level]
      if (kept === undefined || !sameHash(kept, computed)) {
        if (this.#suspects.length < maximumFindings) this.#suspects.push([first, leaf.index])
        else this.#more++
        if (own === undefined) [own, ownNode] = [[...stored], computed]
      }
      node = kept ?? computed
    }
    stored.push(node)
    own?.push(ownNode)
    this.#own = own
  }

  #lookInto(leaf: StoredLeaf): void {
    let part: PublicPart | undefined
    try {
      part = parsePublicPart(leaf.publicBytes)
    } catch (error) {
      if (!(error instanceof AvowError)) throw error
      this.#add({ kind: 'malformed', index: leaf.index })
    }
    if (
      leaf.opened !== undefined &&
      !sameHash(commit(leaf.opened.salt, leaf.opened.subjectPart, this.#hash), leaf.commitment)
    ) {
      this.#add({ kind: 'subjectAltered', index: leaf.index })
    }
    if (leaf.subject === 'gone' && !sameHash(leaf.commitment, noSubject)) {
      if (part?.kind === 'erase') this.#erased.add(leaf.index)
      else this.#missing.add(leaf.index)
    }
    for (const [first, last] of part?.erased ?? []) {
      for (let index = first; index <= Math.min(last, leaf.index); index++) {
        if (index < leaf.index && this.#missing.delete(index)) this.#erased.add(index)
        else if (!this.#erased.has(index)) this.#add({ kind: 'notErased', index, by: leaf.index })
      }
      if (last > leaf.index) this.#add({ kind: 'notErased', index: last, by: leaf.index })
    }
  }

  #settle(kind: 'node' | 'among'): void {
    for (const [first, last] of this.#suspects) this.#add({ kind, first, last })
    this.#suspects = []
  }

  #rootOf(frontier: readonly Uint8Array[]): Uint8Array {
    return frontier.length === 0 ? this.#emptyRoot : foldRight(frontier, this.#hash)
  }

  #mismatch(mismatch: Mismatch): void {
    if (this.#mismatches.length < maximumFindings) this.#mismatches.push(mismatch)
    else this.#more++
  }

  #add(finding: Finding): void {
    if (this.#findings.length < maximumFindings) this.#findings.push(finding)
    else this.#more++
  }
}

/** Tells from what was found where, and what should have been, which entries were altered, moved or dropped. */
function explain(mismatches: readonly Mismatch[]): Finding[] {
  const writtenAt = new Map(mismatches.map((each) => [each.expected, each.index]))
  const found = new Set(mismatches.map((each) => each.found))
  return mismatches.flatMap((each): Finding[] => {
    const { index } = each
    const from = writtenAt.get(each.found)
    if (from === undefined) return [{ kind: 'altered', index }]
    const moved: Finding = { kind: 'moved', index, from }
    return found.has(each.expected) ? [moved] : [moved, { kind: 'dropped', first: index, last: index }]
  })
}

function keyOf(bytes: Uint8Array): string {
  return bytes.join()
}
