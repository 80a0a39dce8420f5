/**
 * The declared name most like a misspelt one, for errors a person can act on.
 * Likeness is the optimal string alignment distance: letters left out, put in, changed, or two neighbours swapped.
 */

/** The nearest of `names`, or undefined where none is near enough to be what was meant. The first of equals. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const bound = Math.max(1, Math.floor(name.length / 3))
  let best: string | undefined
  let least = bound + 1
  for (const each of names) {
    if (Math.abs(each.length - name.length) >= least) continue
    const found = distance(name.toLowerCase(), each.toLowerCase())
    if (found < least) [best, least] = [each, found]
  }
  return best
}

/** @see L. Boytsov, Indexing methods for approximate dictionary searching, JEA 16 (2011), §2.2 */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, beforeLast[j - 2]! + 1)
      row.push(least)
    }
    ;[beforeLast, last] = [last, row]
  }
  return last[b.length]!
}
