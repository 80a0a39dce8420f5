#!/usr/bin/env node
// The `avow` command: plain JavaScript, so that any Node from 20.19 can start it; the program runs under Node 24.
import { fileURLToPath } from 'node:url'
import { runUnderNode24 } from './node24.mjs'

runUnderNode24([fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)), ...process.argv.slice(2)])
