/**
 * What a decision costs on the policy of IM Web Designs, with the deciding rule, label joins and the action included:
 * by names and by integers, beside CASL, casbin and cedar-wasm holding the same policy (peers/). Every engine must
 * agree with ours on every request before any is timed. Also: what compiling costs, and the size of the table.
 */
import { decide } from '@avow/core/decision/decide'
import { decideIndexed, indexRequest } from '@avow/core/decision/decideIndexed'
import { parseRequest } from '@avow/core/decision/parseRequest'
import type { DecisionRequest } from '@avow/core/decision/request'
import { bytesOf, compilePolicy, type DecisionTable } from '@avow/core/decision/table'
import { policy } from '@avow/policy-imwebdesigns'
import { generateKnownRequest } from '../tests/differential/generateRequest.ts'
import { seeded } from '../tests/differential/random.ts'
import type { Report } from './measurement.ts'
import { casbinPeer } from './peers/casbin.ts'
import { caslPeer } from './peers/casl.ts'
import { cedarPeer } from './peers/cedar.ts'
import type { Peer } from './peers/peer.ts'

const requestCount = 10_000
const turns = 5
const passes = 21

export async function run(report: Report): Promise<void> {
  const table = compilePolicy(policy)
  const requests = distinctRequests(table)
  compiling(report, table)

  // All agree on all of them; of the slow ones only every nth is kept, to be timed.
  const casl = agreeing(caslPeer(policy), table, requests, 1)
  const casbin = agreeing(await casbinPeer(policy), table, requests, 20)
  const cedar = agreeing(cedarPeer(policy), table, requests, 10)

  const byNames = () => {
    let permitted = 0
    for (const request of requests) {
      const decision = decide(table, request)
      if (decision.kind === 'permit' && decision.rule.length > 0) permitted++
    }
    return permitted
  }
  const { words, ends } = laidEndToEnd(requests.map((request) => indexRequest(table, request)))
  const byIntegers = () => {
    let permitted = 0
    let start = 0
    for (const end of ends) {
      const decision = table.outcomes[decideIndexed(table, words, start, end)]!
      start = end
      if (decision.kind === 'permit' && decision.rule.length > 0) permitted++
    }
    return permitted
  }
  const expected = byNames()
  if (byIntegers() !== expected) throw new Error('internal: names and integers disagree')

  // In turns, so that whatever else the machine does falls on all of them.
  const times = inTurns([byNames, byIntegers, () => countPermitted(casl)], requests.length, expected)
  const [names, integers, caslTime] = times as [number, number, number]
  bound(report, 'decide by names', names, 150, 'ns')
  bound(report, 'decide by integers', integers, 25, 'ns')
  compare(report, 'decide by names beside CASL', names, caslTime, 8)
  compare(report, 'decide by names beside casbin', names, timeOnce(casbin), 8)
  compare(report, 'decide by names beside cedar-wasm', names, timeOnce(cedar), 1000)
}

function compiling(report: Report, table: DecisionTable): void {
  const times = Array.from({ length: 60 }, () => {
    const start = performance.now()
    const compiled = compilePolicy(policy)
    if (compiled.outcomes.length !== table.outcomes.length) throw new Error('internal: two tables of one policy')
    return performance.now() - start
  })
  bound(report, 'compile the policy', median(times), 20, 'ms')
  bound(report, 'size of the table', bytesOf(table), 65_536, 'bytes')
}

function distinctRequests(table: DecisionTable): readonly DecisionRequest[] {
  const random = seeded(20261123)
  const texts = new Set<string>()
  while (texts.size < requestCount) {
    texts.add(JSON.stringify(generateKnownRequest(random, policy, random.chance(20) ? 2 : 1)))
  }
  // As requests come: from JSON, through the parser. The peers are given the very same.
  return [...texts].map((text) => parseRequest(table, JSON.parse(text)))
}

function laidEndToEnd(indexed: readonly Uint16Array[]) {
  const ends = new Uint32Array(indexed.length)
  let end = 0
  indexed.forEach((request, i) => {
    end += request.length
    ends[i] = end
  })
  const words = new Uint16Array(end)
  indexed.forEach((request, i) => {
    words.set(request, ends[i]! - request.length)
  })
  return { words, ends }
}

/**
 * Asks a peer every request. @returns the questions of every nth of them
 * @throws Error where it does not agree with ours
 */
function agreeing(
  peer: Peer,
  table: DecisionTable,
  requests: readonly DecisionRequest[],
  nth: number,
): readonly (() => boolean)[] {
  return requests.flatMap((request, i) => {
    const ask = peer.prepare(request)
    const { kind, rule } = decide(table, request)
    if (ask() !== (kind === 'permit')) {
      throw new Error(`internal: ${peer.name} disagrees on request ${i}, which \`${rule}\` decides: ${kind}`)
    }
    return i % nth === 0 ? [ask] : []
  })
}

function countPermitted(asks: readonly (() => boolean)[]): number {
  let permitted = 0
  for (const ask of asks) if (ask()) permitted++
  return permitted
}

/**
 * Nanoseconds a request, each the median of its passes. A turn is some passes at a stretch, each through every request:
 * what the one before left in the caches of the machine weighs on the first few of them (we saw it weigh on eight), and
 * so hardly on the median. All are timed alike.
 */
function inTurns(runs: readonly (() => number)[], requests: number, expected: number): readonly number[] {
  const samples = runs.map((): number[] => [])
  for (let turn = 0; turn < turns; turn++) {
    runs.forEach((each, i) => {
      for (let pass = 0; pass < passes; pass++) {
        const start = performance.now()
        const permitted = each()
        samples[i]!.push(((performance.now() - start) * 1e6) / requests)
        if (permitted !== expected) throw new Error('internal: an answer changed between two passes')
      }
    })
  }
  return samples.map(median)
}

function timeOnce(asks: readonly (() => boolean)[]): number {
  const start = performance.now()
  countPermitted(asks)
  return ((performance.now() - start) * 1e6) / asks.length
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

function compare(report: Report, name: string, ours: number, peer: number, goal: number): void {
  report({ name, ours, peer, unit: 'ns', ratio: peer / ours, goal })
}

/** A measurement beside a bound that was set, which stands in the place of the peer. */
function bound(report: Report, name: string, ours: number, most: number, unit: string): void {
  report({ name, ours, peer: most, unit, ratio: most / ours, goal: 1 })
}
