/**
 * JSON to a data map, or the first fault of its shape (documentShape.ts).
 * Does not: ask whether its names exist and it can stand (check.ts).
 */
import { parseDocument, parseDocumentText } from '../shape/parse.ts'
import type { DataMap } from './document.ts'
import { mapFormat } from './documentShape.ts'

/** @throws AvowError MAP_MALFORMED naming the place, the fault and its cure */
export const parseMap = (value: unknown): DataMap => parseDocument(mapFormat, value)

/** @throws AvowError MAP_MALFORMED; also for text that is no JSON, or in which an object has a name twice */
export const parseMapText = (text: string): DataMap => parseDocumentText(mapFormat, text)
