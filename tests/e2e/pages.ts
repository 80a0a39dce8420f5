/**
 * The public pages of the seed's policy, served as an installation serves them: the real policy, its real proofs. The
 * live queries have not run, so what needs one says so; every status but `failing` occurs, and one failure is planted.
 */

import { anchorOf } from '@avow/core/policy/notice'
import { policyId } from '@avow/core/policy/policyId'
import { type EvidenceResult, promiseBoard } from '@avow/core/promise/board'
import { proveEvidence } from '@avow/core/promise/proofs'
import { policy } from '@avow/policy-imwebdesigns'
import { serverLog } from '../../server/src/http/log.ts'
import { publicServer } from '../../server/src/http/server.ts'
import { sha256 } from '../../server/src/vault/digest.ts'

export interface Pages {
  readonly url: string
  /** The anchor of each promise. */
  readonly anchors: readonly string[]
  close(): Promise<void>
}

export async function startPages(): Promise<Pages> {
  const board = promiseBoard(policy, [...proveEvidence(policy, atMs), ...queries()], [])
  const server = await publicServer(
    {
      published: {
        policy,
        policyVersion: policyId(policy, sha256),
        effectiveDay: '2026-11-01',
        logKey: 'none',
        demonstration: true,
        board: async () => board,
        checkpoint: async () => 'none\n',
        ready: async () => ({ ready: true }),
      },
    },
    { log: serverLog('error'), callsPerMinute: 10_000 },
  )
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return { url, anchors: board.map(({ id }) => anchorOf(id)), close: () => server.close() }
}

const atMs = Date.UTC(2026, 10, 23, 15)

/** As if they had looked: at somebody, at nobody, and at a breach. */
function queries(): readonly EvidenceResult[] {
  const names = Object.values(policy.promises).flatMap(({ evidence = [] }) =>
    evidence.flatMap((each) => (each.kind === 'query' ? [each.query] : [])),
  )
  return [...new Set(names)].map((name, at) => ({
    ...{ kind: 'query', name, holds: at !== 1, examined: at % 3 === 0 ? 0 : 41_250, atMs },
    findings:
      at === 1 ? ['recipient `mailer` has no contract in force since 2026-10-01 <script>alert(1)</script>'] : [],
    scope: {
      title: 'every record in the vault and in the store `platform`',
      stores: [
        { name: 'vault', level: 'enforced' },
        { name: 'platform', level: 'answered' },
      ],
      demonstration: true,
    },
  }))
}
