import { expect, test } from 'vitest'
import { readCsv } from './read-csv.ts'
import { writeCsv } from './write-csv.ts'

test('a cell that a spreadsheet would run gets a quote in front; a number is a number', () => {
  const cells = [
    '=HYPERLINK("http://x")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    'plain',
    'a,b',
    'say "x"',
    -5,
    null,
  ]
  expect(writeCsv([cells])).toBe(
    `\uFEFF"'=HYPERLINK(""http://x"")",'+1,-1,'@SUM(A1),'\t=1,plain,"a,b","say ""x""",-5,\r\n`,
  )
})

test('tables as people bring them: byte order mark, tabs, Chinese commas, quotes, empty lines', () => {
  const text = '\uFEFF编号,代码\r\nA,1\n\nB\t2\rC，3\n"D,""x""",4\n'
  expect(readCsv(text, ([id]) => id === '编号').map(({ number, cells }) => [number, ...cells])).toEqual([
    [2, 'A', '1'],
    [4, 'B', '2'],
    [5, 'C', '3'],
    [6, 'D,"x"', '4'],
  ])
})
