import { describe, expect, test } from 'vitest'
import { readXml } from './read-xml.ts'
import { cdata, escapeXml, writeXml } from './write-xml.ts'

describe('reading XML', () => {
  test('texts, CDATA, entities, repeated and empty elements; attributes and prefixes left out', () => {
    const { root, tree } = readXml(
      '\uFEFF <?xml version="1.0" encoding="GBK"?><!-- c --><s:R a="1"><s:x> 00123 </s:x><x><![CDATA[<y>&amp;]]>&#20320;&#x597D;&lt;</x><e/><f></f><n>1e5</n></s:R>\n',
    )
    expect(root).toBe('R')
    expect({ ...(tree as object) }).toEqual({ x: [' 00123 ', '<y>&amp;你好<'], e: '', f: '', n: '1e5' })
  })

  test.each([
    ['cut off', '<R><Code>0</Code><Data><A>1</A>'],
    ['cut off inside a tag', '<R><Code>0</Co'],
    ['crossed', '<R><a><b></a></b></R>'],
    ['two roots', '<a/><b/>'],
    ['no XML', 'Server Error in / Application'],
    ['empty', ''],
    ['text after the root', '<a>1</a>x'],
    ['an entity that XML does not know', '<a>&nbsp;</a>'],
    ['a NUL as a number', '<a>&#0;</a>'],
    ['an open CDATA', '<a><![CDATA[x</a>'],
    ['a prototype', '<a><__proto__>1</__proto__></a>'],
    ['a DTD', '<!DOCTYPE a><a>1</a>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    [
      'a billion laughs',
      '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><l>&c;</l>',
    ],
    ['nesting without end', '<a>'.repeat(5_000) + '</a>'.repeat(5_000)],
  ])('%s is malformed', (_, text) => {
    expect(() => readXml(text)).toThrow('malformed')
  })

  test('the word DOCTYPE in a CDATA text is a text', () => {
    expect(readXml('<a><![CDATA[<!DOCTYPE html>]]></a>').tree).toBe('<!DOCTYPE html>')
  })
})

describe('writing XML', () => {
  test('escapes, parts a CDATA end, repeats lists', () => {
    expect(writeXml('R', { a: '<&>"\'', b: ['1', { c: '' }], d: null })).toBe(
      '<R><a>&lt;&amp;&gt;&quot;&apos;</a><b>1</b><b><c></c></b><d></d></R>',
    )
    expect(readXml(`<a>${cdata('x]]>y')}</a>`).tree).toBe('x]]>y')
    expect(readXml(`<a>${escapeXml('x\r\ny]]>')}</a>`).tree).toBe('x\r\ny]]>')
  })

  test('what XML cannot say at all is not encodable', () => {
    expect(() => writeXml('R', 'a\u0000b')).toThrow('not-encodable')
    expect(() => cdata('\u001b')).toThrow('not-encodable')
    expect(() => writeXml('a b', '1')).toThrow('not-encodable')
  })
})
