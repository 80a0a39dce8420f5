/**
 * `avow map`: what lies in the company's own stores and whose it is. `init` proposes what nobody has answered, `check`
 * holds the map to the live schema, `plan` shows what an answer or an erasure would do, step by step.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { AvowError } from '@avow/core/errors'
import type { DataMap, StoreMap } from '@avow/core/map/document'
import { formatAccessPlan, formatErasurePlan } from '@avow/core/map/formatPlan'
import { ownershipOf } from '@avow/core/map/ownership'
import { planAccess, planErasure } from '@avow/core/map/plan'
import { proposeStore } from '@avow/core/map/propose'
import type { PolicyDocument } from '@avow/core/policy/document'
import { Command } from 'commander'
import type { CompanyStoreConfig, Config } from '../config.ts'
import type { Client } from './client.ts'
import { exit } from './exit.ts'
import { requireConfig } from './installation.ts'
import { readSoundPolicy } from './policyFile.ts'
import { printJson, type Shell, withClient, withConfig, withJson } from './shell.ts'

interface Options {
  readonly config?: string
  readonly json?: true
}

export function mapCommand(shell: Shell): Command {
  return new Command('map')
    .description("the map of the company's own stores: propose it, check it, see its plans")
    .addCommand(initCommand(shell))
    .addCommand(checkCommand(shell))
    .addCommand(planCommand(shell))
}

function initCommand(shell: Shell): Command {
  const command = new Command('init')
    .description('read a live schema and propose what is not in the map yet; no answer is overwritten')
    .argument('<store>', 'its name in the configuration')
    .option('--out <file>', 'where to write the map (default: over the map of the store, where that is JSON)')
  return withConfig(command).action(async (name: string, options: Options & { out?: string }) => {
    const config = requireConfig(shell.terminal, options.config)
    const store = storeOf(config, name)
    const file = options.out === undefined ? store.map : resolve(shell.terminal.folder, options.out)
    if (extname(file) !== '.json') {
      throw new AvowError('INPUT_INVALID', `\`${file}\` is not JSON: name another file with \`--out\``)
    }
    const policy = await readSoundPolicy(config.policy)
    if (!existsSync(store.map) && extname(store.map) === '.json') writeMap(store.map, emptyMap(name, policy))
    await withClient(shell, options.config, async (client) => {
      const [before, schema] = [await mapOf(client), await client.call('describeStore', { store: name })]
      const known = before.stores[name] ?? emptyStore(policy)
      const proposed = proposeStore(schema, policy, known)
      const kept = existsSync(file) ? readMap(file) : before
      writeMap(file, { avow: 1, stores: { ...kept.stores, [name]: proposed } })
      const open = openIn(proposed)
      const added = Object.keys(proposed.tables).length - Object.keys(known.tables).length
      shell.terminal.out(`wrote ${file}: ${added} tables added, ${open} proposals to look at\n`)
      if (open > 0) shell.terminal.out('put your answer in the place of each `proposed`, then run `avow map check`\n')
    })
  })
}

function checkCommand(shell: Shell): Command {
  const command = new Command('check').description(
    'hold the map to the live schema: every column classified, every row owned',
  )
  return withJson(withConfig(command)).action((options: Options) =>
    withClient(shell, options.config, async (client) => {
      const answer = await client.call('checkMap', {})
      if (!answer.holds) shell.exit = exit.finding
      if (options.json) return printJson(shell, answer)
      for (const { name, tables, columns, findings } of answer.stores) {
        for (const { code, detail } of findings) shell.terminal.out(`${code === 'advice' ? 'advice: ' : ''}${detail}\n`)
        const faults = findings.filter(({ code }) => code !== 'advice').length
        shell.terminal.out(
          `${name}: ${tables} tables, ${columns} columns, ${faults === 0 ? 'all of them answered for' : `${faults} findings`}\n`,
        )
      }
      if (answer.stores.length === 0) shell.terminal.out('no store is mapped: name one in the configuration\n')
    }),
  )
}

function planCommand(shell: Shell): Command {
  const command = new Command('plan')
    .description('what an answer or an erasure does in a store, for anybody, step by step')
    .argument('[store]', 'its name (default: all)')
    .option('--access', 'the plan of an answer, not of an erasure')
  return withConfig(command).action((name: string | undefined, options: Options & { access?: true }) =>
    withClient(shell, options.config, async (client) => {
      const { stores } = await mapOf(client)
      if (name !== undefined && stores[name] === undefined) throw unknownStore(name, Object.keys(stores))
      for (const [each, store] of Object.entries(stores)) {
        if (name !== undefined && each !== name) continue
        const of = ownershipOf(store)
        shell.terminal.out(
          `${each}:\n${options.access ? formatAccessPlan(planAccess(of)) : formatErasurePlan(planErasure(of))}\n`,
        )
      }
    }),
  )
}

function storeOf({ stores }: Config, name: string): CompanyStoreConfig {
  const store = stores.find((each) => each.name === name)
  if (store === undefined)
    throw unknownStore(
      name,
      stores.map((each) => each.name),
    )
  return store
}

function unknownStore(name: string, known: readonly string[]): AvowError {
  const cure = known.length === 0 ? 'name it under `stores` in `avow.json`' : `use one of ${known.join(', ')}`
  return new AvowError('INPUT_INVALID', `unknown store \`${name}\`: ${cure}`)
}

async function mapOf(client: Client): Promise<DataMap> {
  // `as`: the server has held its maps to their shape and to the policy before it answers at all.
  return (await client.call('map', {})) as DataMap
}

function readMap(file: string): DataMap {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value === 'object' && value !== null && 'stores' in value) return value as DataMap // merged, never run
  } catch (cause) {
    throw new AvowError('MAP_MALFORMED', `\`${file}\` is not JSON: mend its commas, quotes and brackets`, { cause })
  }
  throw new AvowError('MAP_MALFORMED', `\`${file}\` is no data map: it has no \`stores\``)
}

/** Written beside and renamed: a map is never left half written. */
function writeMap(file: string, map: DataMap): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(map, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

const emptyStore = ({ controller }: PolicyDocument): StoreMap => ({
  kind: 'postgres',
  level: 'seen',
  country: controller.country,
  tables: {},
})
const emptyMap = (name: string, policy: PolicyDocument): DataMap => ({
  avow: 1,
  stores: { [name]: emptyStore(policy) },
})

/** How many guesses nobody has answered: columns, ways to an owner, and links. */
function openIn({ tables }: StoreMap): number {
  return JSON.stringify(tables).split('"proposed":').length - 1
}
