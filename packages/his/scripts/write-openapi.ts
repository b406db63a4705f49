import { writeFileSync } from 'node:fs'
import { openApiDocument } from '../src/adapters/rest/open-api.ts'

// Writes packages/his/openapi/his.openapi.json; a test keeps it current.
const file = new URL('../openapi/his.openapi.json', import.meta.url)
writeFileSync(file, `${JSON.stringify(openApiDocument(), null, 2)}\n`)
