/** `avow decide`: asks a policy file for one decision, from flags or from JSON. A denial ends it with 1. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { decide } from '@avow/core/decision/decide'
import { parseRequest } from '@avow/core/decision/parseRequest'
import { factsOf } from '@avow/core/decision/reference'
import type { Decision, DecisionRequest } from '@avow/core/decision/request'
import { compilePolicy, type DecisionTable } from '@avow/core/decision/table'
import { AvowError } from '@avow/core/errors'
import type { PolicyDocument } from '@avow/core/policy/document'
import { Command } from 'commander'
import { readSoundPolicy } from '../files/policyFile.ts'
import { exit } from './exit.ts'
import { pairs } from './import.ts'
import { policyPath } from './policyPath.ts'
import { printJson, type Shell, withJson, withPolicy } from './shell.ts'

export interface RequestOptions {
  readonly policy?: string
  readonly json?: true
  readonly action?: string
  readonly purpose?: string
  readonly context?: string
  readonly category?: string
  readonly field?: string
  readonly recipient?: string
  readonly fact: readonly string[]
  readonly request?: string
}

const many = (value: string, before: readonly string[]) => [...before, value]

/** The flags by which a request is put together; `decide` and `explain` share them. */
export function withRequest(command: Command): Command {
  return withJson(withPolicy(command))
    .option('--action <name>', 'collect, use, process, store, transfer or disclose')
    .option('--purpose <name>', 'what for')
    .option('--context <name>', 'where the value was collected')
    .option('--category <name>', 'its category; may be left out beside a field')
    .option('--field <name>', 'which field; left out: any of the category')
    .option('--recipient <name>', 'to whom; left out: the company itself')
    .option('--fact <name=value>', 'a known fact; any other is unknown (repeatable)', many, [])
    .option('--request <file>', 'the whole request as JSON instead, several labels too; - for standard input')
}

export function decideCommand(shell: Shell): Command {
  const command = new Command('decide').description('ask a policy for a decision: permit or deny, and by which rule')
  return withRequest(command).action(async (options: RequestOptions) => {
    const { table, request } = await readRequest(shell, options)
    const decision = decide(table, request)
    if (decision.kind === 'deny') shell.exit = exit.finding
    if (options.json) return printJson(shell, { ...decision, promises: promisesOf(table.policy, decision) })
    shell.terminal.out(formatDecision(table.policy, decision))
  })
}

export async function readRequest(
  shell: Shell,
  options: RequestOptions,
): Promise<{ readonly table: DecisionTable; readonly request: DecisionRequest }> {
  const table = compilePolicy(await readSoundPolicy(policyPath(shell.terminal, options.policy)))
  const value =
    options.request === undefined ? requestOf(table.policy, options) : await readJson(shell, options.request)
  return { table, request: parseRequest(table, value) }
}

/** Left for `parseRequest` to judge: what is missing or misspelt it names better than a list of required flags. */
function requestOf(policy: PolicyDocument, options: RequestOptions): unknown {
  const { action, purpose, recipient, context, field, fact } = options
  const category = options.category ?? (field === undefined ? undefined : policy.fields[field]?.category)
  const all = factsOf(policy)
  const facts = Object.entries(pairs('--fact', fact))
  const isOfValue = ([name]: [string, string]) => Object.hasOwn(all, name) && all[name]!.about === 'value'
  return {
    action,
    purpose,
    ...(recipient === undefined ? {} : { recipient }),
    labels: [
      {
        context,
        category: category ?? (field === undefined ? undefined : unknownField(policy, field)),
        ...(field === undefined ? {} : { field }),
        facts: Object.fromEntries(facts.filter(isOfValue)),
      },
    ],
    facts: Object.fromEntries(facts.filter((pair) => !isOfValue(pair))),
  }
}

/** Any category will do: `parseRequest` refuses the field first, with the nearest name. */
const unknownField = (policy: PolicyDocument, _field: string) => Object.keys(policy.categories)[0]

async function readJson({ terminal }: Shell, file: string): Promise<unknown> {
  const text = file === '-' ? await terminal.input() : readFileSync(resolve(terminal.folder, file), 'utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AvowError('DECISION_MALFORMED', 'the request is not JSON: mend its syntax', { cause })
  }
}

export function formatDecision(policy: PolicyDocument, decision: Decision): string {
  const by = decision.rule === null ? 'no rule permits it' : `by rule ${decision.rule}`
  const promises = promisesOf(policy, decision)
  const kept = promises.length === 0 ? '' : `, for ${promises.join(', ')}`
  const owed =
    decision.kind === 'permit' && decision.obligations.length > 0 ? `\nowed: ${decision.obligations.join(', ')}` : ''
  return `${decision.kind}: ${by}${kept}${owed}\n`
}

export function promisesOf(policy: PolicyDocument, { rule }: Decision): readonly string[] {
  return policy.rules.find((each) => each.id === rule)?.promises ?? []
}
