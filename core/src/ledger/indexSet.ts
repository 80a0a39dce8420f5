/**
 * A growing set of entry indexes: a bit each, in pages made when first needed.
 * So a log of ten million entries costs at most 1.3 MB, and one in which nobody was erased costs nothing.
 */
const pageBits = 32_768

export class IndexSet {
  readonly #pages = new Map<number, Uint8Array>()
  #size = 0

  get size(): number {
    return this.#size
  }

  has(index: number): boolean {
    const page = this.#pages.get(Math.floor(index / pageBits))
    const bit = index % pageBits
    return page !== undefined && (page[bit >> 3]! & (1 << (bit & 7))) !== 0
  }

  add(index: number): void {
    if (this.has(index)) return
    const at = Math.floor(index / pageBits)
    const page = this.#pages.get(at) ?? new Uint8Array(pageBits / 8)
    this.#pages.set(at, page)
    const bit = index % pageBits
    page[bit >> 3]! |= 1 << (bit & 7)
    this.#size++
  }

  delete(index: number): boolean {
    if (!this.has(index)) return false
    const bit = index % pageBits
    this.#pages.get(Math.floor(index / pageBits))![bit >> 3]! &= ~(1 << (bit & 7))
    this.#size--
    return true
  }

  /** In ascending order. */
  *[Symbol.iterator](): Generator<number> {
    for (const at of [...this.#pages.keys()].sort((a, b) => a - b)) {
      for (let bit = 0; bit < pageBits; bit++) {
        if (this.has(at * pageBits + bit)) yield at * pageBits + bit
      }
    }
  }
}
