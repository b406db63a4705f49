import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { SEED } from '../testing/arbitrary-of.ts'
import { CHARSETS, decodeText, encodeText } from './charset.ts'

describe('charset', () => {
  test.each([
    ['gbk', '𠮷'],
    ['gbk', '㙍'],
    ['gbk', '😀'],
    ['utf-8', '\ud800'],
    ['gb18030', '\udc00x'],
  ] as const)('%s refuses %j instead of writing a question mark', (charset, text) => {
    expect(() => encodeText(`王${text}`, charset)).toThrow('not-encodable')
  })

  test('a question mark and a middle dot that are meant stay', () => {
    expect(decodeText(encodeText('阿依·买买提?', 'gbk'), 'gbk')).toBe('阿依·买买提?')
    expect(encodeText('·', 'gbk')).toEqual(Buffer.from([0xa1, 0xa4]))
  })

  test.each(CHARSETS)(`%s: what could be encoded comes back (seed ${SEED})`, (charset) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        let bytes: Uint8Array
        try {
          bytes = encodeText(text, charset)
        } catch {
          return
        }
        fc.pre(charset === 'utf-8' || !isAlsoUtf8(bytes))
        expect(decodeText(bytes, charset)).toBe(text.replace(/^\uFEFF/, ''))
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  test('UTF-8 where GBK is configured is refused: read as GBK it would be another name', () => {
    const bytes = Buffer.from('<XM>李明</XM>')
    // Nothing in it is invalid as GBK: a decoder alone does not notice.
    expect(new TextDecoder('gbk', { fatal: true }).decode(bytes)).toBe('<XM>鏉庢槑</XM>')
    expect(() => decodeText(bytes, 'gbk')).toThrow('malformed')
  })

  test('GBK where UTF-8 is configured is refused', () => {
    expect(() => decodeText(iconv.encode('李明华', 'gbk'), 'utf-8')).toThrow('malformed')
  })
})

// Text of another charset that happens to be valid UTF-8 is refused, not misread.
function isAlsoUtf8(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte > 127) && !Buffer.from(bytes).toString('utf8').includes('\ufffd')
}
