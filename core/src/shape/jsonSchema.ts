/**
 * The JSON Schema (draft 2020-12) of a format, from the same description as its parser. Published in spec/ by
 * scripts/writeSchemas.ts; tests hold the files to this.
 */
import type { Description, DocumentFormat, JsonSchema, Properties } from './shape.ts'

export function jsonSchema<T>({ title, description, shape }: DocumentFormat<T>): JsonSchema {
  const definitions: Record<string, JsonSchema> = {}
  const document = schemaOf(shape, definitions)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    description,
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
    case 'flag':
      return { const: true }
    case 'scalar':
      return { anyOf: ['string', 'number', 'boolean', 'null'].map((type) => ({ type })) }
    case 'list':
      return { type: 'array', items: schemaOf(shape.of, definitions), minItems: shape.least }
    case 'record':
      return {
        type: 'object',
        ...namesOf(shape, definitions),
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
    case 'marked':
      return { oneOf: Object.values(shape.marked).map((each) => schemaOf(each, definitions)) }
    case 'either':
      return { anyOf: shape.shapes.map((each) => schemaOf(each, definitions)) }
  }
}

function namesOf({ names }: Description & { kind: 'record' }, definitions: Record<string, JsonSchema>): JsonSchema {
  const { name, schema } = names
  if (schema === undefined) return {}
  if (name === undefined) return { propertyNames: schema }
  definitions[name] ??= schema
  return { propertyNames: { $ref: `#/$defs/${name}` } }
}

function mapped(properties: Properties, definitions: Record<string, JsonSchema>): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(properties).map(([name, shape]) => [name, schemaOf(shape, definitions)]))
}
