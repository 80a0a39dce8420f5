/**
 * Random bytes for ids, nonces and salts, drawn from the system a few kilobytes at a time: asking it anew for each dozen
 * bytes costs as much as sealing them. Each byte is given once and erased from the pool.
 * Not for keys: those are asked for one by one (vault.ts).
 */
import { randomFillSync } from 'node:crypto'

const pool = Buffer.allocUnsafeSlow(8192)
let used = pool.length

/** @param length at most 8192 */
export function takeRandom(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + length))
  pool.fill(0, used, used + length)
  used += length
  return bytes
}
