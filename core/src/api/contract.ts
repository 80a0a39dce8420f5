/**
 * The HTTP contract: every call about data, its method, path, input and answer, in one table. The server registers
 * it, the command line calls through it, and whoever adds a call is told by the compiler what else to fill in.
 * A GET takes its input from the path, a POST from a JSON body; nothing is read from a query. No input of a path names
 * a person (tested). Every call here is private: the public listener has none of them.
 */
import type { z } from 'zod'
import { type ChooseAnswer, type ChooseBody, chooseAnswer, chooseBody } from './choices.ts'
import { type DecideAnswer, type DecideBody, decideAnswer, decideBody } from './decisions.ts'
import { type ExplainAnswer, type ExplainBody, explainAnswer, explainBody } from './explanations.ts'
import { type ImportAnswer, type ImportBody, importAnswer, importBody } from './imports.ts'
import {
  type CheckpointAnswer,
  checkpointAnswer,
  type EntryProofAnswer,
  type EntryQuery,
  entryProofAnswer,
  entryQuery,
  type LedgerCheckAnswer,
  ledgerCheckAnswer,
} from './ledger.ts'
import {
  type DescribeAnswer,
  type DescribeBody,
  describeAnswer,
  describeBody,
  type MapAnswer,
  type MapCheckAnswer,
  mapAnswer,
  mapCheckAnswer,
} from './map.ts'
import { nothing } from './nothing.ts'
import { type PromisesAnswer, promisesAnswer } from './promises.ts'
import {
  type CollectAnswer,
  type CollectBody,
  type CorrectAnswer,
  type CorrectBody,
  collectAnswer,
  collectBody,
  correctAnswer,
  correctBody,
  type ReadAnswer,
  type ReadBody,
  readAnswer,
  readBody,
} from './records.ts'
import {
  type RequestAnswer,
  type RequestBody,
  type RequestQuery,
  requestAnswer,
  requestBody,
  requestQuery,
} from './requests.ts'

type Nothing = z.infer<typeof nothing>

export interface Calls {
  readonly decide: { readonly input: DecideBody; readonly answer: DecideAnswer }
  readonly explain: { readonly input: ExplainBody; readonly answer: ExplainAnswer }
  readonly collect: { readonly input: CollectBody; readonly answer: CollectAnswer }
  readonly choose: { readonly input: ChooseBody; readonly answer: ChooseAnswer }
  readonly read: { readonly input: ReadBody; readonly answer: ReadAnswer }
  readonly correct: { readonly input: CorrectBody; readonly answer: CorrectAnswer }
  readonly importRows: { readonly input: ImportBody; readonly answer: ImportAnswer }
  readonly openRequest: { readonly input: RequestBody; readonly answer: RequestAnswer }
  readonly request: { readonly input: RequestQuery; readonly answer: RequestAnswer }
  readonly promises: { readonly input: Nothing; readonly answer: PromisesAnswer }
  readonly checkpoint: { readonly input: Nothing; readonly answer: CheckpointAnswer }
  readonly proveEntry: { readonly input: EntryQuery; readonly answer: EntryProofAnswer }
  readonly checkLedger: { readonly input: Nothing; readonly answer: LedgerCheckAnswer }
  readonly map: { readonly input: Nothing; readonly answer: MapAnswer }
  readonly checkMap: { readonly input: Nothing; readonly answer: MapCheckAnswer }
  readonly describeStore: { readonly input: DescribeBody; readonly answer: DescribeAnswer }
}
export type CallName = keyof Calls

export interface Route<K extends CallName> {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly input: z.ZodType<Calls[K]['input']>
  readonly answer: z.ZodType<Calls[K]['answer']>
}

export const contract: { readonly [K in CallName]: Route<K> } = {
  decide: { method: 'POST', path: '/v1/decide', input: decideBody, answer: decideAnswer },
  explain: { method: 'POST', path: '/v1/explain', input: explainBody, answer: explainAnswer },
  collect: { method: 'POST', path: '/v1/collect', input: collectBody, answer: collectAnswer },
  choose: { method: 'POST', path: '/v1/choices', input: chooseBody, answer: chooseAnswer },
  read: { method: 'POST', path: '/v1/read', input: readBody, answer: readAnswer },
  correct: { method: 'POST', path: '/v1/correct', input: correctBody, answer: correctAnswer },
  importRows: { method: 'POST', path: '/v1/imports', input: importBody, answer: importAnswer },
  openRequest: { method: 'POST', path: '/v1/requests', input: requestBody, answer: requestAnswer },
  request: { method: 'GET', path: '/v1/requests/:id', input: requestQuery, answer: requestAnswer },
  promises: { method: 'GET', path: '/v1/promises', input: nothing, answer: promisesAnswer },
  checkpoint: { method: 'GET', path: '/v1/ledger/checkpoint', input: nothing, answer: checkpointAnswer },
  proveEntry: { method: 'GET', path: '/v1/ledger/entries/:index/proof', input: entryQuery, answer: entryProofAnswer },
  checkLedger: { method: 'POST', path: '/v1/ledger/check', input: nothing, answer: ledgerCheckAnswer },
  map: { method: 'GET', path: '/v1/map', input: nothing, answer: mapAnswer },
  checkMap: { method: 'POST', path: '/v1/map/check', input: nothing, answer: mapCheckAnswer },
  describeStore: { method: 'POST', path: '/v1/map/describe', input: describeBody, answer: describeAnswer },
}

/** The one call that answers a stream of bytes and not JSON: what an access request found, ready to hand over. */
export const packagePath = '/v1/requests/:id/package'

/** The address of a call with its input put in. */
export function addressOf(path: string, input: Readonly<Record<string, unknown>>): string {
  return path.replace(/:([a-z]+)/g, (_, name: string) => encodeURIComponent(String(input[name])))
}
