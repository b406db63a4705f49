import { fen, HOUR_MS, MINUTE_MS, sensitive } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type NoticesRig, startNoticesRig } from '../../../../tests/setup/notices-rig.ts'
import {
  addCampaignTargets,
  type CampaignTarget,
  createCampaign,
  exportCampaign,
  findCampaign,
  listCampaigns,
  pauseCampaign,
  runCampaign,
} from './index.ts'

const ASSISTANT = 'sendchannelmsg'
const TEMPLATE = 'message/template/send'

let rig: NoticesRig
beforeAll(async () => {
  rig = await startNoticesRig('2026-11-23T20:58:30+08:00')
})
beforeEach(() => rig.simulator.faults.clear())
afterAll(() => rig.stop())

type User = Awaited<ReturnType<NoticesRig['newUser']>>

const targetOf = (person: string, userId: string | undefined): CampaignTarget => ({
  ...{ person, userId, patientName: sensitive('李明华'), cardNumber: sensitive('0000123420931') },
  ...{ balanceFen: fen(45_600), phone: sensitive('13800000218'), page: 'pages-refund/entry/entry' },
})

async function campaignOf(targets: readonly CampaignTarget[]) {
  const id = await rig.inTx((tx) => createCampaign(tx, rig.room, { name: '余额清理', by: 'wang-03' }))
  await rig.inTx((tx) => addCampaignTargets(tx, rig.room, id, targets))
  return id
}
const start = (id: string) => rig.inTx((tx) => runCampaign(tx, rig.room, id, 'wang-03'))
const progress = (id: string) => rig.inTx((tx) => findCampaign(tx, id))
const users = async (count: number) => Promise.all(Array.from({ length: count }, () => rig.newUser()))
const asTargets = (all: readonly User[]) => all.map(({ person, userId }) => targetOf(person, userId))
const messages = async (all: readonly User[]) =>
  (await Promise.all(all.map(({ person }) => rig.phoneOf(person)))).map(({ length }) => length)
/** Two persons a minute. */
const slow = () => {
  const { campaigns } = rig.room.hospitals.all[0]?.notices ?? {}
  if (!campaigns) throw new Error('no campaigns')
  return rig.roomWithNotices({ campaigns: { ...campaigns, perMinute: 2 } })
}

test('so many a minute, nobody at night, and on in the morning; each person once', async () => {
  const all = await users(7)
  const id = await campaignOf(asTargets(all))
  expect(await start(id)).toBe('changed')
  const room = slow()
  await rig.run(room)
  expect(await progress(id)).toMatchObject({ state: 'running', targets: 7, accepted: 2, waiting: 5 })
  await rig.run(room)
  expect(await progress(id)).toMatchObject({ accepted: 2 })
  rig.clock.advance(MINUTE_MS)
  await rig.run(room)
  expect(await progress(id)).toMatchObject({ accepted: 4 })
  // 21:00 has come.
  for (let hour = 0; hour < 10; hour++) {
    rig.clock.advance(HOUR_MS)
    await rig.run(room)
    expect(await progress(id)).toMatchObject({ accepted: 4, waiting: 3 })
  }
  rig.clock.set(Date.parse('2026-11-24T08:00:30+08:00'))
  await rig.run(room)
  expect(await progress(id)).toMatchObject({ accepted: 6 })
  rig.clock.advance(MINUTE_MS)
  await rig.run(room)
  rig.clock.advance(MINUTE_MS)
  await rig.run(room)
  expect(await progress(id)).toMatchObject({ state: 'done', accepted: 7, waiting: 0 })
  expect(rig.told.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(all.map(({ person }) => ({ of: 'campaign', person }))),
  )
  expect(await messages(all)).toEqual(all.map(() => 1))
  const [shown] = await rig.phoneOf(all[0]?.person ?? '')
  expect(shown?.lines.map(({ value }) => value)).toEqual([
    ...['李*华', '****0931', '456.00元', '点此进入“预交金退款”申请退款'],
  ])
})

test('after a crash it goes on where it stood, never twice to one person, whoever is added again', async () => {
  const all = await users(4)
  const id = await campaignOf(asTargets(all))
  const added = await rig.inTx((tx) => addCampaignTargets(tx, rig.room, id, asTargets(all)))
  expect(added).toBe(0)
  await start(id)
  const room = slow()
  const dying = {
    ...room,
    clients: {
      wechat: () => {
        throw new Error('killed')
      },
    },
  }
  await rig.run(dying)
  rig.clock.advance(3 * MINUTE_MS)
  await Promise.all([rig.run(room), rig.run(room)])
  await rig.pass(4 * MINUTE_MS)
  expect(await progress(id)).toMatchObject({ state: 'done', accepted: 4 })
  expect(await messages(all)).toEqual([1, 1, 1, 1])
})

