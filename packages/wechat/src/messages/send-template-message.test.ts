import { sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { failingKeyOf } from '../call/mask-errmsg.ts'
import { type Answer, fakeWechat } from '../testing/fake-wechat.ts'
import { sendTemplateMessage, type TemplateMessage } from './send-template-message.ts'

const MESSAGE: TemplateMessage = {
  openid: 'openid-1',
  templateId: 'template-1',
  texts: { name1: sensitive('李*华'), character_string2: '****0931', amount3: '12.34元', thing4: '点击查看' },
  url: 'https://h.example/h5/refunds',
  miniProgram: { appid: 'wx2', pagePath: 'pages/refund?k=7Q' },
  clientMsgId: 'notice_0001',
}
const send = (answer: Answer, more: object = {}, rules = {}) => {
  const wechat = fakeWechat(() => answer)
  return { ...wechat, outcome: sendTemplateMessage(wechat.caller, { ...MESSAGE, ...more }, rules) }
}

test('a refund notice with its number against sending twice', async () => {
  const { outcome, sent } = send(new Response('{"errcode":0,"errmsg":"ok","msgid":2893480532489584641}'))
  expect(await outcome).toEqual({ kind: 'yes', value: { msgId: '2893480532489584641' } })
  expect(sent[0]).toMatchObject({
    path: '/cgi-bin/message/template/send',
    body: {
      touser: 'openid-1',
      template_id: 'template-1',
      url: 'https://h.example/h5/refunds',
      miniprogram: { appid: 'wx2', pagepath: 'pages/refund?k=7Q' },
      data: {
        name1: { value: '李*华' },
        character_string2: { value: '****0931' },
        amount3: { value: '12.34元' },
        thing4: { value: '点击查看' },
      },
      client_msg_id: 'notice_0001',
    },
  })
})

test('a lost reply is unknown; so is one without an errcode', async () => {
  expect((await send(new Response('', { status: 504 })).outcome).kind).toBe('unknown')
  expect((await send({ msgid: 1 }).outcome).kind).toBe('unknown')
})

test('47003 names the key that was refused, and no value', async () => {
  const errmsg = 'argument invalid! data.name1.value 李*华 invalid rid: 65f2a1b3-0c4d5e6f'
  const outcome = await send({ errcode: 47003, errmsg }).outcome
  expect(outcome).toMatchObject({ kind: 'no', code: '47003' })
  const reason = outcome.kind === 'no' ? outcome.reason : ''
  expect(failingKeyOf(reason)).toBe('name1')
  expect(reason).not.toContain('李')
})

test.each([
  ['first', 'unknown-type', { texts: { first: '您好' } }],
  ['amount3', 'form', { texts: { amount3: '很多' } }],
  ['const5', 'not-approved', { texts: { const5: '门诊' } }],
  ['data', 'empty', { texts: {} }],
  ['clientMsgId', 'form', { clientMsgId: 'a b' }],
  ['url', 'form', { url: 'javascript:1' }],
  ['templateId', 'empty', { templateId: '' }],
])('%s: %s, before anything is sent', async (field, problem, more) => {
  const { outcome, sent } = send({}, more)
  await expect(outcome).rejects.toMatchObject({ name: 'WechatInputError', field, problem })
  expect(sent).toEqual([])
})

test('approved values and other limits come from configuration', async () => {
  const rules = { approved: { const5: ['门诊'] }, limits: { short_thing: 8 } }
  const texts = { const5: '门诊', short_thing6: '退费已经到账了' }
  const { outcome, sent } = send({ errcode: 0 }, { texts }, rules)
  expect(await outcome).toEqual({ kind: 'yes', value: { msgId: undefined } })
  expect(sent[0]?.body['data']).toEqual({
    const5: { value: '门诊' },
    short_thing6: { value: '退费已经到账了' },
  })
})
