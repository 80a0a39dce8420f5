/** Rows as columns of text, for people to read. Scripts ask for `--json`. */

/** @param rows each as long as `head` @param right indexes of columns that hold numbers */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const all = [head, ...rows]
  const widths = head.map((_, at) => Math.max(...all.map((row) => widthOf(row[at] ?? ''))))
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => {
        const gap = ' '.repeat((widths[at] ?? 0) - widthOf(cell))
        return right.includes(at) ? gap + cell : cell + gap
      })
      .join('  ')
      .trimEnd()
  return `${all.map(line).join('\n')}\n`
}

const segments = new Intl.Segmenter('en')
const widthOf = (text: string) => [...segments.segment(text)].length
