import { expect, test } from 'vitest'
import { readEnvelope } from './read-envelope.ts'

const reply = (resultCode: unknown, rsp: unknown = { a: 'b' }) =>
  JSON.stringify({ commonOut: { requestId: 'r', resultCode, errMsg: 'e' }, rsp })

test.each([0, -10044, '0', '-10044'])('resultCode %j counts', (resultCode) => {
  expect(readEnvelope(reply(resultCode))).toMatchObject({
    kind: 'yes',
    value: { resultCode: Number(resultCode), errMsg: 'e', rsp: { a: 'b' } },
  })
})

// `Number(null)`, `Number('')`, `Number(false)` and `Number([])` are all 0: a reply without a code was a success once.
test.each([null, undefined, '', ' ', false, true, [], {}, 0.5, 'ok'])(
  'resultCode %j is malformed',
  (code) => {
    expect(readEnvelope(reply(code))).toEqual({ kind: 'unknown', cause: 'malformed' })
  },
)

test.each(['', 'null', '5', '[]', '{', '{"ok":true}', '{"commonOut":null}', '{"commonOut":[]}', '<html>'])(
  'the reply %j is malformed',
  (text) => {
    expect(readEnvelope(text)).toEqual({ kind: 'unknown', cause: 'malformed' })
  },
)

test.each([null, '', 'text', 3, []])('an rsp of %j has no members', (rsp) => {
  expect(readEnvelope(reply(0, rsp))).toMatchObject({ kind: 'yes', value: { rsp: {} } })
})
