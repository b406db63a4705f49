import { MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FaceRig, platformOrder, startFaceRig } from '../../../../../../tests/setup/face-rig.ts'
import type { FaceRoom } from '../face-check.ts'
import { settleFaceCheck } from '../settle-face-check.ts'
import { startFaceCheck } from '../start-face-check.ts'
import { settleOrderCheck } from './settle-order-check.ts'
import { startOrderCheck } from './start-order-check.ts'

let rig: FaceRig
beforeAll(async () => {
  rig = await startFaceRig()
})
afterAll(() => rig.stop())

const REPORT = 'registerRealPersonAuthOrder'
const reports = () => rig.calls('health-card', REPORT).length

async function started() {
  const room = rig.room()
  const session = await rig.newSession()
  const person = rig.newPerson()
  const order = await platformOrder(rig, room, session, person)
  const check = await startOrderCheck(room, session, order)
  return {
    ...{ room, session, person, order, check },
    freshCode: () => rig.wechatCode(session.person),
    settle: (wechatCode?: string) => settleOrderCheck(room, session, check.id, wechatCode),
  }
}

test('passed, told with a fresh code, and the platform takes its number back', async () => {
  const { order, person, check, settle, freshCode } = await started()
  await rig.lookIntoCamera(check.verifyId)
  expect(await settle()).toMatchObject({ state: 'verified', verifyOrderId: null })
  const done = await settle(await freshCode())
  expect(done).toMatchObject({ state: 'passed', advice: null, verifyOrderId: expect.stringMatching(/./) })
  const page = await (await fetch(`${order.redirectUrl}&verify_order_id=${done.verifyOrderId}`)).text()
  expect(page).toContain('registerOrderId=')
  const [told] = rig.calls('health-card', REPORT).slice(-1)
  expect(JSON.stringify(told?.request)).toContain(person.idNumber.reveal())
})

test('settled again it answers its stored end: the platform is told once, whatever the code', async () => {
  const { check, settle, freshCode } = await started()
  await rig.lookIntoCamera(check.verifyId)
  const before = reports()
  const first = await settle(await freshCode())
  expect(await settle(await freshCode())).toEqual(first)
  expect(await settle()).toEqual(first)
  expect(reports() - before).toBe(1)
})

test('two settlements at once with two codes: one of them tells the platform', async () => {
  const { check, settle, freshCode } = await started()
  await rig.lookIntoCamera(check.verifyId)
  await settle()
  const before = reports()
  const both = await Promise.all([settle(await freshCode()), settle(await freshCode())])
  expect(both.some(({ state }) => state === 'passed')).toBe(true)
  expect(reports() - before).toBe(1)
})

test('not the person: back as -1, nobody is told, and no code is needed to learn it', async () => {
  const { check, settle, freshCode } = await started()
  await rig.lookIntoCamera(check.verifyId, 10004)
  const before = reports()
  const failed = { state: 'failed', verifyOrderId: null, advice: { judged: true } }
  expect(await settle()).toMatchObject(failed)
  expect(await settle(await freshCode())).toMatchObject(failed)
  expect(reports()).toBe(before)
})

test('a code that is somebody else’s: the platform refuses, back as -1', async () => {
  const { check, settle } = await started()
  await rig.lookIntoCamera(check.verifyId)
  expect(await settle(await rig.wechatCode('wangfang'))).toMatchObject({
    ...{ state: 'failed', verifyOrderId: null, advice: { zh: /平台没有接受/ } },
  })
})

describe('a lost reply of the platform', () => {
  test('is never told again with the same code; with a fresh one it is', async () => {
    const { check, settle, freshCode } = await started()
    await rig.lookIntoCamera(check.verifyId)
    const code = await freshCode()
    rig.fault('health-card', { kind: 'reply-lost', operation: REPORT })
    const before = reports()
    expect(await settle(code)).toMatchObject({ state: 'verified', advice: { zh: /没有确认/ } })
    expect(await settle(code)).toMatchObject({ state: 'verified' })
    expect(reports() - before).toBe(1)
    expect(await settle(await freshCode())).toMatchObject({ state: 'passed' })
    expect(reports() - before).toBe(2)
  })

  test('of a process that is gone: taken up after half a minute, and not with the code that it used', async () => {
    const { room, check, settle, freshCode } = await started()
    await rig.lookIntoCamera(check.verifyId)
    await settle()
    const code = await freshCode()
    const index = rig.cipher.blindIndex(code, 'face-wechat-code').toString('hex')
    await rig.asOwner(
      `UPDATE face_check SET state = 'reporting', claimed_at_ms = ${room.clock.nowMs()}, code_index = '\\x${index}'
       WHERE id = '${check.id}'`,
    )
    const before = reports()
    expect((await settle(await freshCode())).state).toBe('pending')
    rig.clock.advance(MINUTE_MS / 2)
    expect((await settle(code)).state).toBe('verified')
    expect(reports()).toBe(before)
    expect((await settle(await freshCode())).state).toBe('passed')
  })

  test('while WeChat was asked: asked again, and the pass still counts', async () => {
    const { room, check, settle, freshCode } = await started()
    await rig.lookIntoCamera(check.verifyId)
    await rig.asOwner(
      `UPDATE face_check SET state = 'querying', claimed_at_ms = ${room.clock.nowMs()} WHERE id = '${check.id}'`,
    )
    expect((await settle()).state).toBe('pending')
    rig.clock.advance(MINUTE_MS / 2)
    expect((await settle(await freshCode())).state).toBe('passed')
  })
})

