import { expect, test } from 'vitest'
import { readTable } from './read-table.ts'

test('a table is read in UTF-8, with or without its mark, and in GBK', () => {
  const of = (...bytes: number[]) => new Uint8Array(bytes).buffer
  expect(readTable(of(0xef, 0xbb, 0xbf, 0xe7, 0xa7, 0x91, 0x2c, 0x31))).toBe('科,1')
  expect(readTable(of(0xe7, 0xa7, 0x91, 0x2c, 0x31))).toBe('科,1')
  expect(readTable(of(0xbf, 0xc6, 0xca, 0xd2, 0x2c, 0x31))).toBe('科室,1')
})
