/**
 * `avow map`: what lies in the company's own stores and whose it is. `init` proposes what nobody has answered, `check`
 * holds the map to the live schema, `plan` shows what an answer or an erasure would do, step by step.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import type { MapCheckAnswer } from '@avow/core/api/map'
import { AvowError } from '@avow/core/errors'
import { checkMap, mapFaults } from '@avow/core/map/check'
import type { DataMap, StoreMap } from '@avow/core/map/document'
import { formatAccessPlan, formatErasurePlan } from '@avow/core/map/formatPlan'
import { ownershipOf } from '@avow/core/map/ownership'
import { planAccess, planErasure } from '@avow/core/map/plan'
import { proposeStore } from '@avow/core/map/propose'
import type { DescribedSchema } from '@avow/core/map/schema'
import type { PolicyDocument } from '@avow/core/policy/document'
import { Command } from 'commander'
import type { CompanyStoreConfig, Config } from '../config.ts'
import { readMapFile, writeMap } from '../files/mapFile.ts'
import { readSoundPolicy } from '../files/policyFile.ts'
import { exit } from './exit.ts'
import { requireConfig } from './installation.ts'
import { printJson, type Shell, withConfig, withInstallation, withJson } from './shell.ts'

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
    const schema = await describe(shell, config, store, policy)
    const before = existsSync(store.map) ? await readMapFile(store.map, name) : emptyMap(name, policy)
    const known = before.stores[name] ?? emptyStore(policy)
    const proposed = proposeStore(schema, policy, known)
    const kept = existsSync(file) ? await readMapFile(file, name) : before
    writeMap(file, { avow: 1, stores: { ...kept.stores, [name]: proposed } })
    const open = openIn(proposed)
    const added = Object.keys(proposed.tables).length - Object.keys(known.tables).length
    shell.terminal.out(`wrote ${file}: ${count(added, 'table')} added, ${count(open, 'proposal')} to look at\n`)
    if (open > 0) shell.terminal.out('put your answer in the place of each `proposed`, then run `avow map check`\n')
  })
}

/** The live schema, read past a map that is not there yet or cannot stand yet: an empty one takes its place. */
async function describe(
  shell: Shell,
  config: Config,
  store: CompanyStoreConfig,
  policy: PolicyDocument,
): Promise<DescribedSchema> {
  const folder = mkdtempSync(join(tmpdir(), 'avow-map-'))
  const map = join(folder, 'map.json')
  try {
    writeMap(map, emptyMap(store.name, policy))
    return await withInstallation(shell, { ...config, stores: [{ ...store, map }] }, (client) =>
      client.call('describeStore', { store: store.name }),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function checkCommand(shell: Shell): Command {
  const command = new Command('check').description(
    'hold the map to the live schema: every column classified, every row owned',
  )
  return withJson(withConfig(command)).action(async (options: Options) => {
    const config = requireConfig(shell.terminal, options.config)
    // Under a map with faults of its own no installation opens, so these are looked for first, all of them.
    const faults = await ownFaults(config)
    const answer =
      faults.length > 0
        ? { holds: false, stores: faults }
        : await withInstallation(shell, config, (client) => client.call('checkMap', {}))
    if (!answer.holds) shell.exit = exit.finding
    if (options.json) return printJson(shell, answer)
    for (const each of answer.stores) shell.terminal.out(formatStore(each))
    if (answer.stores.length === 0) shell.terminal.out('no store is mapped: name one in the configuration\n')
  })
}

type CheckedStore = MapCheckAnswer['stores'][number]

async function ownFaults(config: Config): Promise<CheckedStore[]> {
  const policy = await readSoundPolicy(config.policy)
  const stores: CheckedStore[] = []
  for (const { name, map: file } of config.stores) {
    const store = existsSync(file) ? (await readMapFile(file, name)).stores[name] : undefined
    if (store === undefined) continue // opening the installation says so
    const findings = mapFaults({ avow: 1, stores: { [name]: store } }, policy)
    if (findings.length === 0) continue
    const tables = Object.values(store.tables)
    stores.push({
      name,
      tables: tables.length,
      columns: tables.reduce((sum, table) => sum + Object.keys(table.columns).length, 0),
      findings: findings.map(({ code, message }) => ({ code, detail: message })),
    })
  }
  return stores
}

function formatStore({ name, tables, columns, findings }: CheckedStore): string {
  const faults = findings.filter(({ code }) => code !== 'advice').length
  const end = faults === 0 ? 'all of them answered for' : `${faults} ${faults === 1 ? 'finding' : 'findings'}`
  return [
    ...findings.map(({ code, detail }) => `${code === 'advice' ? 'advice: ' : ''}${detail}\n`),
    `${name}: ${tables} tables, ${columns} columns, ${end}\n`,
  ].join('')
}

function planCommand(shell: Shell): Command {
  const command = new Command('plan')
    .description('what an answer or an erasure does in a store, for anybody, step by step')
    .argument('[store]', 'its name (default: all)')
    .option('--access', 'the plan of an answer, not of an erasure')
  return withConfig(command).action(async (name: string | undefined, options: Options & { access?: true }) => {
    const config = requireConfig(shell.terminal, options.config)
    const policy = await readSoundPolicy(config.policy)
    const chosen = name === undefined ? config.stores : [storeOf(config, name)]
    for (const { name: each, map: file } of chosen) {
      const store = (await readMapFile(file, each)).stores[each]
      if (store === undefined) throw new AvowError('INPUT_INVALID', `the map \`${file}\` has no store \`${each}\``)
      checkMap({ avow: 1, stores: { [each]: store } }, policy)
      const of = ownershipOf(store)
      const plan = options.access ? formatAccessPlan(planAccess(of)) : formatErasurePlan(planErasure(of))
      shell.terminal.out(`${each}:\n${plan}\n`)
    }
  })
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

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`
