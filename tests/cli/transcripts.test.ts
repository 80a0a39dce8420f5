import assert from 'node:assert/strict'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { runTranscript } from './transcript.ts'

for (const file of globSync(new URL('./policy/*.txt', import.meta.url).pathname).sort()) {
  test(`the command line answers as ${basename(file)} has it`, async () => {
    const text = readFileSync(file, 'utf8')
    const said = await runTranscript(text, async () => {
      throw new Error('internal: a command about a policy opens no installation')
    })
    if (process.env.AVOW_TRANSCRIBE !== undefined) writeFileSync(file, said)
    else assert.equal(said, text)
  })
}
