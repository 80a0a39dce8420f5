/**
 * Finds a name that stands twice in one object of a JSON text, which `JSON.parse` passes over in silence.
 * Takes only text that `JSON.parse` accepts: so a string token is a name exactly where a colon follows it.
 */
import type { ErrorPath } from '../errors.ts'

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/** Where the second of the two stands, or undefined where every name is the only one of its object. */
export function findRepeatedName(json: string): ErrorPath | undefined {
  /** The open objects and lists, each with what it has seen and where it is. */
  const open: { readonly names: Set<string> | undefined; at: string | number }[] = []
  let text = ''
  for (const [found] of json.matchAll(token)) {
    const top = open.at(-1)
    if (found === '{') open.push({ names: new Set(), at: '' })
    else if (found === '[') open.push({ names: undefined, at: 0 })
    else if (found === '}' || found === ']') open.pop()
    else if (found === ',' && top !== undefined && typeof top.at === 'number') top.at++
    else if (found === ':' && top?.names !== undefined) {
      const name: string = JSON.parse(text)
      top.at = name
      if (top.names.has(name)) return open.map(({ at }) => at)
      top.names.add(name)
    } else if (found.startsWith('"')) text = found
  }
  return undefined
}
