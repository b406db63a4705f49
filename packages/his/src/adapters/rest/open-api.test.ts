import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ALL_OPERATIONS } from '../../operations.ts'
import { openApiDocument } from './open-api.ts'
import { wirePath } from './wire-plan.ts'

const document = openApiDocument()

test('the document in the repository is current (npm run generate)', () => {
  const file = new URL('../../../openapi/his.openapi.json', import.meta.url)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)))
})

test('it has every operation of the port and no other', () => {
  const paths = ALL_OPERATIONS.map(([name]) => wirePath(name))
  expect(Object.keys(document['paths'] as object).toSorted()).toEqual(paths.toSorted())
})

test('every reference leads somewhere', () => {
  const { schemas } = document['components'] as { readonly schemas: Record<string, unknown> }
  const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name,
  )
  expect(names.filter((name) => !Object.hasOwn(schemas, String(name)))).toEqual([])
  expect(new Set(names)).toEqual(new Set(Object.keys(schemas)))
})

test('every amount says fen in its name', () => {
  const text = JSON.stringify(document)
  expect(text).not.toMatch(/"(amount|total|fee|refunded|refundable|available)":/)
  expect(text).toContain('"refundableFen":{"type":"integer","minimum":0')
})
