import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createDiagrams, type Diagrams } from './diagram.ts'

/** Answers 0-3 and functions of three variables of two, three and two values. */
const sizes = [2, 3, 2]
const worlds = [0, 1].flatMap((a) => [0, 1, 2].flatMap((b) => [0, 1].map((c) => [a, b, c])))

function evaluate(diagrams: Diagrams, diagram: number, world: readonly number[]): number {
  let at = diagram
  while (at >= diagrams.terminals) at = diagrams.childrenOf(at)[world[diagrams.variableOf(at)]!]!
  return at
}

/** The diagram of a function given by its answer in each world. */
function build(diagrams: Diagrams, answers: readonly number[]): number {
  const from = (variable: number, first: number, count: number): number => {
    if (variable === sizes.length) return answers[first]!
    const each = count / sizes[variable]!
    return diagrams.node(
      variable,
      Array.from({ length: sizes[variable]! }, (_, i) => from(variable + 1, first + i * each, each)),
    )
  }
  return from(0, 0, worlds.length)
}

const functions = fc.array(fc.nat(3), { minLength: worlds.length, maxLength: worlds.length })

test('a diagram answers in each world as its function does, and equal functions are equal numbers', () => {
  fc.assert(
    fc.property(functions, functions, (f, g) => {
      const diagrams = createDiagrams(4)
      const [a, b] = [build(diagrams, f), build(diagrams, g)]
      worlds.forEach((world, i) => {
        assert.equal(evaluate(diagrams, a, world), f[i])
      })
      assert.equal(a === b, f.join() === g.join())
      assert.equal(build(diagrams, f), a)
    }),
  )
})

test('a lifted operation works in each world as on answers', () => {
  fc.assert(
    fc.property(functions, functions, (f, g) => {
      const diagrams = createDiagrams(4)
      const least = diagrams.lift((a, b) => (a < 4 && b < 4 ? Math.min(a, b) : undefined))
      const joined = least(build(diagrams, f), build(diagrams, g))
      assert.equal(
        joined,
        build(
          diagrams,
          f.map((answer, i) => Math.min(answer, g[i]!)),
        ),
      )
    }),
  )
})

test('a test that tells nothing apart is left out', () => {
  const diagrams = createDiagrams(4)
  assert.equal(diagrams.node(1, [2, 2, 2]), 2)
})
