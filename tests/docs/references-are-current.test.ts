import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CATALOGUE, parseHospitals, SETTINGS } from '@zhangyi/server'
import { beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLE_HOSPITALS } from '../../scripts/generate/example-hospitals.ts'
import { makeReferences } from '../../scripts/generate/references.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

describe('generated references', () => {
  let made: Readonly<Record<string, string>> = {}
  beforeAll(async () => {
    made = await makeReferences()
  })

  test.each([
    'docs/reference/settings.md',
    'docs/reference/hospitals.md',
    'docs/reference/errors.md',
    'docs/reference/openapi.json',
  ])('%s is what `npm run generate` makes', (path) => {
    expect(read(path)).toBe(made[path])
  })

  test('the error reference and the catalogue name the same codes', () => {
    const documented = [...read('docs/reference/errors.md').matchAll(/^\| `([a-z-]+)` \| \d{3} \|/gm)]
    expect(documented.map(([, code]) => code)).toEqual(Object.keys(CATALOGUE))
  })

  test('the settings reference and the settings table name the same variables', () => {
    const documented = [...read('docs/reference/settings.md').matchAll(/^\| `(ZHANGYI_[A-Z_]+)` \|/gm)]
    expect(documented.map(([, env]) => env)).toEqual(Object.values(SETTINGS).map(({ env }) => env))
  })

  test('the example of a hospitals file is one', () => {
    expect(parseHospitals(EXAMPLE_HOSPITALS, 'example').all).toHaveLength(1)
  })

  test('every interface address is described: an address, a summary and a tag', () => {
    const { paths } = JSON.parse(read('docs/reference/openapi.json')) as {
      paths: Record<string, Record<string, { summary?: string; tags?: string[] }>>
    }
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary, tags }]) => ({ path, method, summary, tags })),
    )
    expect(operations.length).toBeGreaterThan(5)
    expect(operations.filter(({ summary, tags }) => !summary || !tags?.length)).toEqual([])
  })
})
