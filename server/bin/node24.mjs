#!/usr/bin/env node
/**
 * Runs a script of the repository under Node 24, whatever Node started this one.
 * Where the machine's Node is older it fetches Node 24 from the npm registry once (npx keeps it) and then runs that
 * binary directly, so that signals and exit codes pass through one process and not a chain of shells.
 * Plain JavaScript: it has to run on Node 20.19.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const wanted = '24.21.0'

/** Where the answer of npx is kept, since asking it takes longer than most commands do. */
const remembered = fileURLToPath(new URL('../node_modules/.cache/avow/node24', import.meta.url))

/** Path of a Node 24 binary. Asks npx where it keeps one; fetches it the first time. */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const [version, known] = recall()
  if (version === wanted && existsSync(known)) return known
  console.error('avow: this needs Node 24: asking npm for it, once')
  const asked = spawnSync('npx', ['-y', '-p', `node@${wanted}`, '--', 'node', '-p', 'process.execPath'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  })
  const path = asked.stdout?.trim().split('\n').at(-1) ?? ''
  if (!existsSync(path)) {
    console.error(
      `avow: Node 24 is needed and could not be fetched from the npm registry: install it, or check the network`,
    )
    process.exit(69)
  }
  remember(path)
  return path
}

function recall() {
  try {
    return readFileSync(remembered, 'utf8').split('\n')
  } catch {
    return []
  }
}

function remember(path) {
  try {
    mkdirSync(dirname(remembered), { recursive: true })
    writeFileSync(remembered, `${wanted}\n${path}\n`)
  } catch {
    // An installation that may not be written to asks npx each time.
  }
}

/** Runs `args` under Node 24 and ends as it ends. */
export function runUnderNode24(args) {
  const child = spawn(node24(), ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + 15))
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1])
  runUnderNode24(process.argv.slice(2))
