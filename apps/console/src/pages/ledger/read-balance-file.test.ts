import { expect, test } from 'vitest'
import { readBalanceFile } from './read-balance-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('UTF-8 and GBK are read as they were written', () => {
  expect(readBalanceFile('a.csv', bytes('院内ID,姓名'))).toMatchObject({ text: '院内ID,姓名' })
  const gbk = new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb])
  expect(readBalanceFile('A.CSV', gbk)).toEqual({ text: '姓名', encoding: 'gb18030' })
})

test.each([
  ['an empty file', 'a.csv', new Uint8Array(), '空的'],
  ['a workbook, whatever it is called', 'a.csv', new Uint8Array([0x50, 0x4b, 3, 4, 0]), '工作簿'],
  ['another kind of file', 'a.pdf', bytes('%PDF'), 'CSV 文件'],
  ['UTF-16', 'a.csv', new Uint8Array([0x41, 0, 0x42, 0]), 'UTF-16'],
  ['no text at all', 'a.csv', new Uint8Array([0x80, 0xff, 0xff]), 'GBK'],
  ['too much', 'a.csv', new Uint8Array(20 * 1024 * 1024 + 1).fill(65), '命令行'],
])('%s is refused with what to do', (_what, name, content, words) => {
  const read = readBalanceFile(name, content)
  expect('problem' in read && read.problem).toContain(words)
})
