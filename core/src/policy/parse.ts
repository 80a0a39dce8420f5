/**
 * JSON to a policy document, or the first fault of its shape (documentShape.ts).
 * Does not: ask whether the names are declared and the rules can stand together (check.ts).
 */
import { parseDocument, parseDocumentText } from '../shape/parse.ts'
import type { PolicyDocument } from './document.ts'
import { policyFormat } from './documentShape.ts'

/** @throws AvowError POLICY_MALFORMED naming the place, the fault and its cure */
export const parsePolicy = (value: unknown): PolicyDocument => parseDocument(policyFormat, value)

/** @throws AvowError POLICY_MALFORMED; also for text that is no JSON, or in which an object has a name twice */
export const parsePolicyText = (text: string): PolicyDocument => parseDocumentText(policyFormat, text)
