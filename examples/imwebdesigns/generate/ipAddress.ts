/** Network addresses that route nowhere: 198.18.0.0/15 (RFC 2544, benchmarks) and 2001:db8::/32 (RFC 3849). */
import type { Random } from './random.ts'

export function ipAddress(random: Random): string {
  if (random.chance(0.3))
    return `2001:db8:${random.below(0xffff).toString(16)}:${random.below(0xffff).toString(16)}::${(1 + random.below(0xfffe)).toString(16)}`
  return `198.${18 + random.below(2)}.${random.below(256)}.${1 + random.below(254)}`
}
