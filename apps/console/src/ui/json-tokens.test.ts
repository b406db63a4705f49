import { expect, test } from 'vitest'
import { jsonTokens } from './json-tokens.ts'

const VALUE = { 'name"': '陈*: "true"', list: [1, -2.5e3, true, null, {}], 'a:': '' }

test('nothing is lost or added', () => {
  const text = jsonTokens(VALUE).map((token) => token.text)
  expect(JSON.parse(text.join(''))).toEqual(VALUE)
})

test('a name, a text and a number are told apart, also with quotes and colons inside', () => {
  const of = (kind: string) =>
    jsonTokens(VALUE)
      .filter((token) => token.kind === kind)
      .map(({ text }) => text)
  expect(of('key')).toEqual(['"name\\"":', '"list":', '"a:":'])
  expect(of('text')).toEqual(['"陈*: \\"true\\""', '""'])
  expect(of('value')).toEqual(['1', '-2500', 'true', 'null'])
})
