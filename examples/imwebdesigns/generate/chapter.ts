/** What a chapter of the generator is given: the world, the loader, the person, and draws of the person's own. */
import type { Loader } from './loader.ts'
import type { Person, World } from './person.ts'
import type { Random } from './random.ts'

export interface Scene {
  readonly world: World
  readonly loader: Loader
  readonly random: Random
  readonly person: Person
}

/** What later chapters refer back to, of an account that was written. */
export interface AccountRows {
  readonly accountId: number
  readonly createdMs: number
  readonly addressIds: readonly number[]
  readonly deviceIds: readonly string[]
}

/** An account's id is its person's index, plus one: so any row can name any account before it is written. */
export const accountIdOf = (index: number): number => index + 1
