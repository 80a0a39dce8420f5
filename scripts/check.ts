/** `npm run check`: types, style, and the directions of imports. Seconds, so run it often. */
import { spawnSync } from 'node:child_process'
import { importFaults } from './imports.ts'

const root = new URL('..', import.meta.url).pathname
process.chdir(root)

const run = (args: readonly string[]) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0
const types = run(['node_modules/typescript/bin/tsc', '-p', '.'])
const style = run(['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'])
const faults = importFaults(root)
for (const fault of faults) console.error(fault)
process.exitCode = types && style && faults.length === 0 ? 0 : 1
