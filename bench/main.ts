/**
 * `npm run bench -- decisions|ledger|rights [--json]`: each claim of speed, beside what a user would pick instead, in
 * one run. With `--json` a line a measurement, else a table. Ends with code 1 where a goal is missed.
 */
import type { Measurement, Report } from './measurement.ts'

const suites: Readonly<Record<string, () => Promise<{ readonly run: (report: Report) => void | Promise<void> }>>> = {
  decisions: () => import('./decisions.ts'),
  ledger: () => import('./ledger.ts'),
  rights: () => import('./rights.ts'),
}

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const isJson = process.argv.includes('--json')
const unknown = names.find((name) => !Object.hasOwn(suites, name))
if (unknown !== undefined || names.length === 0) {
  console.error(`usage: npm run bench -- ${Object.keys(suites).join('|')} [--json]`)
  process.exit(2)
}

let missed = 0
for (const name of names) {
  const { run } = await suites[name]!()
  await run((measurement) => {
    if (measurement.ratio < measurement.goal) missed++
    console.log(isJson ? JSON.stringify(rounded(measurement)) : line(measurement))
  })
}
process.exitCode = missed > 0 ? 1 : 0

function rounded({ ours, peer, ratio, ...rest }: Measurement): Measurement {
  const significant = (value: number) => Number(value.toPrecision(4))
  return { ...rest, ours: significant(ours), peer: significant(peer), ratio: significant(ratio) }
}

function line({ name, ours, peer, unit, ratio, goal }: Measurement): string {
  const number = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 4 }).padStart(12)
  const verdict = ratio >= goal ? 'reached' : 'MISSED'
  return `${name.padEnd(44)}${number(ours)}${number(peer)} ${unit.padEnd(6)}${number(ratio)}×  of ${goal}×  ${verdict}`
}
