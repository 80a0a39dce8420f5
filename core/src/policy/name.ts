/**
 * What a name in a policy may look like: letters and digits, parted by single dots, hyphens or underscores.
 * Names end up as keys, in files and in exports to other languages, so nothing there may read them as something else.
 */
import { controller } from './document.ts'

export const namePattern = '^[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*$'
const pattern = new RegExp(namePattern)

export const longestName = 100

/** Words that mean something already: the company itself as a recipient, and what every JavaScript object answers to. */
export const reservedNames = [
  controller,
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'prototype',
  'toLocaleString',
  'toString',
  'valueOf',
] as const

/** Why this cannot be a name, or undefined where it can. */
export function faultOfName(name: string): string | undefined {
  if (name.length > longestName) return `a name has at most ${longestName} letters: shorten it`
  if (!pattern.test(name)) return 'a name is letters and digits, parted by `.`, `-` or `_`: rename it'
  if (reservedNames.some((reserved) => reserved === name)) return 'that name is reserved: choose another'
  return undefined
}
