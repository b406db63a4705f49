import { sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { certHash } from './cert-hash.ts'

test('the example of WeChat’s own document', () => {
  expect(certHash(sensitive('张三'), sensitive('310101199801011234'))).toBe(
    '3c241f7ff324977aeb91f173bb2a7b06569e6fd784d5573db34a636d8671108b',
  )
})

test('another name or number has another hash, rare characters included', () => {
  const hashes = [
    ['张三', '310101199801011234'],
    ['张叁', '310101199801011234'],
    ['张三', '310101199801011232'],
    ['𠮷三', '310101199801011232'],
  ].map(([name = '', number = '']) => certHash(sensitive(name), sensitive(number)))
  expect(new Set(hashes).size).toBe(4)
})
