import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '@avow/core/decision/decide'
import { compilePolicy } from '@avow/core/decision/table'
import { type RecordForm, recordForms, recordLines } from '@avow/example-imwebdesigns/records'
import { policy } from '@avow/policy-imwebdesigns/policy'

const names = ['leads', 'applicants', 'feedback'] as const
const fieldsOf = (line: string): string[] => {
  const row: object = JSON.parse(line)
  return Object.keys(row).filter((key) => key !== 'email' && key !== 'collectedAt')
}

test('the same seed gives the same lines, and each file has its share of the people', () => {
  for (const name of names) {
    const lines = [...recordLines(name, { people: 2000, seed: 4 })]
    assert.deepEqual([...recordLines(name, { people: 2000, seed: 4 })], lines)
    const form: RecordForm = recordForms[name]
    assert.ok(lines.length > 2000 * (form.share / 100) * 0.6 && lines.length < 2000 * (form.share / 100) * 1.4)
  }
})

test('the policy permits every field of every file to be collected as the file says', () => {
  const table = compilePolicy(policy)
  for (const name of names) {
    const { context, purpose, source, facts: known }: RecordForm = recordForms[name]
    const fields = new Set([...recordLines(name, { people: 500, seed: 4 })].flatMap(fieldsOf))
    assert.ok(fields.size > 0)
    for (const field of fields) {
      const declared = policy.fields[field]
      assert.ok(declared, `\`${field}\` is a field of the policy`)
      const labels = [{ context, category: declared.category, field, facts: { ...known, source } }]
      const facts = { restricted: 'no', objection: 'none', consent: 'none', region: 'uk', age: 'adult' }
      const decision = decide(table, { action: 'collect', purpose, labels, facts })
      assert.equal(decision.kind, 'permit', `${name}: \`${field}\` by ${JSON.stringify(decision)}`)
    }
  }
})
