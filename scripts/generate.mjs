// `npm run generate`: writes everything in docs/reference that is made from the source. CI expects an empty diff.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeReferences } from './generate/references.ts'
import { ROOT } from './step.mjs'

for (const [path, text] of Object.entries(await makeReferences())) {
  const file = join(ROOT, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  process.stdout.write(`✓ ${path}\n`)
}
