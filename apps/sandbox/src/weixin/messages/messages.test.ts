import { MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { buildWeixinSimulator } from '../build-weixin-simulator.ts'
import { MINI_PROGRAM, OFFICIAL_ACCOUNT } from '../credentials.ts'
import { personCookie } from '../persons.ts'
import { BASE_URL, testWeixin } from '../test-weixin.ts'
import { SANDBOX_TEMPLATES } from './templates.ts'

const DATA = {
  name1: { value: '李*华' },
  character_string2: { value: '****0931' },
  amount3: { value: '128.50元' },
  thing4: { value: '微信确认收款后到账' },
}

function messages() {
  const weixin = testWeixin()
  const template = (change: object = {}) =>
    weixin.official('/cgi-bin/message/template/send', {
      touser: 'o-mpac-lihua',
      template_id: SANDBOX_TEMPLATES.refund,
      data: DATA,
      ...change,
    })
  const subscribe = (change: object = {}) =>
    weixin.mini('/cgi-bin/message/subscribe/send', {
      touser: 'o-mini-lihua',
      template_id: SANDBOX_TEMPLATES.subscribeRefund,
      page: 'pages/refund/refund?id=1',
      data: DATA,
      ...change,
    })
  const channel = (change: object = {}, info: object = {}) =>
    weixin.official('/cityservice/sendchannelmsg', {
      ...{ status: 1501001, open_id: 'o-mini-wangfang', order_id: 'care-1', msg_id: 'm-1' },
      ...{ app_id: OFFICIAL_ACCOUNT.appid, business_id: 150 },
      business_info: {
        ...{ pat_hospital_id: '****0931', pat_name: '王*', doc_name: '张医生', department_name: '内科' },
        ...{ department_location: '门诊 2 楼', appointment_time: '2026-11-24 09:00' },
        redirect_page: { page_type: 'web', url: 'https://h5.example/visits' },
        ...info,
      },
      ...change,
    })
  const phone = async (person: string) =>
    (await weixin.app.inject({ url: '/sandbox/messages', headers: { cookie: personCookie(person) } })).body
  return { ...weixin, template, subscribe, channel, phone }
}

test('a template message lies on the phone of the person, and on no other', async () => {
  const { template, phone } = messages()
  expect(await template()).toMatchObject({ errcode: 0, errmsg: 'ok', msgid: expect.any(Number) })
  expect(await phone('lihua')).toMatch(/预交金退费提醒[\s\S]*门诊余额[\s\S]*128\.50元/)
  expect(await phone('wangfang')).toContain('还没有消息')
})

test('a message links to this machine; any other address is only shown', async () => {
  const { template, phone } = messages()
  await template({ url: 'http://127.0.0.1:8080/h5/refunds' })
  await template({ url: 'https://elsewhere.example/' })
  const page = await phone('lihua')
  expect(page).toContain('href="http://127.0.0.1:8080/h5/refunds"')
  expect(page).not.toContain('href="https://elsewhere.example/"')
  expect(page).toContain('https://elsewhere.example/')
})

test.each([
  ['an openid of the mini program', { touser: 'o-mini-lihua' }, 40003],
  ['the virtual openid of a snapshot page', { touser: 'o-mpac-snapshot' }, 40003],
  ['who does not follow', { touser: 'o-mpac-wangfang' }, 43004],
  ['a template of the mini program', { template_id: SANDBOX_TEMPLATES.subscribeRefund }, 40037],
  ['a deleted template', { template_id: 'x'.repeat(43) }, 40037],
  ['a template id that is too short', { template_id: 'x' }, 40036],
  ['a mini program that is not linked', { miniprogram: { appid: 'wx-other', pagepath: 'pages/a' } }, 40013],
])('template message to/with %s', async (_what, change, errcode) => {
  const { template } = messages()
  expect((await template(change)).errcode).toBe(errcode)
})

test('a value that breaks its type is 47003 with the name of its key; so is a missing one', async () => {
  const { template } = messages()
  const wrong = await template({ data: { ...DATA, thing4: { value: '一'.repeat(21) } } })
  expect(wrong).toMatchObject({ errcode: 47003, errmsg: expect.stringContaining('data.thing4.value') })
  const { amount3: _, ...rest } = DATA
  expect(await template({ data: rest })).toMatchObject({
    errcode: 47003,
    errmsg: expect.stringContaining('data.amount3.value'),
  })
})

test('what the person decided: unfollowed, blacklisted, refused, day quota', async () => {
  const { template, act, phone } = messages()
  await act('set-phone', { person: 'lihua', follows: false })
  expect((await template()).errcode).toBe(43004)
  await act('set-phone', { person: 'lihua', follows: true, blacklisted: true })
  expect((await template()).errcode).toBe(43019)
  await act('set-phone', {
    person: 'lihua',
    blacklisted: false,
    refusedTemplates: [SANDBOX_TEMPLATES.refund],
  })
  expect((await template()).errcode).toBe(43101)
  await act('set-phone', { person: 'lihua', refusedTemplates: [], blocks: true })
  expect((await template()).errcode).toBe(0)
  expect(await phone('lihua')).toContain('另有 1 条平台已受理、但没有送达')
  await act('settings', { templateMessagesPerDay: 1 })
  expect((await template()).errcode).toBe(45009)
})

test('client_msg_id: ten minutes long one message, with the msgid of the first', async () => {
  const { template, act, clock } = messages()
  const first = await template({ client_msg_id: 'c-1' })
  expect((await template({ client_msg_id: 'c-1' }))['msgid']).toBe(first['msgid'])
  expect(await act('messages')).toHaveLength(1)
  clock.advance(10 * MINUTE_MS)
  expect((await template({ client_msg_id: 'c-1' }))['msgid']).not.toBe(first['msgid'])
  expect(await act('messages')).toHaveLength(2)
})

test('a lost reply: the message was sent, and the same client_msg_id does not send it again', async () => {
  const { template, act, faults } = messages()
  faults.order({ kind: 'http-500-after', operation: 'message/template/send', times: 1 })
  await template({ client_msg_id: 'c-1' }).catch(() => undefined)
  expect((await template({ client_msg_id: 'c-1' })).errcode).toBe(0)
  expect(await act('messages')).toHaveLength(1)
})

test('a subscription accept is good for one message; a refused message does not use it up', async () => {
  const { subscribe, act, phone } = messages()
  expect((await subscribe()).errcode).toBe(43101)
  await act('accept-subscription', { person: 'lihua', templateIds: [SANDBOX_TEMPLATES.subscribeRefund] })
  expect((await subscribe({ data: {} })).errcode).toBe(47003)
  expect((await subscribe({ page: '/pages/refund' })).errcode).toBe(41030)
  expect((await subscribe({ touser: 'o-mpac-lihua' })).errcode).toBe(40003)
  expect((await subscribe({ template_id: SANDBOX_TEMPLATES.refund })).errcode).toBe(40037)
  expect((await subscribe({ miniprogram_state: 'beta' })).errcode).toBe(40097)
  expect((await subscribe()).errcode).toBe(0)
  expect((await subscribe()).errcode).toBe(43101)
  expect(await phone('lihua')).toContain('退款进度提醒')
})

test('就医助手 reaches people who do not follow, once a msg_id', async () => {
  const { channel, act, phone } = messages()
  expect((await channel()).errcode).toBe(0)
  expect((await channel()).errcode).toBe(0)
  expect(await act('messages', { person: 'wangfang' })).toHaveLength(1)
  expect((await channel({ order_id: 'care-2' })).errcode).toBe(0)
  expect((await channel({ status: 1505009, msg_id: 'm-2' }, { remark: '请到窗口' })).errcode).toBe(0)
  expect(await act('messages', { person: 'wangfang' })).toHaveLength(3)
  expect(await phone('wangfang')).toMatch(/请到窗口[\s\S]*预约成功/)
})

test.each([
  ['an unknown status', { status: 42 }, {}, 40097],
  ['another business', { business_id: 151 }, {}, 40097],
  ['the appid of the mini program', { app_id: MINI_PROGRAM.appid }, {}, 40013],
  ['a strange openid', { open_id: 'o-x' }, {}, 40003],
  ['a missing member', {}, { doc_name: undefined }, 40097],
  ['no page to open', {}, { redirect_page: undefined }, 40097],
])('就医助手 refuses %s', async (_what, change, info, errcode) => {
  const { channel } = messages()
  expect((await channel(change, info)).errcode).toBe(errcode)
})

test('user/info tells followers and unionids', async () => {
  const { answered, tokenOf } = messages()
  const info = async (openid: string) =>
    answered(`/cgi-bin/user/info?access_token=${await tokenOf(OFFICIAL_ACCOUNT)}&openid=${openid}`)
  expect(await info('o-mpac-lihua')).toMatchObject({ subscribe: 1, unionid: 'u-lihua' })
  expect(await info('o-mpac-wangfang')).toMatchObject({ subscribe: 0 })
  expect((await info('o-mini-lihua')).errcode).toBe(40003)
})

test('messages and phones outlive a restart', async () => {
  const { template, act, store, clock } = messages()
  await template()
  await act('set-phone', { person: 'lihua', follows: false })
  const again = buildWeixinSimulator({ clock, store, baseUrl: BASE_URL, origins: {} })
  expect(again.actions['messages']?.({})).toHaveLength(1)
  const home = await again.app.inject({ url: '/', headers: { cookie: personCookie('lihua') } })
  expect(home.body).toContain('没有关注公众号')
})
