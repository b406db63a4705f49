import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ALL_OPERATIONS } from '../operations.ts'
import { OPTIONAL_FIXTURES } from './fixtures.ts'

const guide = readFileSync(new URL('../../../../docs/guides/his-adapter.md', import.meta.url), 'utf8')

test('the guide’s table has every operation of the port, once, and no other; changes take the request key', () => {
  const rows = [...guide.matchAll(/^\| `([a-z.A-Z]+)\((.*?)\)` \|/gm)]
  expect(rows.map(([, name]) => name).sort()).toEqual(ALL_OPERATIONS.map(([name]) => name).sort())
  const changes = rows
    .filter(([, , input]) => /(?:^|, )requestKey$/.test(input ?? ''))
    .map(([, name]) => name)
  const expected = ALL_OPERATIONS.flatMap(([name, kind]) => (kind === 'change' ? [name] : []))
  expect(changes.sort()).toEqual(expected.sort())
})

test('the guide explains every fixture', () => {
  for (const fixture of ['oneArchive', 'severalArchives', ...OPTIONAL_FIXTURES]) {
    expect(guide).toContain(`- \`${fixture}\`：`)
    expect(guide).toContain(`"${fixture}": {`)
  }
})
