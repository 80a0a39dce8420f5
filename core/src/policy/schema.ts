/**
 * The JSON Schema (draft 2020-12) of a policy document, from the same description as its parser. Published as
 * spec/policy.schema.json; a test holds the file to this.
 */
import { documentShape } from './documentShape.ts'
import { longestName, namePattern, reservedNames } from './name.ts'
import type { Description, Properties } from './shape.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

export function policySchema(): JsonSchema {
  const definitions: Record<string, JsonSchema> = {
    identifier: { type: 'string', pattern: namePattern, maxLength: longestName, not: { enum: reservedNames } },
  }
  const document = schemaOf(documentShape, definitions)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Avow policy document, version 1 of the language',
    description: 'The shape alone; what it means, and what must hold besides, is in policy.md beside this file.',
    ...document,
    $defs: definitions,
  }
}

/** The schema of a shape; one that has a name is put under it in `definitions`, and referred to. */
function schemaOf(shape: Description, definitions: Record<string, JsonSchema>): JsonSchema {
  const { name } = shape
  if (name === undefined) return bodyOf(shape, definitions)
  definitions[name] ??= bodyOf(shape, definitions)
  return { $ref: `#/$defs/${name}` }
}

function bodyOf(shape: Description, definitions: Record<string, JsonSchema>): JsonSchema {
  switch (shape.kind) {
    case 'constant':
      return { const: shape.value }
    case 'oneOf':
      return { enum: shape.values }
    case 'text':
      return { type: 'string', minLength: 1 }
    case 'matching':
      return { type: 'string', pattern: shape.pattern }
    case 'days':
      return { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }
    case 'list':
      return { type: 'array', items: schemaOf(shape.of, definitions), minItems: shape.least }
    case 'record':
      return {
        type: 'object',
        ...(shape.names === 'declared' ? { propertyNames: { $ref: '#/$defs/identifier' } } : {}),
        additionalProperties: schemaOf(shape.of, definitions),
        minProperties: shape.least,
      }
    case 'object':
      return {
        type: 'object',
        properties: mapped({ ...shape.required, ...shape.optional }, definitions),
        required: Object.keys(shape.required),
        additionalProperties: false,
      }
    case 'variants':
      return { oneOf: Object.values(shape.variants).map((each) => schemaOf(each, definitions)) }
    case 'either':
      return { anyOf: shape.shapes.map((each) => schemaOf(each, definitions)) }
  }
}

function mapped(properties: Properties, definitions: Record<string, JsonSchema>): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(properties).map(([name, shape]) => [name, schemaOf(shape, definitions)]))
}
