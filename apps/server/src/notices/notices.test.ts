import { MINUTE_MS } from '@zhangyi/core'
import { SANDBOX_TEMPLATES } from '@zhangyi/sandbox'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type NoticesRig, startNoticesRig } from '../../../../tests/setup/notices-rig.ts'
import { NOTICE_KINDS, type NoticeChannel } from '../platform/hospitals/notices-config.ts'
import { registerNoticesCheck } from './check-notices.ts'
import { queueNotice, subscribeTemplateIdsOf } from './index.ts'

const ASSISTANT = 'sendchannelmsg'
const TEMPLATE = 'message/template/send'
const SUBSCRIBE = 'message/subscribe/send'

let rig: NoticesRig
beforeAll(async () => {
  rig = await startNoticesRig()
})
beforeEach(() => rig.simulator.faults.clear())
afterAll(() => rig.stop())

const tellAndRun = async (userId: string, room = rig.room) => {
  const key = await rig.tell(userId, 'waiting')
  await rig.run(room)
  return key
}

test.each<NoticeChannel>(['assistant', 'template', 'subscribe'])(
  'every kind reaches a patient by %s with exactly what is configured, masked',
  async (channel) => {
    const room = rig.roomWithNotices({ order: [channel] })
    const { person, userId } = await rig.newUser()
    await rig.act('accept-subscription', {
      ...{ person, templateIds: [SANDBOX_TEMPLATES.subscribeRefund], times: NOTICE_KINDS.length },
    })
    const { kinds } = rig.room.hospitals.all[0]?.notices ?? {}
    for (const kind of NOTICE_KINDS) {
      const key = await rig.tell(userId, kind)
      await rig.run(room)
      expect(await rig.find(key)).toMatchObject({ kind, state: 'accepted', channel, problem: undefined })
      const [shown] = await rig.phoneOf(person)
      // 就诊人姓名, 就诊卡号, 门诊余额, 备注
      expect(shown?.lines.map(({ value }) => value)).toEqual([
        ...['李*华', '****0931', '123.45元', kinds?.[kind].remark],
      ])
      expect(shown?.target).toBe('pages-refund/case/case?id=case_1')
    }
    expect(await rig.phoneOf(person)).toHaveLength(NOTICE_KINDS.length)
  },
)

test('the next channel comes only after a definite refusal, and nobody left means unreachable', async () => {
  const { person, userId } = await rig.newUser({ follows: false })
  rig.fault('errcode-40003', ASSISTANT)
  const key = await tellAndRun(userId)
  expect(rig.sentTo(person)).toEqual([`${ASSISTANT} 40003`, `${TEMPLATE} 43004`, `${SUBSCRIBE} 0`])
  expect(await rig.find(key)).toMatchObject({ state: 'accepted', channel: 'subscribe' })

  rig.fault('errcode-40003', ASSISTANT)
  const second = await tellAndRun(userId)
  expect(await rig.find(second)).toMatchObject({
    ...{ state: 'unreachable', problem: expect.stringContaining('订阅消息：用户没有订阅或次数已用完') },
  })
  expect(await rig.phoneOf(person)).toHaveLength(1)
})

test('who never came to an app has no openid there and is not asked for; nobody at all is unreachable', async () => {
  const room = rig.roomWithNotices({ order: ['template', 'subscribe'] })
  const mini = await rig.newUser({ official: false })
  const key = await tellAndRun(mini.userId, room)
  expect(rig.sentTo(mini.person)).toEqual([`${SUBSCRIBE} 0`])
  expect(await rig.find(key)).toMatchObject({ state: 'accepted', channel: 'subscribe' })
  const nobody = await rig.newUser({ official: false, mini: false })
  expect(await rig.find(await tellAndRun(nobody.userId))).toMatchObject({ state: 'unreachable' })
})

test('silence is unknown: the same message again under its number, shown once, and never by another channel', async () => {
  for (const [operation, channel] of [
    [ASSISTANT, 'assistant'],
    [TEMPLATE, 'template'],
  ] as const) {
    const room = rig.roomWithNotices({ order: [channel, 'subscribe'] })
    const { person, userId } = await rig.newUser()
    rig.fault('reply-lost', operation)
    const key = await tellAndRun(userId, room)
    expect(await rig.find(key)).toMatchObject({ state: 'sending', channel })
    rig.clock.advance(MINUTE_MS)
    await rig.run(room)
    expect(await rig.find(key)).toMatchObject({ state: 'accepted', channel })
    expect(rig.sentTo(person)).toEqual([`${operation} reply-lost`, `${operation} 0`])
    const bodies = rig.simulator.calls.filter(({ request }) => JSON.stringify(request).includes(person))
    const sent = bodies.map(({ request }) => ({ ...(request as object), access_token: '' }))
    expect(sent[1]).toEqual(sent[0])
    expect(await rig.phoneOf(person)).toHaveLength(1)
  }
})

test('a subscribe message has no number: after silence it stays unknown and is never sent again', async () => {
  const room = rig.roomWithNotices({ order: ['subscribe', 'template'] })
  const { person, userId } = await rig.newUser()
  rig.fault('reply-lost', SUBSCRIBE)
  const key = await tellAndRun(userId, room)
  rig.clock.advance(30 * MINUTE_MS)
  await rig.run(room)
  expect(await rig.find(key)).toMatchObject({ state: 'unknown', channel: 'subscribe' })
  expect(rig.sentTo(person)).toEqual([`${SUBSCRIBE} reply-lost`])
  expect(await rig.phoneOf(person)).toHaveLength(1)
})

