import { expect, test } from 'vitest'
import { dedupeKey } from './dedupe-key.ts'

const key = (members: Readonly<Record<string, unknown>>) => dedupeKey({ format: 'xml', members })
const EVENT = { FromUserName: 'openid-1', CreateTime: '1795395600', Event: 'TEMPLATESENDJOBFINISH' }

test('a repetition has the same key, in XML and in JSON', () => {
  expect(key({ MsgId: '7', Content: 'a' })).toBe(key({ MsgId: 7, Content: 'b' }))
  expect(key(EVENT)).toBe(key({ ...EVENT, CreateTime: 1_795_395_600 }))
})

test('bug: two messages to one user that end within one second are two events', () => {
  expect(key({ ...EVENT, MsgID: '1' })).not.toBe(key({ ...EVENT, MsgID: '2' }))
})

test('other users, times, events and messages have other keys', () => {
  const keys = [
    key(EVENT),
    key({ ...EVENT, FromUserName: 'openid-2' }),
    key({ ...EVENT, CreateTime: '1795395601' }),
    key({ ...EVENT, Event: 'subscribe' }),
    key({ MsgId: '1' }),
    key({ MsgId: '2' }),
  ]
  expect(new Set(keys).size).toBe(keys.length)
})

test('no openid is in it', () => {
  expect(key(EVENT)).toMatch(/^event-[0-9a-f]{64}$/)
})

test('what has neither number nor event is none', () => {
  expect(() => key({ FromUserName: 'openid-1', CreateTime: '1' })).toThrow('malformed')
  expect(() => key({ ...EVENT, FromUserName: ['a'] })).toThrow('malformed')
})
