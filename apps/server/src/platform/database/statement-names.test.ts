import { expect, test } from 'vitest'
import { StatementNames } from './statement-names.ts'

const often = (names: StatementNames, text: string) => {
  for (let use = 0; use < 5; use++) names.nameOf(text)
  return names.nameOf(text)
}

test('a statement gets one name when it comes again, and never another statement’s', () => {
  const names = new StatementNames()
  expect(names.nameOf('SELECT 1')).toBeUndefined()
  const [one, two] = [often(names, 'SELECT 1'), often(names, 'SELECT 2')]
  expect(one).toMatch(/^s0_\d+$/)
  expect(two).not.toBe(one)
  expect(names.nameOf('SELECT 1')).toBe(one)
})

test('there are never more names than a connection can hold, and texts that never come again fill nothing', () => {
  const names = new StatementNames(2)
  for (let text = 0; text < 20_000; text++) expect(names.nameOf(`SELECT ${text}`)).toBeUndefined()
  const given = ['a', 'b', 'c'].map((text) => often(names, text))
  expect(given.filter((name) => name !== undefined)).toHaveLength(2)
  expect(given[2]).toBeUndefined()
})

test('after a migration no name of before is used', () => {
  const names = new StatementNames()
  const before = often(names, 'SELECT 1')
  names.forget()
  expect(often(names, 'SELECT 1')).not.toBe(before)
})
