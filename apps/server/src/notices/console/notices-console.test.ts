import { shanghaiDay, startOfShanghaiDay } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NoticesRig, startNoticesRig } from '../../../../../tests/setup/notices-rig.ts'
import { openWays } from '../../platform/database/test-support/open-ways.ts'
import { countsQuery, type NoticeWish, noticesQuery, viewListed } from './list-notices.ts'
import { showNotice } from './show-notice.ts'

/** A page of rows that lie apart, with the way down the index. */
const MOST_BLOCKS = 500

let rig: NoticesRig
beforeAll(async () => {
  rig = await startNoticesRig()
})
afterAll(() => rig.stop())

async function find(wish: NoticeWish) {
  const { rows } = await rig.inTx((tx) => noticesQuery(rig.hospitalId, wish, 51).execute(tx.sql))
  return rows.map(viewListed)
}
const show = (id: string) =>
  rig.inTx((tx) => showNotice(tx, rig.room.cipher, rig.hospitals.all[0] as never, id))

test('a refusal is told in words with the channel that was tried next, and the text as it was sent', async () => {
  const { userId } = await rig.newUser({ official: true, mini: false, follows: true })
  rig.fault('errcode-43004', 'sendChannelMessage')
  const key = await rig.tell(userId, 'waiting')
  await rig.run()
  const [notice] = await find({ number: key })
  expect(notice).toMatchObject({ kindName: '等待接收退款', userId })
  const one = await show(notice?.id ?? '')
  expect(one.patient).toBe('李*华')
  expect(one.steps.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['要告诉患者：等待接收退款', '用就医助手发送', '微信已收下']),
  )
  expect(one.texts.at(-1)?.lines).toEqual(expect.arrayContaining([{ name: '姓名', value: '李*华' }]))
  expect(JSON.stringify(one)).not.toMatch(/李明华|0000123420931/)
})

test('where nobody can be reached, each channel says why, and it is not sent again by hand', async () => {
  const { userId } = await rig.newUser({ mini: false, official: false })
  const key = await rig.tell(userId, 'paid')
  await rig.run()
  const [notice] = await find({ number: key })
  expect(notice?.state).toBe('unreachable')
  const { steps, advice } = await show(notice?.id ?? '')
  expect(steps.map(({ name }) => name)).toEqual([
    '要告诉患者：退款成功',
    ...['用就医助手发送，没有发', '就医助手：没有这位用户在该应用里的标识（no-openid）'],
    ...['改用下一个渠道：模板消息，没有发', '模板消息：没有这位用户在该应用里的标识（no-openid）'],
    ...['改用下一个渠道：订阅消息，没有发', '订阅消息：没有这位用户在该应用里的标识（no-openid）'],
    '每个渠道都联系不到这位用户',
  ])
  expect(advice).toContain('请电话联系')
})

test('masked in the list of the hospital that sends them open, too', async () => {
  const { userId } = await rig.newUser({ mini: false })
  const open = rig.roomWithNotices({
    mask: { patientName: false, cardNumber: false, balance: false, amount: false },
  })
  const key = await rig.tell(userId, 'paid')
  await rig.run(open)
  const [notice] = await find({ number: key })
  const one = await show(notice?.id ?? '')
  expect(one.texts.length).toBeGreaterThan(0)
  expect(JSON.stringify(one)).not.toMatch(/李明华|0000123420931/)
})

test('a day is counted by channel and state', async () => {
  const { rows } = await rig.inTx((tx) =>
    countsQuery(rig.hospitalId, startOfShanghaiDay(rig.clock.nowMs())).execute(tx.sql),
  )
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(3)
  expect(rows).toContainEqual({ channel: expect.any(String), state: 'unreachable', count: 1 })
  expect(shanghaiDay(rig.clock.nowMs())).toBe('2026-11-23')
})

describe('the way to them', () => {
  let ways: Awaited<ReturnType<typeof openWays>>
  beforeAll(async () => {
    await rig.asOwner(`
      INSERT INTO notice (hospital_id, id, notice_key, kind, user_id, journey, content, state, channel, tries,
        created_at_ms)
      SELECT 'demo', 'note_' || n, 'key_' || n, CASE WHEN n % 400 = 1 THEN 'expired' ELSE 'paid' END, 'user_' || n % 500,
        'case_' || n, '\\x', CASE WHEN n % 300 = 1 THEN 'failed' ELSE 'accepted' END,
        CASE WHEN n % 200 = 1 THEN 'subscribe' ELSE 'assistant' END, 1, ${rig.clock.nowMs()} - n * 60000
      FROM generate_series(1, 20000) n;
      ANALYZE notice`)
    ways = await openWays(rig.appUrl, 'demo')
    return () => ways.close()
  })
  test.each<NoticeWish>([
    ...([
      {},
      { before: '1795000000000.x' },
      { state: 'failed' },
      { state: 'unknown' },
      { kind: 'expired' },
    ] as const),
    ...([
      { channel: 'subscribe' },
      { number: 'case_77' },
      { number: 'nobody' },
      { to: '2026-11-10' },
    ] as const),
  ])('%o: by an index', async (wish) => {
    const way = await ways.of(noticesQuery(rig.hospitalId, wish, 51))
    expect(way.scansWhole).toBe(false)
    expect(way.blocks).toBeLessThan(MOST_BLOCKS)
  })
  test('the counts of a day read that day', async () => {
    const way = await ways.of(countsQuery(rig.hospitalId, startOfShanghaiDay(rig.clock.nowMs())))
    expect(way.scansWhole).toBe(false)
  })
})
