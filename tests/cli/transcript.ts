/**
 * Transcripts of the command line as text: what somebody types, and exactly what comes back.
 *   // a remark           + NAME … a line with `.` alone: a file in the folder of the transcript
 *   $ avow …              a command; what follows is its standard output,
 *   ! …                   a line of its standard error, and
 *   ? 2                   its exit code, where it is not 0
 *   $ show NAME           the content of a file
 * Every transcript runs in an empty folder, written FOLDER in it. Ids, days, times and hashes differ from run to run: they
 * are written ID, DAY, TIME and HASH; how many combinations a proof goes through is the prover's affair, and written N. To write one down as it is now: AVOW_TRANSCRIBE=1, then read it.
 */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runCommand } from '../../server/src/cli/program.ts'
import type { Terminal } from '../../server/src/cli/terminal.ts'
import type { Config } from '../../server/src/config.ts'
import type { OpenApplication } from '../../server/src/http/application.ts'

type Block =
  | { readonly kind: 'remark'; readonly text: string }
  | { readonly kind: 'file'; readonly name: string; readonly content: string }
  | { readonly kind: 'command'; readonly words: string; readonly input: string | undefined }

/** What is done in the folder before the first command, and after the last. */
export interface Around {
  readonly prepare?: (folder: string) => Promise<void>
  readonly end?: () => Promise<void>
}

/** Runs a transcript anew. @returns what it should say: the same text, if nothing changed */
export async function runTranscript(
  text: string,
  openApplication: OpenApplication<Config>,
  { prepare, end }: Around = {},
): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'avow-cli-')))
  try {
    await prepare?.(folder)
    let said = ''
    for (const block of parseTranscript(text)) said += await runBlock(block, folder, openApplication)
    return said
  } finally {
    await end?.()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runBlock(block: Block, folder: string, openApplication: OpenApplication<Config>): Promise<string> {
  if (block.kind === 'remark') return `${block.text}\n`
  if (block.kind === 'file') {
    mkdirSync(dirname(join(folder, block.name)), { recursive: true })
    writeFileSync(join(folder, block.name), block.content)
    return `+ ${block.name}\n${block.content}.\n`
  }
  const [program, ...words] = wordsOf(block.words)
  const typed = `$ ${block.words}${block.input === undefined ? '' : ` < ${block.input}`}\n`
  if (program === 'show') return typed + settled(ended(readFileSync(join(folder, words[0] ?? ''), 'utf8')), folder)
  let out = ''
  let err = ''
  const terminal: Terminal = {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    isWatched: false,
    ask: async () => '',
    input: async () => (block.input === undefined ? '' : readFileSync(join(folder, block.input), 'utf8')),
    environment: {},
    folder,
  }
  const code = await runCommand(words, terminal, openApplication, Promise.resolve())
  // Waiting is shown only where it takes long, which is no part of what a command says.
  const errors = err.replace(/^.* …\n/gm, '').replace(/^(.*)\n/gm, '! $1\n')
  return typed + settled(ended(out) + errors, folder) + (code === 0 ? '' : `? ${code}\n`)
}

const ended = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`)

function settled(text: string, folder: string): string {
  return text
    .replaceAll(folder, 'FOLDER')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/\b[0-9a-f]{64}\b/g, 'HASH')
    .replace(/under policy [0-9a-f]{12}/g, 'under policy HASH')
    .replace(/ on \d{4}-\d\d-\d\d,/g, ' on DAY,')
    .replace(/\d+ combinations of facts/g, 'N combinations of facts')
    .replace(/"worlds": \d+/g, '"worlds": N')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
}

function parseTranscript(text: string): readonly Block[] {
  const blocks: Block[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (line.startsWith('$ ')) {
      const [words, input] = line.slice(2).split(' < ')
      blocks.push({ kind: 'command', words: words!, input })
    } else if (line.startsWith('+ ')) {
      const end = lines.indexOf('.', at)
      blocks.push({ kind: 'file', name: line.slice(2), content: `${lines.slice(at + 1, end).join('\n')}\n` })
      at = end
    } else if (line.startsWith('// ') || (line === '' && (lines[at + 1] ?? '').startsWith('// '))) {
      blocks.push({ kind: 'remark', text: line })
    }
  }
  return blocks
}

/** Words of a command line: apart at spaces, but not within double quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? '')
}
