/**
 * The private socket: a file in the installation's folder that its owner alone may open. Access to it is access to
 * everything, so its folder is 0700 and the file 0600, and both are checked after, not only asked for.
 */
import { chmodSync, existsSync, lstatSync, mkdirSync, statSync, unlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { AvowError } from '@avow/core/errors'
import type { FastifyInstance } from 'fastify'

/** The kernel's bound on the path of a socket (Linux 108, macOS and the BSDs 104, with the closing zero). */
const maximumSocketPath = 103

export function socketPath(folder: string): string {
  return join(folder, 'avow.sock')
}

/** @throws AvowError STORE_LOCKED where another server listens there; INPUT_INVALID where no socket can be made */
export async function listenPrivately(server: FastifyInstance, folder: string): Promise<string> {
  const path = socketPath(folder)
  if (Buffer.byteLength(path) > maximumSocketPath) {
    throw new AvowError(
      'INPUT_INVALID',
      `the path of the private socket is longer than ${maximumSocketPath} bytes: choose a shorter \`folder\``,
    )
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (existsSync(path)) await removeStale(path)
  const before = process.umask(0o177) // the socket must never exist with wider rights, not even for a moment
  try {
    await server.listen({ path })
  } finally {
    process.umask(before)
  }
  chmodSync(path, 0o600)
  const rights = statSync(folder).mode & 0o077
  if (rights !== 0)
    throw new AvowError('STORE_UNAVAILABLE', `others can enter \`${folder}\`: make it private, mode 0700`)
  return path
}

/** A socket file outlives a killed server; one that still answers is another server's. */
async function removeStale(path: string): Promise<void> {
  if (!lstatSync(path).isSocket()) {
    throw new AvowError('INPUT_INVALID', `\`${path}\` is not a socket: move it away`)
  }
  if (await answers(path)) {
    throw new AvowError('STORE_LOCKED', `another server already listens at \`${path}\`: use it, or stop it first`)
  }
  unlinkSync(path)
}

/** Whether something listens at a socket file. */
export async function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
    probe.setTimeout(2_000, () => probe.destroy(new Error('internal: no answer')))
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
}
