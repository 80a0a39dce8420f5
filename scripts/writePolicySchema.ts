/** Writes spec/policy.schema.json from the language's own description. A test fails while the two differ. */
import { writeFileSync } from 'node:fs'
import { policySchema } from '@avow/core/policy/schema'

writeFileSync(new URL('../spec/policy.schema.json', import.meta.url), `${JSON.stringify(policySchema(), null, 2)}\n`)
