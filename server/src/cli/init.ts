/** `avow init`: writes a starter policy, a configuration and an empty data map. Never over a file that is there. */
import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { AvowError } from '@avow/core/errors'
import { Command } from 'commander'
import type { Shell } from './shell.ts'
import { starterPolicy } from './starter.ts'

const files: readonly (readonly [string, unknown])[] = [
  ['policy.json', starterPolicy],
  ['map.json', { avow: 1, stores: {} }],
  ['avow.json', { policy: 'policy.json', folder: '.avow', stores: [] }],
]

const next = `Next:
  avow check                 look the policy over
  avow prove                 prove what it promises
  avow serve                 show it on http://127.0.0.1:8080
Then write your own: change policy.json, and name your database under "stores" in avow.json:
  { "name": "shop", "kind": "postgres", "map": "map.json", "read": "env:SHOP_READ_URL" }
and let \`avow map init shop\` propose what its columns are.
`

export function initCommand(shell: Shell): Command {
  return new Command('init').description('write a starter policy, a data map and a configuration here').action(() => {
    const paths = files.map(([name, content]) => ({ name, content, path: resolve(shell.terminal.folder, name) }))
    const there = paths.filter(({ path }) => existsSync(path)).map(({ name }) => `\`${name}\``)
    if (there.length > 0) {
      const cure = 'nothing was written: begin in another folder, or move them away'
      throw new AvowError('INPUT_INVALID', `${there.join(', ')} stand here already; ${cure}`)
    }
    for (const { name, content, path } of paths) {
      // `wx`: should the file appear meanwhile, it is left as it is.
      writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx' })
      shell.terminal.out(`wrote ${name}\n`)
    }
    shell.terminal.out(`\n${next}`)
  })
}
