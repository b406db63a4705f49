import { expect, test } from 'vitest'
import { type Answer, fakeWechat } from '../testing/fake-wechat.ts'
import { sendSubscribeMessage } from './send-subscribe-message.ts'

const MESSAGE = { openid: 'openid-1', templateId: 'template-1', texts: { thing1: '退费已受理' } }
const send = (answer: Answer, more: object = {}) => {
  const wechat = fakeWechat(() => answer)
  return { ...wechat, outcome: sendSubscribeMessage(wechat.caller, { ...MESSAGE, ...more }) }
}

test('goes to the published mini program, in Chinese', async () => {
  const { outcome, sent } = send({ errcode: 0, errmsg: 'ok' }, { page: 'pages/refund?k=7Q' })
  expect((await outcome).kind).toBe('yes')
  expect(sent[0]).toMatchObject({
    path: '/cgi-bin/message/subscribe/send',
    body: {
      touser: 'openid-1',
      template_id: 'template-1',
      page: 'pages/refund?k=7Q',
      data: { thing1: { value: '退费已受理' } },
      miniprogram_state: 'formal',
      lang: 'zh_CN',
    },
  })
})

test('no acceptance left is no; a lost reply is unknown and not sent again', async () => {
  expect(await send({ errcode: 43101 }).outcome).toMatchObject({ kind: 'no', code: '43101' })
  const { outcome, sent } = send(new Response('', { status: 500 }))
  expect([(await outcome).kind, sent.length]).toEqual(['unknown', 1])
})

test('a value that does not fit is refused before anything is sent', async () => {
  const { outcome, sent } = send({}, { texts: { date2: '改天' } })
  await expect(outcome).rejects.toMatchObject({ field: 'date2' })
  expect(sent).toEqual([])
})
