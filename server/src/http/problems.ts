/**
 * From an error to what the caller sees: a problem of RFC 9457. The only place where a code becomes a status.
 * An AvowError says what its message says. Anything else is a fault of ours: status 500, no detail beyond the id of the
 * call, the cause in the log. Messages of the HTTP framework are replaced, because some of them quote the body.
 */
import { type Problem, problemMediaType } from '@avow/core/api/problem'
import { AvowError, type ErrorCode } from '@avow/core/errors'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { faultPage, type Site } from '../pages/layout.ts'

export const statusOf: Readonly<Record<ErrorCode, number>> = {
  POLICY_MALFORMED: 422,
  POLICY_UNKNOWN_NAME: 422,
  POLICY_UNSOUND: 422,
  POLICY_TOO_WIDE: 422,
  POLICY_BREAKS_PROOF: 422,
  DECISION_UNKNOWN_NAME: 422,
  DECISION_MALFORMED: 422,
  LEDGER_PROOF_INVALID: 422,
  LEDGER_NOTE_INVALID: 422,
  LEDGER_RECEIPT_INVALID: 422,
  LEDGER_BROKEN: 500,
  MAP_MALFORMED: 422,
  MAP_UNCLASSIFIED: 409,
  MAP_UNSOUND: 409,
  STORE_LOCKED: 503,
  STORE_UNAVAILABLE: 503,
  STORE_FULL: 507,
  KEY_MISSING: 503,
  KEY_DESTROYED: 410,
  SEAL_INVALID: 500,
  SUBJECT_UNKNOWN: 404,
  REQUEST_UNKNOWN: 404,
  REQUEST_STATE: 409,
  ERASURE_INCOMPLETE: 500,
  INPUT_INVALID: 400,
  UNAUTHORISED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  TOO_MANY: 429,
}

/** What the framework refuses before a route runs, in our words. Its own messages may quote what was sent. */
const framework: Readonly<Record<string, () => AvowError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new AvowError('TOO_LARGE', 'the body is too large: send it in smaller parts'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new AvowError('INPUT_INVALID', 'the body is of another media type: send `application/json`'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new AvowError('INPUT_INVALID', 'the body is empty: send a JSON object'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => new AvowError('INPUT_INVALID', 'the body is not JSON: mend its syntax'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new AvowError('INPUT_INVALID', 'the body is not as long as its `content-length` says'),
  FST_ERR_BAD_URL: () => new AvowError('INPUT_INVALID', 'the address is malformed: encode it as RFC 3986 asks'),
}

export function avowErrorOf(error: unknown): AvowError | undefined {
  if (error instanceof AvowError) return error
  if (!(error instanceof Error)) return undefined
  const { code, statusCode } = error as Partial<FastifyError> // a framework error has both; any other has neither
  const known = code === undefined ? undefined : framework[code]
  if (known) return known()
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AvowError('INPUT_INVALID', 'the call is malformed: see the description of the API')
  }
  return undefined
}

export function problemOf(error: AvowError | undefined, callId: string): Problem {
  const instance = `urn:avow:call:${callId}`
  if (error === undefined) {
    const detail = 'a fault of Avow itself: the log has the cause under the id of this call'
    return { type: 'about:blank', title: 'Internal Server Error', status: 500, detail, instance }
  }
  const { code, path } = error
  return {
    type: `urn:avow:error:${code}`,
    title: code.toLowerCase().replaceAll('_', ' '),
    status: statusOf[code],
    code,
    detail: error.message,
    ...(path === undefined ? {} : { path: [...path] }),
    instance,
  }
}

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const body = problemAnswered(error, request)
  reply.code(body.status).type(problemMediaType).send(body)
}

function problemAnswered(error: unknown, request: FastifyRequest): Problem {
  const body = problemOf(avowErrorOf(error), request.id)
  if (body.status >= 500) request.log.error({ err: error }, 'call failed')
  return body
}

/** Makes every failure of `server`, an unknown address included, answer a problem; to a browser, as a page. */
export function answerWithProblems(server: FastifyInstance, site: Site): void {
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    if (!wantsPage(request)) return answerProblem(error, request, reply)
    const { status, detail } = problemAnswered(error, request)
    return void reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(faultPage(site, status, detail))
  }
  server.setErrorHandler(answer)
  server.setNotFoundHandler((request, reply) =>
    answer(new AvowError('NOT_FOUND', 'there is nothing under this address'), request, reply),
  )
}

const wantsPage = ({ method, url, headers }: FastifyRequest) =>
  method === 'GET' && !url.startsWith('/v1/') && (headers.accept ?? '').includes('text/html')
