/**
 * Compiled cells laid out as flat arrays, each as narrow as what it holds allows. The end of the compiler (table.ts).
 */
import type { CellCompiler } from './cellDiagram.ts'
import type { TableIndex } from './table.ts'

export type Words = Uint8Array | Uint16Array | Uint32Array

/** The diagrams laid end to end, and for each cell which of its column's diagrams it leads to. */
export function pack(
  { diagrams, outcomes, variables }: CellCompiler,
  index: TableIndex,
  rows: readonly Int32Array[],
  width: number,
) {
  const places = new Map<number, number>()
  const order: number[] = []
  let length = 0
  const visit = (diagram: number): void => {
    if (diagram < outcomes.count || places.has(diagram)) return
    places.set(diagram, length)
    length += 2 + variables[diagrams.variableOf(diagram)]!.values.length
    order.push(diagram)
    diagrams.childrenOf(diagram).forEach(visit)
  }
  for (const row of rows) row.forEach(visit)
  const placeOf = (diagram: number) => (diagram < outcomes.count ? length + diagram : places.get(diagram)!)

  const cells: number[] = []
  const palettes: number[] = []
  const paletteOf: number[] = []
  for (let column = 0; column < width; column++) {
    const palette = new Map<number, number>()
    paletteOf.push(palettes.length)
    for (const row of rows) {
      const diagram = row[column]!
      const colour = palette.get(diagram) ?? palette.size
      if (colour === palette.size) {
        palette.set(diagram, colour)
        palettes.push(placeOf(diagram))
      }
      cells.push(colour)
    }
  }
  const nodes = order.flatMap((diagram) => [
    index.facts[diagrams.variableOf(diagram)]!.slot,
    ...diagrams.childrenOf(diagram).map(placeOf),
  ])
  return { cells: wordsOf(cells), palettes: wordsOf(palettes), paletteOf: wordsOf(paletteOf), nodes: wordsOf(nodes) }
}

/** The narrowest array that holds these. */
export function wordsOf(values: readonly number[]): Words {
  const highest = values.reduce((a, b) => Math.max(a, b), 0)
  if (highest < 2 ** 8) return Uint8Array.from(values)
  return highest < 2 ** 16 ? Uint16Array.from(values) : Uint32Array.from(values)
}
