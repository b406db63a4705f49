import { sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { type Answer, APP, fakeWechat } from '../testing/fake-wechat.ts'
import { type ChannelTemplate, sendChannelMessage } from './send-channel-message.ts'

const TEMPLATE: ChannelTemplate = {
  status: 1_501_001,
  fields: {
    pat_name: { from: 'patientName' },
    pat_hospital_id: { from: 'cardNumber' },
    department_name: { from: 'department', limit: 4 },
    department_location: { from: 'location', optional: true },
    hospital_name: { fixed: '示例医院' },
  },
  page: { page_type: 'web', url: 'https://h.example/h5/' },
  elderPage: { page_type: 'mini', appid: 'wx2', path: 'pages/index' },
}
const MESSAGE = {
  openid: 'openid-1',
  orderId: 'visit_0001',
  msgId: 'visit_0001_booked',
  facts: { patientName: sensitive('李*华'), cardNumber: '****0931', department: '心血管内科' },
}
const send = (answer: Answer, more: object = {}, template: object = {}) => {
  const wechat = fakeWechat(() => answer)
  const outcome = sendChannelMessage(wechat.caller, { ...TEMPLATE, ...template }, { ...MESSAGE, ...more })
  return { ...wechat, outcome }
}

test('status and fields come from configuration, the account from the caller', async () => {
  const { outcome, sent } = send({ errcode: 0, errmsg: 'ok' })
  expect((await outcome).kind).toBe('yes')
  expect(sent[0]).toEqual({
    path: '/cityservice/sendchannelmsg',
    token: 'token-1',
    body: {
      status: 1_501_001,
      open_id: 'openid-1',
      order_id: 'visit_0001',
      msg_id: 'visit_0001_booked',
      app_id: APP.appid,
      business_id: 150,
      business_info: {
        pat_name: '李*华',
        pat_hospital_id: '****0931',
        department_name: '心血管内',
        hospital_name: '示例医院',
        redirect_page: { page_type: 'web', url: 'https://h.example/h5/' },
        elder_redirect_page: { page_type: 'mini', appid: 'wx2', path: 'pages/index' },
      },
    },
  })
})

test('the same number is sent again after an unknown outcome: the bodies are equal', async () => {
  const wechat = fakeWechat(() => new Response('', { status: 502 }))
  for (let tries = 0; tries < 2; tries++)
    expect((await sendChannelMessage(wechat.caller, TEMPLATE, MESSAGE)).kind).toBe('unknown')
  expect(wechat.sent[0]).toEqual(wechat.sent[1])
})

test.each([
  ['pat_name', { facts: {} }, {}],
  ['pat_name', { facts: { patientName: ' ' } }, {}],
  ['x', {}, { fields: { x: { from: 'constructor' } } }],
  ['status', {}, { status: 0 }],
  ['msgId', { msgId: 'a b' }, {}],
  ['orderId', { orderId: '' }, {}],
])('%s is missing or unsound: refused before anything is sent', async (field, more, template) => {
  const { outcome, sent } = send({}, more, template)
  await expect(outcome).rejects.toMatchObject({ name: 'WechatInputError', field })
  expect(sent).toEqual([])
})
