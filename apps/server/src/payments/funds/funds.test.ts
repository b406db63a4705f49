import { DAY_MS, fen, HOUR_MS, MINUTE_MS, SECOND_MS, startOfShanghaiDay } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PaymentsRig, startPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import {
  findPayoutStop,
  freeFunds,
  probeFunds,
  reserveFunds,
  resumePayouts,
  setFunds,
  stopPayouts,
  topUpFunds,
  viewFunds,
  wishCancel,
} from '../index.ts'
import { transfersRig } from '../test-support/transfers-rig.ts'

let rig: PaymentsRig
let transfers: ReturnType<typeof transfersRig>
beforeAll(async () => {
  rig = await startPaymentsRig()
  transfers = transfersRig(rig)
})
beforeEach(async () => {
  rig.simulator.faults.clear()
  await rig.act('settings', { balanceApi: true })
  await rig.act('set-balance', { account: 'OPERATION', amountFen: 1_000_000 })
  for (const table of ['fund_account', 'fund_reservation', 'fund_top_up'])
    await rig.asOwner(`DELETE FROM ${table}`)
  configure({ probe: ['api', 'ledger', 'attempt'], equalIsEnough: false })
})
afterAll(() => rig.stop())

function configure(settings: object): void {
  Object.assign(rig.room.hospitals.all[0]?.wechatPay?.transfer ?? {}, settings)
}
const of = (subject: string) => ({ purpose: 'deposits' as const, subject })
const probe = () => probeFunds(rig.room, rig.hospitalId)
const reserve = (subject: string, amountFen: number) =>
  rig.inTx((tx) => reserveFunds(tx, rig.room, { ...of(subject), amountFen: fen(amountFen) }))
const free = (subject: string) => rig.inTx((tx) => freeFunds(tx, of(subject), rig.clock.nowMs()))
const view = () => rig.inTx((tx) => viewFunds(tx, rig.room))
const topUp = (amountFen: number) =>
  rig.inTx((tx) => topUpFunds(tx, rig.room, { amountFen: fen(amountFen) }, 'operator:x'))
const set = (balanceFen: number, source: 'statement' | 'operator' = 'operator', asOfMs = rig.clock.nowMs()) =>
  rig.inTx((tx) => setFunds(tx, rig.room, { balanceFen: fen(balanceFen), asOfMs, source }, 'operator:x'))
const balance = (amountFen: number) => rig.act('set-balance', { account: 'OPERATION', amountFen })
const asked = () => rig.calls('query-balance').length

test('by WeChat’s own figure: two patients never get the same fen, equal is not enough, and what is freed is free', async () => {
  configure({ probe: ['api'] })
  expect(await reserve('none', 1), 'no figure').toBe('not-enough')
  await balance(10_000)
  await Promise.all([probe(), probe()])
  expect((await Promise.all([reserve('a', 6_000), reserve('b', 6_000)])).sort()).toEqual([
    ...['not-enough', 'reserved'],
  ])
  const [{ subject } = { subject: '' }] = await rig.asOwner<{ subject: string }>(
    'SELECT subject FROM fund_reservation',
  )
  expect(await reserve(subject, 6_000), 'the same again').toBe('reserved')
  await expect(reserve(subject, 5_000)).rejects.toThrow('another amount')
  expect(await reserve('c', 4_000), 'equal').toBe('not-enough')
  configure({ equalIsEnough: true })
  expect(await reserve('c', 4_000)).toBe('reserved')
  expect(await view()).toMatchObject({ availableFen: 0, reservedFen: 10_000, source: 'api' })
  await Promise.all([free('c'), free('c')])
  expect(await reserve('c', 3_999)).toBe('reserved')
  rig.clock.advance(3 * MINUTE_MS)
  await free('c')
  expect(await reserve('d', 1), 'too old a figure').toBe('not-enough')
})

test('what WeChat holds already is not counted twice, and what was paid stays paid', async () => {
  configure({ probe: ['api', 'ledger'] })
  await balance(10_000)
  await probe()
  const paid = await transfers.pay({ subject: 'a', amountFen: 6_000 })
  expect(await view()).toMatchObject({ availableFen: 4_000, reservedFen: 6_000 })
  rig.clock.advance(MINUTE_MS)
  await probe()
  expect(await view()).toMatchObject({ balanceFen: 4_000, availableFen: 4_000, reservedFen: 6_000 })
  await transfers.confirm(paid)
  await rig.pass(2 * MINUTE_MS)
  expect((await transfers.find(paid)).state).toBe('done')
  expect(await view()).toMatchObject({ availableFen: 4_000, reservedFen: 0 })
  await expect(reserve('a', 6_000)).rejects.toThrow('were paid out')
})

