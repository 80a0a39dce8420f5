/**
 * The one error class of Avow, and every code it may carry.
 * Bad input throws an AvowError; a denial is a value, never an error; a fault of our own throws `Error('internal: …')`.
 * A message is one line: what is wrong, where, and how to mend it. It never holds personal data.
 */

/** Every code, with the sentence that says when it is used. `http/` maps these, and only these, to a status. */
export const errorCodes = {
  POLICY_MALFORMED: 'the policy document is not of the shape the language asks for',
  POLICY_UNKNOWN_NAME:
    'the policy names a context, category, field, source, purpose, recipient, fact or promise it does not declare',
  POLICY_UNSOUND: 'the policy document is well formed but one of its rules or promises cannot stand',
  POLICY_TOO_WIDE: 'a cell of the policy would enumerate more than 65,536 combinations of facts',
  POLICY_BREAKS_PROOF: 'a version of the policy under which a declared property no longer holds',
  DECISION_UNKNOWN_NAME: 'a request for a decision names something the policy does not declare',
  DECISION_MALFORMED: 'a request for a decision lacks an attribute or gives one of the wrong type',
  LEDGER_PROOF_INVALID: 'a proof does not lead to the root it should',
  LEDGER_NOTE_INVALID: 'a signed note is malformed or carries no valid signature of a known key',
  LEDGER_RECEIPT_INVALID: 'a receipt does not verify',
  LEDGER_BROKEN: 'the stored log has an altered, dropped or reordered leaf',
  MAP_MALFORMED: 'the data map is not of the shape the language asks for',
  MAP_UNCLASSIFIED: 'a column of a mapped store has not been classified',
  MAP_UNSOUND: 'under this map a row has no owner, or one answer would hold the data of another person',
  STORE_LOCKED: 'another process holds the embedded folder',
  STORE_UNAVAILABLE: 'the store cannot be reached or opened',
  STORE_FULL: 'the disk of the store is full',
  KEY_MISSING: 'the wrapping key cannot be found or read',
  KEY_DESTROYED: 'the key that sealed this value has been destroyed',
  SEAL_INVALID: 'a sealed value does not open: altered, or sealed for another subject, record or field',
  SUBJECT_UNKNOWN: 'no subject answers to that identifier',
  REQUEST_UNKNOWN: 'no request has that id',
  REQUEST_STATE: 'the request cannot take that step in its present state',
  ERASURE_INCOMPLETE: 'after the erasure something of the person was still found',
  INPUT_INVALID: 'an argument, body or file is not what it should be',
  UNAUTHORISED: 'no valid credential was given',
  FORBIDDEN: 'the credential does not allow this',
  NOT_FOUND: 'there is nothing under that address',
  TOO_LARGE: 'the input is larger than the bound for it',
  TOO_MANY: 'too many requests in the time allowed',
} as const

export type ErrorCode = keyof typeof errorCodes

/** Where in a document the fault lies: property names and indexes from the root. */
export type ErrorPath = readonly (string | number)[]

export class AvowError extends Error {
  override readonly name = 'AvowError'
  readonly code: ErrorCode
  readonly path: ErrorPath | undefined

  constructor(code: ErrorCode, message: string, options: { readonly path?: ErrorPath; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.path = options.path
  }
}

/** The default of a switch over a closed `kind`: unreachable as long as the compiler agrees. */
export function assertNever(value: never): never {
  throw new Error(`internal: unexpected ${JSON.stringify(value)}`)
}
