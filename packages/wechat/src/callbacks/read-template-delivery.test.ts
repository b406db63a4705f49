import { expect, test } from 'vitest'
import { readTemplateDelivery } from './read-template-delivery.ts'

const read = (members: Readonly<Record<string, unknown>>) =>
  readTemplateDelivery({ format: 'xml', members: { Event: 'TEMPLATESENDJOBFINISH', ...members } })

test.each([
  ['success', 'delivered'],
  ['failed:user block', 'blocked'],
  ['failed: user block', 'blocked'],
  ['failed: system failed', 'failed'],
  ['failed:system failed', 'failed'],
  ['something new', 'failed'],
])('%s: %s', (status, state) => {
  expect(read({ MsgID: '2893480532489584641', Status: status })).toEqual({
    msgId: '2893480532489584641',
    state,
  })
})

test('another event is none', () => {
  expect(read({ Event: 'subscribe' })).toBeUndefined()
  expect(read({ Event: undefined })).toBeUndefined()
})

test.each([{ Status: 'success' }, { MsgID: '1' }])('one that names no message or no state: %j', (members) => {
  expect(() => read(members)).toThrow('malformed')
})
