/**
 * What the demonstration's company keeps nowhere else: people met at a stand, applicants from a job board, answers to a
 * feedback form. Imported into the vault as `avow import` does, each row decided by the policy alone.
 */
import { type ImportRow, maximumImportRows } from '@avow/core/api/imports'
import { recordForms, recordLines } from '@avow/example-imwebdesigns/records'
import type { Config } from '../../config.ts'
import { connect } from '../client.ts'
import type { Progress } from '../progress.ts'
import type { Shell } from '../shell.ts'

/** Of so many of the people: enough to look at, and made in seconds. */
const most = 2_000

export function vaultRows({ people, seed }: { readonly people: number; readonly seed: number }): readonly ImportRow[] {
  return (Object.keys(recordForms) as (keyof typeof recordForms)[]).flatMap(
    (
      name, // its own keys
    ) => [...recordLines(name, { people: Math.min(people, most), seed })].map((line, at) => rowOf(name, line, at)),
  )
}

function rowOf(name: keyof typeof recordForms, line: string, at: number): ImportRow {
  const { context, purpose, source, facts } = recordForms[name]
  // What recordLines writes: an address, fields of the policy, and when.
  const { email, collectedAt, ...fields } = JSON.parse(line) as Record<string, string | number> & {
    readonly email: string
    readonly collectedAt: string
  }
  return {
    ...{ key: `${name} ${at + 1}`, context, purpose, source, fields, valueFacts: { ...facts } },
    subject: { kind: 'email', value: email },
    collectedAt: new Date(collectedAt).toISOString(),
  }
}

export function emailsOf(rows: readonly ImportRow[]): readonly string[] {
  return [...new Set(rows.map(({ subject }) => subject.value.toLowerCase()))]
}

/** @throws Error internal where the policy refuses a row: the demonstration holds itself to its own policy */
export async function fillVault(
  shell: Shell,
  config: Config,
  rows: readonly ImportRow[],
  progress: Progress,
): Promise<void> {
  const client = await connect(config, shell.openApplication, shell.debug)
  try {
    for (let from = 0; from < rows.length; from += maximumImportRows) {
      progress.update(from, rows.length, `filling the vault: ${from} of ${rows.length} rows`)
      const { refused } = await client.call('importRows', { rows: rows.slice(from, from + maximumImportRows) })
      if (refused.length > 0)
        throw new Error(`internal: the policy refuses a row of the demonstration: ${refused[0]?.reason}`)
    }
  } finally {
    await client.close()
  }
}
