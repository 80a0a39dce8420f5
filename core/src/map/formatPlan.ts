/**
 * A plan as a person reads it (`--dry-run`): each step in order, its rows, and why; what is kept, with reason and date;
 * what an answer leaves out, and why. Words only: counts come from a connector.
 */
import type { AccessPlan, ErasurePlan, ErasureStep } from './plan.ts'

export interface FormatCounts {
  readonly steps: readonly { readonly step: string; readonly rows: number }[]
  readonly kept: readonly {
    readonly table: string
    readonly because: string
    readonly rows: number
    readonly until: string
  }[]
}

/** @param counts of one subject; without them the plan is that of every subject */
export function formatErasurePlan(plan: ErasurePlan, counts?: FormatCounts): string {
  const rowsOf = new Map(counts?.steps.map((each) => [each.step, each.rows]))
  const lines = plan.steps.map((step, index) => {
    const number = String(index + 1).padStart(String(plan.steps.length).length)
    const rows = counts === undefined ? '' : `${String(rowsOf.get(step.id) ?? 0).padStart(9)} rows  `
    return `${number}. ${rows}${formatStep(step)}`
  })
  const kept =
    counts === undefined
      ? plan.kept.map(
          ({ table, keep }) => `   kept: \`${table}\` for ${keep.days} days from \`${keep.from}\`: ${keep.because}`,
        )
      : counts.kept.map(
          (each) => `   kept: ${each.rows} rows of \`${each.table}\` until ${each.until}: ${each.because}`,
        )
  return [...lines, ...kept].join('\n')
}

function formatStep(step: ErasureStep): string {
  const set = Object.entries(step.set).map(([column, value]) => `\`${column}\` = ${JSON.stringify(value)}`)
  const what = set.length === 0 ? '' : ` (${set.join(', ')})`
  const first = step.captured ? '; its rows are taken down first' : ''
  return `${step.kind} \`${step.table}\`${what}: ${step.because}${first}`
}

export function formatAccessPlan(plan: AccessPlan): string {
  return [
    ...plan.steps.flatMap((step) => [
      `give \`${step.table}\` (${step.context}): ${step.columns.map(({ column, of }) => `\`${column}\`${of === undefined ? '' : ` of ${of.join(' and ')} only`}`).join(', ')}`,
      ...(step.leftOut.length === 0
        ? []
        : [`   left out: ${step.leftOut.map((each) => `\`${each.column}\` (${each.because})`).join(', ')}`]),
    ]),
    ...plan.leftOut.map(({ table, because }) => `leave out \`${table}\`: ${because}`),
  ].join('\n')
}
