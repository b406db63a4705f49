import { no, type Outcome, unknown, yes } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FaceRig, platformOrder, startFaceRig } from '../../../../../../tests/setup/face-rig.ts'
import { settleOrderCheck } from '../order/settle-order-check.ts'
import type { NationalIdentity } from './national-identity.ts'
import { settleNcidasCheck } from './settle-ncidas-check.ts'
import { startNcidasCheck } from './start-ncidas-check.ts'

let rig: FaceRig
beforeAll(async () => {
  rig = await startFaceRig()
})
afterAll(() => rig.stop())

type Answer = Outcome<{ readonly extInfo: Readonly<Record<string, string>> }>
const PARAMETERS = { orgID: 'org', businessID: 'android-1', bizSeq: 'seq-1', type: 0 }

/** A national platform whose answers a test writes down beforehand; it remembers what it was asked. */
function national(...answers: readonly Answer[]) {
  const asked: unknown[][] = []
  const adapter: NationalIdentity = {
    start: async () => PARAMETERS,
    settle: async (person, result, parameters) => {
      asked.push([person.name.reveal(), result, parameters])
      return answers[Math.min(asked.length, answers.length) - 1] ?? unknown('no answer')
    },
  }
  return { adapter, asked }
}

async function started(adapter: NationalIdentity) {
  const room = rig.room({ nationalIdentity: adapter })
  const session = await rig.newSession()
  const order = await platformOrder(rig, room, session, rig.newPerson('周建国'))
  const check = await startNcidasCheck(room, session, { ...order, phone: 'android' })
  return {
    ...{ room, session, check },
    hand: (result: object) => settleNcidasCheck(room, session, check.id, { ...result }),
    settle: async () => settleOrderCheck(room, session, check.id, await rig.wechatCode(session.person)),
  }
}

test('proven by the adapter for this person and this number, then told to the platform with what it gave', async () => {
  const { adapter, asked } = national(yes({ extInfo: { credential: 'c-1' } }))
  const { check, hand, settle } = await started(adapter)
  expect(check.parameters).toEqual(PARAMETERS)
  expect(await hand({ token: 't' })).toMatchObject({ state: 'verified' })
  expect(asked).toEqual([['周建国', { token: 't' }, PARAMETERS]])
  expect(await settle()).toMatchObject({ state: 'passed', verifyOrderId: expect.stringMatching(/./) })
  const told = rig.calls('health-card', 'registerRealPersonAuthOrder').at(-1)
  expect(JSON.stringify(told?.request)).toContain('c-1')
})

test('the phone’s word is worth nothing: without a proof nobody is told', async () => {
  const { adapter, asked } = national(no('mismatch', 'other person'))
  const { hand, settle } = await started(adapter)
  const before = rig.calls('health-card', 'registerRealPersonAuthOrder').length
  expect(await settle()).toMatchObject({ state: 'pending' })
  expect(asked).toEqual([])
  expect(await hand({ passed: true, suc: true })).toMatchObject({ state: 'failed', advice: { judged: true } })
  expect(await hand({ passed: true })).toMatchObject({ state: 'failed' })
  expect(asked).toHaveLength(1)
  expect(await settle()).toMatchObject({ state: 'failed' })
  expect(rig.calls('health-card', 'registerRealPersonAuthOrder')).toHaveLength(before)
})

test('nobody can say is not no: the same result is handed in again', async () => {
  const { adapter, asked } = national(unknown('timeout'), yes({ extInfo: {} }))
  const { hand, settle } = await started(adapter)
  expect(await hand({ token: 't' })).toMatchObject({ state: 'pending' })
  expect(await hand({ token: 't' })).toMatchObject({ state: 'verified' })
  expect(asked).toHaveLength(2)
  expect((await settle()).state).toBe('passed')
})

test('another user’s check is refused and recorded, and a hospital without the adapter offers none', async () => {
  const { adapter, asked } = national(yes({ extInfo: {} }))
  const { room, check } = await started(adapter)
  const stranger = await rig.newSession()
  await expect(settleNcidasCheck(room, stranger, check.id, {})).rejects.toMatchObject({ code: 'not-found' })
  expect(asked).toEqual([])
  expect((await rig.audits('verification.not-your-face-check')).at(-1)?.subject).toBe(check.id)
  const order = { orderId: 'o', verifyType: 3, redirectUrl: 'https://evil.example/', phone: 'ios' as const }
  await expect(startNcidasCheck(rig.room(), stranger, order)).rejects.toMatchObject({
    ...{ code: 'face-check-refused', zh: /换一种/ },
  })
  await expect(startNcidasCheck(room, stranger, order)).rejects.toMatchObject({ code: 'redirect-refused' })
})

test('a module that fails leads to another way, without its words', async () => {
  const adapter: NationalIdentity = {
    ...national().adapter,
    start: () => Promise.reject(new Error('周建国 33010619800101300X')),
  }
  const refusal = await started(adapter).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'face-check-refused', zh: /换一种验证方式/ })
  expect((refusal as Error).cause).toBeUndefined()
})
