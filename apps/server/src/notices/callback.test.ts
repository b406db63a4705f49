import { DAY_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type NoticesRig, startNoticesRig } from '../../../../tests/setup/notices-rig.ts'

const EVENT = 'TEMPLATESENDJOBFINISH'
const ASSISTANT = 'sendchannelmsg'
const TEMPLATE = 'message/template/send'

let rig: NoticesRig
beforeAll(async () => {
  rig = await startNoticesRig()
  // Checks the address first, as WeChat does: it must answer the echostr.
  await rig.act('set-callback-url', { url: rig.callbackUrl })
})
beforeEach(() => rig.simulator.faults.clear())
afterAll(() => rig.stop())

/** By a template message that WeChat accepts. */
async function accepted(person: { readonly userId: string }) {
  rig.fault('errcode-40003', ASSISTANT)
  const key = await rig.tell(person.userId, 'waiting')
  await rig.run()
  expect(await rig.find(key)).toMatchObject({ state: 'accepted', channel: 'template' })
  return key
}
const deliver = () => rig.act<{ pushes: { state: string; answer: string }[] }>('deliver-due')
const events = () =>
  rig.asOwner<{ told: string; state: string }>('SELECT told, state FROM notice_event ORDER BY received_at_ms')

test('what WeChat tells of the delivery is stored before it is answered, and worked once', async () => {
  const key = await accepted(await rig.newUser())
  rig.fault('push-duplicate', EVENT)
  const other = await accepted(await rig.newUser())
  await deliver()
  // The first one's may have come, and been worked, while the second was sent.
  expect((await rig.find(other))?.state).toBe('accepted')
  expect(await events()).toHaveLength(2)
  await rig.run()
  expect([await rig.find(key), await rig.find(other)]).toMatchObject([
    ...[{ state: 'delivered', problem: undefined }, { state: 'delivered' }],
  ])
  expect((await events()).map(({ state }) => state)).toEqual(['worked', 'worked'])
  // Taken is not yet told where WeChat tells later.
  expect(new Set(rig.told.map((one) => `${one.key} ${one.channel} ${one.subject.of}`))).toEqual(
    new Set([`${key} template journey`, `${other} template journey`]),
  )
  expect(rig.told).toHaveLength(2)
})

test('who blocks the account gets the notice by the next channel; the failure of the last one is told', async () => {
  const blocking = await rig.newUser()
  await rig.act('set-phone', { person: blocking.person, blocks: true })
  const key = await accepted(blocking)
  await deliver()
  await rig.run()
  expect(await rig.find(key)).toMatchObject({ state: 'accepted', channel: 'subscribe' })
  expect(rig.told.filter((one) => one.key === key)).toMatchObject([{ channel: 'subscribe' }])

  const alone = await rig.newUser({ subscribes: false })
  rig.fault('template-delivery-failed', TEMPLATE)
  const failed = await accepted(alone)
  await deliver()
  await rig.run()
  expect(await rig.find(failed)).toMatchObject({
    ...{ state: 'failed', problem: '模板消息：微信告知发送失败（system-failed）' },
  })
})

test('a failure that is told days later sends nothing any more', async () => {
  const user = await rig.newUser()
  rig.fault('template-delivery-failed', TEMPLATE)
  const key = await accepted(user)
  rig.clock.advance(2 * DAY_MS)
  await deliver()
  await rig.run()
  expect(await rig.find(key)).toMatchObject({ state: 'failed' })
  expect(await rig.phoneOf(user.person)).toHaveLength(1)
})

test('a wrong signature is refused and stored nowhere; the genuine repetition counts', async () => {
  const before = (await events()).length
  rig.fault('push-bad-signature', EVENT)
  const key = await accepted(await rig.newUser())
  await deliver()
  expect(await events()).toHaveLength(before)
  rig.clock.advance(10_000)
  const { pushes } = await deliver()
  expect(pushes.at(-1)).toMatchObject({ state: 'taken', answer: '200 success' })
  await rig.run()
  expect(await rig.find(key)).toMatchObject({ state: 'delivered' })
})

test('strangers, huge bodies and hospitals without a message push get nothing', async () => {
  const asked = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).status
  expect(await asked(`${rig.callbackUrl}?signature=x&timestamp=1&nonce=2&echostr=3`)).toBe(401)
  const post = (body: string) => ({ method: 'POST', body })
  expect(await asked(rig.callbackUrl, post('<xml></xml>'))).toBe(401)
  expect(await asked(rig.callbackUrl, post('x'.repeat(100_000)))).toBe(413)
  expect(await asked(rig.callbackUrl.replace('/demo', '/other'), post('<xml></xml>'))).toBe(404)
})

test('an event that overtakes our own answer waits for it; one of a foreign message is given up', async () => {
  await rig.asOwner(
    `INSERT INTO notice_event VALUES ('demo', 'event-early', '39999', 'delivered', 'stored', 0,
       ${rig.clock.nowMs()}, ${rig.clock.nowMs()})`,
  )
  await rig.run()
  const early = () => rig.asOwner<{ state: string }>(`SELECT state FROM notice_event WHERE msg_id = '39999'`)
  expect(await early()).toEqual([{ state: 'stored' }])
  rig.clock.advance(15 * MINUTE_MS)
  await rig.run()
  expect(await early()).toEqual([{ state: 'foreign' }])
})
