import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseXml, XmlError } from './parse-xml.ts'
import { cdata, escapeXml, tag } from './write-xml.ts'

test('elements, prefixes, entities, CDATA, comments and a byte order mark', () => {
  const source = `\uFEFF<?xml version="1.0"?><!-- c --><a:x xmlns:a="urn:a" xmlns='urn:d'><y k="1"/>甲&lt;&#20057;&#x4e19;<![CDATA[<丁>&]]></a:x>`
  expect(parseXml(source)).toMatchObject({
    ...{ name: 'x', namespace: 'urn:a', text: '甲<乙丙<丁>&' },
    children: [{ name: 'y', namespace: 'urn:d', text: '' }],
  })
})

test.each([
  ...['', '文字', '<a>', '<a></b>', '<a/><b/>', '<a>&</a>', '<a>&nbsp;</a>', '<a b=1/>', '<p:a/>', '<a'],
  ...[
    '<!DOCTYPE a><a/>',
    '<a><!ENTITY x "y"></a>',
    '<a>&#0;</a>',
    '<a><![CDATA[x</a>',
    `${'<a>'.repeat(40)}`,
  ],
])('%s is not read', (source) => {
  expect(() => parseXml(source)).toThrow(XmlError)
})

test('what is written escaped or in CDATA is read again', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 })
  fc.assert(
    fc.property(text, (content) => {
      const allowed = parseXml(tag('a', escapeXml(content))).text
      expect(parseXml(tag('a', cdata(allowed))).text).toBe(allowed)
      expect(parseXml(tag('b', cdata(tag('a', escapeXml(content))))).text).toBe(tag('a', escapeXml(content)))
    }),
    { seed: 20261123, numRuns: 100 },
  )
})

test('garbage is refused with its own error, and quickly', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    'a',
    '&',
    ';',
    '"',
    '=',
    '![CDATA[',
    ']]>',
    '<!--',
    '<a>',
    '</a>',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      try {
        parseXml(parts.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(XmlError)
      }
    }),
    { seed: 20261123, numRuns: 300 },
  )
})
