import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJsonObject } from './parse-json.ts'
import { idTextOf, readReply } from './read-reply.ts'

const seed = 20_261_123
const json = (text: string, mediaType = 'text/plain') => readReply({ mediaType, bytes: Buffer.from(text) })

test('bug: a msgid of 19 digits keeps its last digit', () => {
  const members = parseJsonObject('{"errcode":0,"msgid":2893480532489584641,"text":"1234567890123456789"}')
  expect(members).toEqual({ errcode: 0, msgid: '2893480532489584641', text: '1234567890123456789' })
  expect(idTextOf(members?.['msgid'])).toBe('2893480532489584641')
  expect(idTextOf(200228332)).toBe('200228332')
  expect(idTextOf(2 ** 60)).toBeUndefined()
})

test('numbers of other forms stay what they are', () => {
  const text =
    '{"a":0.12345678901234567890,"b":-12,"c":1e21,"d":"\\"12345678901234567\\"","e":[1234567890123456]}'
  expect(parseJsonObject(text)).toEqual({ ...JSON.parse(text), e: ['1234567890123456'] })
})

test(`any object of short numbers is read as JSON.parse reads it (seed ${seed})`, () => {
  const values = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null)),
  )
  fc.assert(
    fc.property(values, (value) => {
      const text = JSON.stringify(value)
      expect(parseJsonObject(text)).toEqual(JSON.parse(text))
    }),
    { seed, numRuns: 100 },
  )
})

test(`garbage is no reply and never throws (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (bytes, mediaType) => {
      const received = readReply({ mediaType, bytes })
      if (received.kind === 'yes') expect(Number.isSafeInteger(received.value.errcode)).toBe(true)
      else expect(received).toEqual({ kind: 'unknown', cause: 'malformed' })
    }),
    { seed, numRuns: 500 },
  )
})

test('a picture is told by its media type, JSON by its form', () => {
  const bytes = Uint8Array.of(0xff, 0xd8)
  expect(readReply({ mediaType: 'image/jpeg', bytes })).toMatchObject({
    kind: 'yes',
    value: { errcode: 0, members: {}, picture: { mediaType: 'image/jpeg', bytes } },
  })
  expect(readReply({ mediaType: 'image/jpeg', bytes: new Uint8Array() }).kind).toBe('unknown')
  expect(json('{"errcode":41030,"errmsg":"invalid page"}')).toMatchObject({
    kind: 'yes',
    value: { errcode: 41030, picture: undefined },
  })
  expect(json('{"errcode":0.5}').kind).toBe('unknown')
})
