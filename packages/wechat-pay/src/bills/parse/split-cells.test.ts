import { expect, test } from 'vitest'
import { splitCells, splitHeader } from './split-cells.ts'

test('a header loses BOM, backticks, blanks and wide brackets', () => {
  expect(splitHeader('\ufeff交易时间,`商户号, 收支金额（元）')).toEqual([
    '交易时间',
    '商户号',
    '收支金额(元)',
  ])
})

test.each<[string, string, readonly string[]]>([
  ['plain cells', '`a,`b,`c', ['a', 'b', 'c']],
  ['empty cells', '`,`,`', ['', '', '']],
  ['a bare comma is text', '`a,b,`c,`d,', ['a,b', 'c', 'd,']],
  ['an escaped comma is text', '`a\\,b,`c,`d', ['a,b', 'c', 'd']],
  ['an escaped comma before a backtick', '`a\\,`b,`c,`d', ['a,`b', 'c', 'd']],
  ['a backslash at the end of a cell', '`C:\\,`b,`c', ['C:\\', 'b', 'c']],
  ['a backtick inside', '`a`b,`c,`d`', ['a`b', 'c', 'd`']],
  ['no backticks', 'a,b,c', ['a', 'b', 'c']],
  ['no backticks, escaped comma', 'a\\,b,c,d', ['a,b', 'c', 'd']],
])('%s', (_, line, cells) => {
  expect(splitCells(line, 3)).toEqual(cells)
})

test.each(['`a,`b', '`a,`b,`c,`d', '', '`', 'a,b', '`a\\,`b\\,`c,`d\\,`e,`f,`g'])(
  '%s is not three cells',
  (line) => {
    expect(splitCells(line, 3)).toBeUndefined()
  },
)
