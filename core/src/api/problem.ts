/**
 * What every failed call answers: a problem of RFC 9457, with the code of core/src/errors.ts.
 * `detail` is the message of the AvowError: one line, and never a value of a person.
 */
import { z } from 'zod'
import { type ErrorCode, errorCodes } from '../errors.ts'

export const problemMediaType = 'application/problem+json'

const isCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(errorCodes, value)

export const problem = z.strictObject({
  /** `urn:avow:error:CODE`, or `about:blank` where no code fits and the status says all (RFC 9457 §4.2.1). */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** Absent only for a fault of Avow itself. */
  code: z.custom<ErrorCode>(isCode).optional(),
  /** Where in the body the fault lies. */
  path: z.array(z.union([z.string(), z.number()])).optional(),
  /** The id of the call, as in the log of the server: `urn:avow:call:…`. */
  instance: z.string().optional(),
})
export type Problem = z.infer<typeof problem>