test('a refusal after silence proves nothing: it stays unknown', async () => {
  const room = rig.roomWithNotices({ order: ['template', 'subscribe'] })
  const { person, userId } = await rig.newUser()
  rig.fault('reply-lost', TEMPLATE)
  const key = await tellAndRun(userId, room)
  await rig.act('set-phone', { person, follows: false })
  for (let minute = 0; minute < 12; minute++) {
    rig.clock.advance(MINUTE_MS)
    await rig.run(room)
  }
  expect(await rig.find(key)).toMatchObject({ state: 'unknown', channel: 'template' })
  expect(rig.sentTo(person)).not.toContain(`${SUBSCRIBE} 0`)
  expect(await rig.phoneOf(person)).toHaveLength(1)
})

test('a process that died while it sent leaves a doubt, which is treated as one', async () => {
  const { person, userId } = await rig.newUser()
  const key = await rig.tell(userId, 'waiting')
  await rig.run(rig.killedWhileSending(rig.room))
  expect(await rig.find(key)).toMatchObject({ state: 'sending', channel: 'assistant' })
  rig.clock.advance(3 * MINUTE_MS)
  await rig.run()
  expect(await rig.find(key)).toMatchObject({ state: 'accepted', channel: 'assistant' })
  expect(await rig.phoneOf(person)).toHaveLength(1)
})

test('used up for today: another channel today; busy: the same one a little later', async () => {
  const { person, userId } = await rig.newUser()
  rig.fault('errcode-45009', ASSISTANT)
  await tellAndRun(userId)
  expect(rig.sentTo(person)).toEqual([`${ASSISTANT} 45009`, `${TEMPLATE} 0`])
  const later = await rig.newUser()
  rig.fault('errcode-45011', ASSISTANT)
  await tellAndRun(later.userId)
  rig.clock.advance(MINUTE_MS)
  await rig.run()
  expect(rig.sentTo(later.person)).toEqual([`${ASSISTANT} 45011`, `${ASSISTANT} 0`])
})

test('the same key is one notice, a rolled back one is none, and two workers send it once', async () => {
  const { person, userId } = await rig.newUser()
  const key = await rig.tell(userId, 'paid')
  await rig.tell(userId, 'paid', { key })
  await expect(
    rig.inTx(async (tx) => {
      await queueNotice(tx, rig.room, rig.noticeFor(userId, 'paid'))
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  await Promise.all([rig.run(), rig.run()])
  expect(rig.sentTo(person)).toEqual([`${ASSISTANT} 0`])
})

test('an unknown balance is never told as a number: a template that takes numbers only is passed over', async () => {
  const room = rig.roomWithNotices({ order: ['template', 'assistant'] })
  const { person, userId } = await rig.newUser()
  await rig.tell(userId, 'paid', { balanceFen: undefined, cardNumber: undefined })
  await rig.run(room)
  const [shown] = await rig.phoneOf(person)
  expect([shown?.channel, ...(shown?.lines ?? []).map(({ value }) => value)]).toEqual([
    ...['channel', '李*华', '无', '见详情', '点此进入“我的退款”查看到账说明'],
  ])
})

test('an account of the same person under the same unionid is reached, too', async () => {
  const room = rig.roomWithNotices({ order: ['template'] })
  const [mini, official] = [await rig.newUser({ official: false }), await rig.newUser({ mini: false })]
  await rig.asOwner(
    `UPDATE wechat_identity SET unionid = 'u-same' WHERE user_id IN ('${mini.userId}', '${official.userId}')`,
  )
  await tellAndRun(mini.userId, room)
  expect(rig.sentTo(official.person)).toEqual([`${TEMPLATE} 0`])
})

test('nothing of a patient stands in the database or in the log in clear', async () => {
  const { userId } = await rig.newUser()
  rig.fault('errcode-47003', ASSISTANT)
  await tellAndRun(userId)
  const stored = await rig.asOwner<{ row: string }>(
    `SELECT row_to_json(n)::text AS row FROM notice n UNION ALL SELECT row_to_json(s)::text FROM notice_sending s
     UNION ALL SELECT row_to_json(c)::text FROM outside_call c`,
  )
  const all = `${stored.map(({ row }) => row).join('\n')}\n${rig.logLines.join('\n')}`
  for (const secret of ['李明华', '李*华', '0000123420931', '****0931', '123.45元', 'o-mini-p', 'o-mpac-p'])
    expect(all.includes(secret), secret).toBe(false)
  expect(all).toContain('a notice channel has to be mended in its configuration')
})

test('the app asks for the templates that are sent, and for none where none is', () => {
  const hospital = rig.room.hospitals.all[0]
  if (!hospital) throw new Error('no hospital')
  expect(subscribeTemplateIdsOf(hospital)).toEqual([SANDBOX_TEMPLATES.subscribeRefund])
  const off = { ...hospital, notices: { ...hospital.notices, order: ['assistant' as const] } }
  expect(subscribeTemplateIdsOf(off)).toEqual([])
})

test('the doctor says what is configured and cannot work', async () => {
  expect(await rig.room.checks.run('advice')).toMatchObject([{ name: 'notices.channels', ok: true }])
  const callback = { tokenFile: '/none/token', encodingAesKeyFile: '/none/key' }
  const room = rig.roomWithNotices({ order: [], callback })
  registerNoticesCheck(room)
  expect(await room.checks.run('advice')).toMatchObject([
    {
      ok: false,
      problem: expect.stringMatching(/demo：没有配置任何消息渠道.*；demo：读不到 notices.callback/),
    },
  ])
})