test('a merchant whom WeChat shows no balance: closed for the day, and the own ledger decides', async () => {
  await rig.act('settings', { balanceApi: false })
  rig.fault('http-502', 'query-balance')
  await probe()
  expect((await view()).apiClosedUntilMs, 'a failure says nothing').toBeUndefined()
  await probe()
  await probe()
  expect((await view()).apiClosedUntilMs).toBe(startOfShanghaiDay(rig.clock.nowMs()) + DAY_MS)
  const before = asked()
  await probe()
  expect(asked()).toBe(before)
  await set(10_000)
  await set(99_999, 'statement', rig.clock.nowMs() - HOUR_MS)
  expect(await view()).toMatchObject({ balanceFen: 10_000, source: 'operator' })
  rig.clock.advance(HOUR_MS)
  await rig.act('set-balance', { account: 'OPERATION', amountFen: 100_000 })
  await transfers.pay({ amountFen: 9_000 })
  expect(await reserve('b', 2_000)).toBe('not-enough')
  await topUp(5_000)
  expect(await reserve('b', 2_000)).toBe('reserved')
  expect(await view()).toMatchObject({ availableFen: 4_000, toppedUpFen: 5_000, reservedFen: 11_000 })
  rig.clock.advance(SECOND_MS)
  await set(6_000, 'statement')
  // WeChat held the first one before this figure.
  expect(await view()).toMatchObject({ availableFen: 4_000, toppedUpFen: 0, source: 'statement' })
  expect(await rig.audits('payments.funds-topped-up')).toMatchObject([{ detail: { amountFen: 5_000 } }])
  expect(await rig.audits('payments.funds-set')).toHaveLength(3)
  rig.clock.advance(24 * HOUR_MS)
  await rig.act('settings', { balanceApi: true })
  await probe()
  expect((await view()).source).toBe('api')
})

test('where only the attempt tells: enough, until WeChat said no, for ten minutes or until a top-up', async () => {
  configure({ probe: ['attempt'] })
  await balance(100)
  expect((await transfers.pay()).state).toBe('not-funded')
  expect(await reserve('b', 50)).toBe('not-enough')
  rig.clock.advance(10 * MINUTE_MS)
  expect(await reserve('b', 50)).toBe('reserved')
  await transfers.pay()
  expect(await reserve('c', 50)).toBe('not-enough')
  await topUp(1)
  expect(await reserve('c', 50)).toBe('reserved')
})

test('总开关: nothing leaves for the first time, what was sent goes on, and what waited leaves when it is over', async () => {
  const { room, inTx } = rig
  rig.fault('reply-lost', 'create-transfer')
  const sent = await transfers.pay()
  const stop = () => inTx((tx) => stopPayouts(tx, room, { by: 'operator:x', reason: '对账有差异' }))
  await stop()
  await stop()
  expect(await inTx((tx) => findPayoutStop(tx))).toMatchObject({ by: 'operator:x', reason: '对账有差异' })
  const waiting = await transfers.pay()
  const givenUp = await transfers.pay()
  await rig.pass(HOUR_MS, 10 * MINUTE_MS)
  expect(await transfers.find(sent)).toMatchObject({ state: 'to-confirm' })
  expect(await transfers.settle(waiting)).toMatchObject({ state: 'under-way', sentAtMs: undefined })
  expect(await transfers.history(waiting)).toMatchObject([{ sendings: 0, state: 'stored' }])
  expect(await inTx((tx) => wishCancel(tx, room, givenUp.id))).toMatchObject({
    ...{ state: 'not-funded', problem: 'never-sent' },
  })
  await inTx((tx) => resumePayouts(tx, room, { by: 'operator:y', reason: '已经查清' }))
  await rig.run()
  expect(await transfers.find(waiting)).toMatchObject({ state: 'to-confirm' })
  expect(await transfers.bodies(givenUp)).toEqual([])
  expect(await rig.audits('payments.payouts-resumed')).toMatchObject([{ detail: { reason: '已经查清' } }])
})

test('funds that were given up meanwhile are not sent', async () => {
  const { room, inTx } = rig
  await inTx((tx) => stopPayouts(tx, room, { by: 'operator:x', reason: 'x' }))
  const waiting = await transfers.pay({ subject: 'given-up' })
  await free('given-up')
  await inTx((tx) => resumePayouts(tx, room, { by: 'operator:x', reason: '已经查清' }))
  await rig.run()
  expect(await transfers.find(waiting)).toMatchObject({ state: 'not-funded', problem: 'not-reserved' })
})
