/**
 * What the HTTP layer and the command line need of an installation: one function a call of the contract, and what the
 * public pages show. `main.ts` implements it by wiring commands to stores; `http/` only parses, calls and answers.
 * Every function throws AvowError for what the caller did wrong; a denial or refusal is a value of its answer.
 */
import type { CallName, Calls } from '@avow/core/api/contract'
import type { PolicyDocument } from '@avow/core/policy/document'
import type { BoardEntry } from '@avow/core/promise/board'
import type { FastifyBaseLogger } from 'fastify'

/** One function for each call: input already parsed by the contract, answer as the contract says. */
export type Commands = {
  readonly [K in CallName]: (input: Calls[K]['input']) => Promise<Calls[K]['answer']>
}

/** What an access request found, to hand over: written as it is read, never whole in memory. */
export interface Package {
  /** `application/json` or `application/zip`. */
  readonly mediaType: string
  /** Without a path, without anything of the person. */
  readonly fileName: string
  readonly chunks: AsyncIterable<Uint8Array>
}

/** What anybody may see. Nothing here is about a person. */
export interface Published {
  readonly policy: PolicyDocument
  /** The hash of the policy's canonical JSON, in hex. */
  readonly policyVersion: string
  /** ISO day from which this version holds. */
  readonly effectiveDay: string
  /** Says on every page that the people are made up. */
  readonly demonstration: boolean
  /** The board as last evaluated: a page view must not start queries, or visitors could wear the store out. */
  board(): Promise<readonly BoardEntry[]>
  /** The latest signed checkpoint, a C2SP note. */
  checkpoint(): Promise<string>
  /** The key of the log, as `name+id+base64` (C2SP signed note). */
  readonly logKey: string
  /** Whether calls can be answered now: the store opens, the key is there. Says why not, in one line. */
  ready(): Promise<{ readonly ready: true } | { readonly ready: false; readonly reason: string }>
}

export interface Application {
  readonly commands: Commands
  /** @throws AvowError REQUEST_UNKNOWN, REQUEST_STATE while it is not done */
  readonly package: (requestId: string) => Promise<Package>
  readonly published: Published
  /** Stops the jobs, lets go of the stores and of the lock. */
  readonly close: () => Promise<void>
}

/** What `main.ts` exports under this name; the command line and the tests are given it. `C` is the configuration. */
export type OpenApplication<C> = (config: C, options: { readonly log: FastifyBaseLogger }) => Promise<Application>
