import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WechatCallbackError } from './callback-error.ts'
import { readDocument } from './read-document.ts'

const seed = 20_261_123

test('XML: texts as they are, nothing turned into a number, nesting kept', () => {
  const text =
    '<xml><A><![CDATA[ a<b>&c ]]></A><B>007</B><List><Item>1</Item><Item>2</Item></List><E></E></xml>'
  expect(readDocument(text)).toEqual({
    format: 'xml',
    members: { A: ' a<b>&c ', B: '007', List: { Item: ['1', '2'] }, E: '' },
  })
})

test('entities are not resolved', () => {
  expect(readDocument('<xml><A>&lt;b&#65;</A></xml>').members['A']).toBe('&lt;b&#65;')
})

test.each([
  '',
  'text',
  '[]',
  '{',
  'null',
  '<xml>',
  '<xml></xml>',
  '<html><A>1</A></html>',
  '<xml><A></xml></A>',
  '<!DOCTYPE xml><xml><A>1</A></xml>',
  '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>',
  `<xml>${'<a>'.repeat(300)}${'</a>'.repeat(300)}</xml>`,
  `<xml>${'<a>1</a>'.repeat(600)}</xml>`,
  `{"a":${'['.repeat(20)}${']'.repeat(20)}}`,
])('is no document: %s', (text) => {
  expect(() => readDocument(text)).toThrow('callback refused: malformed')
})

test('a list of very many members, from whoever sends it, is a document or the typed error', () => {
  const many = `[${'1,'.repeat(125_000)}1]`
  expect(readDocument(`{"a":${many}}`).members['a']).toHaveLength(125_001)
  expect(() => readDocument(`{"a":${'['.repeat(9)}${many}${']'.repeat(9)}}`)).toThrow(WechatCallbackError)
})

test(`anything is a document or the typed error, and touches no prototype (seed ${seed})`, () => {
  const pieces = fc.constantFrom(
    ...['<xml>', '</xml>', '<a>', '</a>', '<__proto__>', '</__proto__>', '<constructor>', '</constructor>'],
    ...['<![CDATA[', ']]>', '<!--', '-->', '<?x?>', '&amp;', 'text', '{"a":1}', '{"__proto__":{"b":1}}', '"'],
  )
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: pieces, maxLength: 20 }), fc.json()), (text) => {
      try {
        expect(typeof readDocument(text).members).toBe('object')
      } catch (error) {
        expect(error).toBeInstanceOf(WechatCallbackError)
      }
      expect(Object.hasOwn(Object.prototype, 'b')).toBe(false)
    }),
    { seed, numRuns: 1_000 },
  )
})
