/** Writes the JSON Schemas in spec/ from the description of each format. A test fails while a file differs from it. `npm run format` lays them out. */
import { writeFileSync } from 'node:fs'
import { mapFormat } from '@avow/core/map/documentShape'
import { policyFormat } from '@avow/core/policy/documentShape'
import { jsonSchema } from '@avow/core/shape/jsonSchema'
import type { JsonSchema } from '@avow/core/shape/shape'

const schemas: Readonly<Record<string, JsonSchema>> = {
  'policy.schema.json': jsonSchema(policyFormat),
  'map.schema.json': jsonSchema(mapFormat),
}
for (const [file, schema] of Object.entries(schemas)) {
  writeFileSync(new URL(`../spec/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
}