test('paused, it tells nobody, not even those handed on already; resumed, it goes on; all of it is audited', async () => {
  const all = await users(3)
  const id = await campaignOf(asTargets(all))
  await start(id)
  const room = slow()
  rig.fault('errcode-45011', ASSISTANT, 2)
  await rig.run(room)
  expect(await rig.inTx((tx) => pauseCampaign(tx, rig.room, id, 'li-01'))).toBe('changed')
  rig.clock.advance(5 * MINUTE_MS)
  await rig.run(room)
  expect(await messages(all)).toEqual([0, 0, 0])
  expect(await rig.inTx((tx) => pauseCampaign(tx, rig.room, id, 'li-01'))).toBe('not-in-that-state')
  expect(await start(id)).toBe('changed')
  await rig.run(room)
  rig.clock.advance(MINUTE_MS)
  await rig.run(room)
  expect((await progress(id))?.accepted).toBe(3)
  const audits = await rig.asOwner<{ action: string; actor: string }>(
    `SELECT action, actor FROM audit_entry WHERE subject = '${id}' ORDER BY id`,
  )
  expect(audits.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    ...['notices.campaign-created operator:wang-03', 'notices.campaign-started operator:wang-03'],
    ...['notices.campaign-paused operator:li-01', 'notices.campaign-resumed operator:wang-03'],
  ])
})

test('a fault of our own pauses it before it fails for thousands, and is told', async () => {
  const all = await users(3)
  const id = await campaignOf(asTargets(all))
  await start(id)
  const { campaigns } = slow().hospitals.all[0]?.notices ?? {}
  if (!campaigns) throw new Error('no campaigns')
  const room = rig.roomWithNotices({ campaigns, order: ['template'] })
  rig.fault('errcode-40037', TEMPLATE, 2)
  await rig.run(room)
  expect(await progress(id)).toMatchObject({
    ...{
      state: 'paused',
      waiting: 1,
      accepted: 0,
      problem: expect.stringContaining('模板不存在或已删除'),
    },
  })
})

test('whom WeChat does not reach comes out as a list for SMS or phone, in clear and audited', async () => {
  const [reached, gone] = [await rig.newUser(), await rig.newUser({ mini: false, official: false })]
  const id = await campaignOf([
    ...[targetOf('a-reached', reached.userId), targetOf('b-gone', gone.userId)],
    { ...targetOf('c-none', undefined), patientName: sensitive('=HYPERLINK("x")'), phone: undefined },
  ])
  await start(id)
  await rig.run()
  expect(await progress(id)).toMatchObject({ accepted: 1, unreachable: 2, waiting: 0 })
  const csv = await rig.inTx((tx) => exportCampaign(tx, rig.room, id, { by: 'wang-03', reason: '短信通知' }))
  expect(csv.split('\r\n')).toEqual([
    '\uFEFF姓名,就诊卡号,余额（元）,电话,没有通知到的原因',
    '李明华,0000123420931,456.00,13800000218,订阅消息：没有这位用户在该应用里的标识（no-openid）',
    `"'=HYPERLINK(""x"")",0000123420931,456.00,,没有在掌医登录过`,
    '',
  ])
  const audits = await rig.asOwner(
    `SELECT 1 FROM audit_entry WHERE subject = '${id}' AND action = 'notices.campaign-exported'`,
  )
  expect(audits).toHaveLength(1)
  const stored = await rig.asOwner<{ row: string }>(
    'SELECT row_to_json(t)::text AS row FROM campaign_target t',
  )
  expect(stored.map(({ row }) => row).join()).not.toMatch(/李明华|13800000218|0000123420931/)
})

test('without a channel for it, a campaign does not start', async () => {
  const id = await campaignOf([])
  const room = rig.roomWithNotices({ order: [] })
  expect(await rig.inTx((tx) => runCampaign(tx, room, id, 'wang-03'))).toBe('no-channel')
  expect(await rig.inTx((tx) => runCampaign(tx, room, 'camp_none', 'wang-03'))).toBe('no-such-campaign')
  const all = await rig.inTx((tx) => listCampaigns(tx, { limit: 100 }))
  const [newest, second] = all
  expect(all.length).toBeGreaterThan(1)
  // A page goes on where the last one ended.
  const next = await rig.inTx((tx) =>
    listCampaigns(tx, { limit: 1, before: `${newest?.createdAtMs}.${newest?.id}` }),
  )
  expect(next).toEqual([second])
})