describe('refused and recorded', () => {
  test('an address that is not the platform’s: nobody is asked about the order', async () => {
    const room = rig.room()
    const session = await rig.newSession()
    const order = { orderId: 'o', verifyType: 1 }
    const before = rig.calls('health-card', 'getOrderInfoByOrderId').length
    const platformHost = new URL(rig.sandbox.origins['health-card'] ?? '').host
    const script = `javascript://${platformHost}/%0Aalert(1)`
    for (const redirectUrl of ['https://evil.example/?stolen=1', 'javascript:1', script, 'nothing'])
      await expect(startOrderCheck(room, session, { ...order, redirectUrl })).rejects.toMatchObject({
        code: 'redirect-refused',
      })
    expect(rig.calls('health-card', 'getOrderInfoByOrderId')).toHaveLength(before)
    const subjects = (await rig.audits('verification.tampered-redirect')).map(({ subject }) => subject)
    expect(subjects.slice(-4)).toContain('evil.example')
    expect(subjects.join()).not.toContain('stolen')
  })

  test('another user’s check, and a refund’s check as an order’s or the other way round', async () => {
    const { room, session, person, check } = await started()
    const refund = await startFaceCheck(room, session, { purpose: 'refund', person })
    await rig.lookIntoCamera(check.verifyId)
    await rig.lookIntoCamera(refund.verifyId)
    const stranger = await rig.newSession()
    const notFound = { code: 'not-found' }
    await expect(settleOrderCheck(room, stranger, check.id, undefined)).rejects.toMatchObject(notFound)
    await expect(settleOrderCheck(room, session, refund.id, undefined)).rejects.toMatchObject(notFound)
    await expect(settleFaceCheck(room, session, check.id)).rejects.toMatchObject(notFound)
    expect((await rig.audits('verification.not-your-face-check')).map(({ subject }) => subject)).toContain(
      check.id,
    )
    const others = (await rig.audits('verification.other-face-check')).map(({ subject }) => subject)
    expect(others).toEqual(expect.arrayContaining([check.id, refund.id]))
    const grants = await rig.asOwner(`SELECT 1 FROM verification_grant WHERE user_id = '${session.userId}'`)
    expect(grants).toEqual([])
  })

  test.each([
    ['03', 'G12345678'],
    ['01', '810000199001010019'],
    ['17', '810000199001010019'],
  ])('an order about document %s %s', async (cardType, idCard) => {
    const room = rig.room()
    const session = await rig.newSession()
    const healthCard = { getOrderInfoByOrderId: async () => ({ name: 'Maria', idCard, cardType }) }
    const other = {
      ...room,
      clients: { ...room.clients, healthCard: () => healthCard },
    } as unknown as FaceRoom
    const redirectUrl = `${rig.sandbox.origins['health-card']}/open/verify/face-return`
    const before = rig.calls('weixin', 'getverifyid').length
    await expect(
      startOrderCheck(other, session, { orderId: 'o', verifyType: 1, redirectUrl }),
    ).rejects.toMatchObject({ code: 'face-check-refused', zh: /证件/ })
    expect(rig.calls('weixin', 'getverifyid')).toHaveLength(before)
    expect((await rig.audits('verification.face-refused')).at(-1)?.detail).toMatchObject({
      why: 'no-resident-id',
    })
  })
})

test('the platform knows no such order, or is away', async () => {
  const room = rig.room()
  const session = await rig.newSession()
  const order = {
    ...{ orderId: 'guessed', verifyType: 1 },
    redirectUrl: `${rig.sandbox.origins['health-card']}/open/verify/face-return`,
  }
  await expect(startOrderCheck(room, session, order)).rejects.toMatchObject({ code: 'face-check-refused' })
  rig.fault('health-card', { kind: 'http-502', operation: 'getOrderInfoByOrderId' })
  await expect(startOrderCheck(room, session, order)).rejects.toMatchObject({
    code: 'card-platform-unavailable',
  })
})
