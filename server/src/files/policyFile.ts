/**
 * Reads a policy from a file, written in TypeScript (an export named `policy`) or in JSON, and checks that it can stand.
 * A TypeScript policy is a program of the company's own and is run as such; a JSON one is data.
 */
import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AvowError } from '@avow/core/errors'
import { assertSound } from '@avow/core/policy/check'
import type { PolicyDocument } from '@avow/core/policy/document'
import { parsePolicy, parsePolicyText } from '@avow/core/policy/parse'

/** The policy in a file, of the right shape; whether it can stand is for `checkPolicy`. @throws AvowError */
export async function readPolicy(path: string): Promise<PolicyDocument> {
  if (!existsSync(path)) throw new AvowError('INPUT_INVALID', `no policy at \`${path}\`: check the path`)
  try {
    if (extname(path) === '.json') return parsePolicyText(readFileSync(path, 'utf8'))
    if (extname(path) === '.ts') return parsePolicy(await exportedPolicy(path))
  } catch (cause) {
    if (!(cause instanceof AvowError)) throw cause
    throw new AvowError(cause.code, `\`${path}\`: ${cause.message}`, { cause, ...(cause.path && { path: cause.path }) })
  }
  throw new AvowError('INPUT_INVALID', `\`${path}\` is neither \`.ts\` nor \`.json\`: write the policy in one of them`)
}

/** A policy that can stand, for what needs one. @throws AvowError, the first finding */
export async function readSoundPolicy(path: string): Promise<PolicyDocument> {
  const policy = await readPolicy(path)
  assertSound(policy)
  return policy
}

async function exportedPolicy(path: string): Promise<unknown> {
  const module: unknown = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : ''
    throw new AvowError('POLICY_MALFORMED', `it does not run: ${why}`, { cause })
  })
  if (typeof module === 'object' && module !== null && 'policy' in module) return module.policy
  throw new AvowError('POLICY_MALFORMED', 'it exports no `policy`: write `export const policy = definePolicy({ … })`')
}
