/**
 * Who may import what, as ARCHITECTURE.md draws it: one table, and the check of every import against it.
 * A file belongs to the longest place that its path begins with. Tests may import anything.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** Each place, and the places and packages it may import from besides itself and `node:` modules where it says so. */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  'core/src/api': ['core', 'zod'],
  policies: ['core'],
  examples: ['core', 'policies', '@faker-js/faker', 'node:'],
  'server/src/store': ['core', 'node:', 'kysely', 'pg', '@electric-sql/pglite'],
  'server/src/vault': ['core', 'node:'],
  'server/src/connectors': ['core', 'node:', 'pg'],
  'server/src/detect': ['core', 'node:'],
  'server/src/commands': [
    'core',
    'node:',
    'server/src/store',
    'server/src/vault',
    'server/src/connectors',
    'server/src/detect',
  ],
  'server/src/jobs': [
    'core',
    'node:',
    'server/src/commands',
    'server/src/store',
    'server/src/vault',
    'server/src/connectors',
  ],
  'server/src/pages': ['core', 'server/src/commands'],
  'server/src/http': [
    'core',
    'node:',
    'server/src/commands',
    'server/src/pages',
    'fastify',
    '@fastify/helmet',
    '@fastify/rate-limit',
    'pino',
  ],
  // The command line calls an installation through its HTTP routes, in this process where no server answers.
  'server/src/cli': [
    'core',
    'node:',
    'server/src/main',
    'server/src/config',
    'server/src/files',
    'server/src/http',
    'commander',
    'cli-progress',
    'csv-parse',
  ],
  // The demonstration makes a company's own database, which is none of Avow's.
  'server/src/cli/demo': [
    'core',
    'node:',
    'server/src/cli',
    'server/src/config',
    'server/src/store/embedded',
    'examples',
    'policies',
    'commander',
    'pg',
  ],
  'server/src/files': ['core', 'node:'],
  'server/src/main': ['core', 'node:', 'server/src', 'pg', 'pino'],
  scripts: ['core', 'node:', 'tests', 'server/src/main'],
}

const aliases: Readonly<Record<string, string>> = {
  '@avow/core': 'core',
  '@avow/server': 'server',
  '@avow/policy-imwebdesigns': 'policies/imwebdesigns',
  '@avow/example-imwebdesigns': 'examples/imwebdesigns',
}

const under = (path: string, place: string) =>
  path === place || path.startsWith(`${place}/`) || path.startsWith(`${place}.`)

/** One line for each import that goes against the table. @param root folder of the repository */
export function importFaults(root: string): string[] {
  const files = globSync(['{core,server,policies,examples,scripts}/**/*.ts'], { cwd: root })
  return files
    .filter((file) => !file.includes('node_modules') && !/\.(test|bench)\.ts$/.test(file))
    .flatMap((file) => faultsOf(file, readFileSync(join(root, file), 'utf8')))
}

export function faultsOf(file: string, text: string): string[] {
  const place = Object.keys(allowed)
    .filter((each) => under(file, each))
    .sort((a, b) => b.length - a.length)[0]
  if (place === undefined) return []
  const targets = [
    ...text.matchAll(
      /^\s*(?:import|export)\b[^'"\n]*(?:\n[^'"]*?)?from\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)|^import\s+['"]([^'"]+)['"]/gm,
    ),
  ]
    .map((found) => found[1] ?? found[2] ?? found[3] ?? '')
    .map((target) => resolve(file, target))
  return targets
    .filter(
      (target) =>
        !under(target, place) &&
        !allowed[place]!.some((each) => (each === 'node:' ? target.startsWith('node:') : under(target, each))),
    )
    .map((target) => `${file}: \`${place}\` may not import \`${target}\`: see the table in scripts/imports.ts`)
}

function resolve(file: string, target: string): string {
  if (target.startsWith('.')) return normalize(join(dirname(file), target))
  const alias = Object.keys(aliases).find((name) => target === name || target.startsWith(`${name}/`))
  return alias === undefined ? target : aliases[alias]! + target.slice(alias.length)
}
