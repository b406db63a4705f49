import { fen, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PaymentsRig, startPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import { findAttemptByNumber } from '../attempts/attempts.ts'
import { countSending } from '../attempts/send-attempt.ts'
import {
  closeTransfer,
  findReceipt,
  paymentsWork,
  queryUnpaid,
  receiptsWork,
  reissueTransfer,
  resendTransfer,
  reserveFunds,
  type Transfer,
  topUpFunds,
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
  await rig.act('settings', { whenNotEnough: 'refuse', transferLimitFen: 2_000_000 })
  await rig.act('set-balance', { account: 'OPERATION', amountFen: 10_000_000 })
  await rig.asOwner('DELETE FROM fund_account')
  // What other tests left open rests.
  await rig.asOwner('UPDATE transfer_order SET next_action_at_ms = 9e15 WHERE next_action_at_ms IS NOT NULL')
})
afterAll(() => rig.stop())

const reserve = (transfer: Transfer) => rig.inTx((tx) => reserveFunds(tx, rig.room, transfer))
const again = (transfer: Transfer, operation: typeof resendTransfer) =>
  rig.inTx((tx) => operation(tx, rig.room, transfer.id))

test('ordered, confirmed by the patient, and by query paid: told of each step once, booked once, its receipt kept', async () => {
  const transfer = await transfers.pay()
  expect(transfer).toMatchObject({ state: 'to-confirm', wechatState: 'WAIT_USER_CONFIRM' })
  expect(await transfers.open(transfer)).toMatchObject({
    mchid: expect.any(String),
    appid: expect.any(String),
  })
  expect((await transfers.settle(transfer)).state).toBe('to-confirm')
  await transfers.confirm(transfer)
  expect((await transfers.settle(transfer)).wechatState).toBe('TRANSFERING')
  rig.clock.advance(2 * SECOND_MS)
  await rig.deliver()
  await Promise.all([rig.run(), rig.run(), transfers.settle(transfer)])
  expect(await transfers.find(transfer)).toMatchObject({ state: 'done', problem: undefined })
  expect(transfers.states(transfer)).toEqual(['to-confirm', 'under-way', 'done'])
  expect(await transfers.paid(transfer)).toEqual([5_000])
  expect(await transfers.reservation(transfer)).toBe('spent')
  expect(await transfers.journal(transfer)).toEqual([
    { account: 'deposit-in-transit', amount: '-5000' },
    { account: 'deposit-paid', amount: '5000' },
  ])
  expect(await transfers.open(transfer)).toBeUndefined()
  await rig.pass(4 * MINUTE_MS, 2 * MINUTE_MS)
  const receipt = await rig.inTx((tx) => findReceipt(tx, rig.room, transfer.id))
  expect(receipt?.subarray(0, 5).toString()).toBe('%PDF-')
})

test('bug: many receipts, each of which WeChat took long to answer for, kept callbacks and payments waiting', async () => {
  const transfer = await transfers.pay()
  await transfers.confirm(transfer)
  rig.clock.advance(2 * SECOND_MS)
  expect((await transfers.settle(transfer)).state).toBe('done')
  rig.clock.advance(4 * MINUTE_MS)
  const asked = () => rig.calls('ask-receipt').length
  const before = asked()
  await paymentsWork(rig.room).runDue(rig.clock, 1_000)
  expect(asked()).toBe(before)
  await receiptsWork(rig.room).runDue(rig.clock, 1_000)
  expect(asked()).toBe(before + 1)
})

test('the same subject is the same transfer, also for two at once; another amount or payee is refused', async () => {
  const subject = 'leg-once'
  const both = await Promise.all([
    transfers.order({ subject, person: 'once' }),
    transfers.order({ subject, person: 'once' }),
  ])
  expect(both[0].transfer.id).toBe(both[1].transfer.id)
  expect(both.filter(({ sending }) => sending)).toHaveLength(1)
  await expect(transfers.order({ subject, person: 'other' })).rejects.toThrow('another amount or payee')
  await expect(transfers.order({ subject, person: 'once', amountFen: 1 })).rejects.toThrow('another amount')
  await Promise.all(both.map((one) => transfers.send(one)))
  expect(await transfers.history(both[0].transfer)).toMatchObject([{ sendings: 1, state: 'yes' }])
})

test('no number without reserved funds', async () => {
  const { orderTransfer } = await import('./order-transfer.ts')
  await expect(rig.inTx((tx) => orderTransfer(tx, rig.room, transfers.wanted()))).rejects.toThrow('no funds')
})

test('whatever happens to the sending: one number, the same bytes, a way to the confirm page, paid once', async () => {
  const after = ['reply-lost', 'http-500-after', 'system-error-after', 'bad-signature', 'malformed-json']
  const made = []
  for (const kind of [...after, 'http-500', 'reset', 'frequency', 'signtest-response', 'system-error']) {
    rig.fault(kind, 'create-transfer')
    rig.fault('not-found-window', 'create-transfer', 1, { delayMs: 20 * SECOND_MS })
    made.push({ kind, transfer: await transfers.pay() })
    rig.simulator.faults.clear()
  }
  // A process that ended between the order and its sending.
  made.push({ kind: 'crash', transfer: (await transfers.order()).transfer })
  await rig.pass(6 * MINUTE_MS, 1.5 * MINUTE_MS)
  for (const { kind, transfer } of made) {
    expect(await transfers.find(transfer), kind).toMatchObject({ state: 'to-confirm' })
    expect(await transfers.open(transfer), kind).toBeDefined()
    await transfers.confirm(transfer)
  }
  await rig.pass(2 * HOUR_MS, HOUR_MS)
  for (const { kind, transfer } of made) {
    expect(await transfers.find(transfer), kind).toMatchObject({ state: 'done' })
    expect(await transfers.history(transfer), kind).toHaveLength(1)
    expect(new Set(await transfers.bodies(transfer)).size, kind).toBe(1)
    expect(await transfers.paid(transfer), kind).toEqual([5_000])
  }
})

test('the way to the confirm page survives looks that bring none, and is replaced by a newer one only', async () => {
  const transfer = await transfers.pay()
  const first = await transfers.open(transfer)
  await transfers.settle(transfer)
  await rig.pass(2 * HOUR_MS, HOUR_MS)
  expect((await transfers.open(transfer))?.packageInfo.reveal()).toBe(first?.packageInfo.reveal())
  rig.fault('reply-lost', 'create-transfer')
  const lost = await transfers.pay()
  expect(lost.state).toBe('under-way')
  await transfers.settle(lost)
  expect(await transfers.open(lost)).toBeUndefined()
  rig.clock.advance(30 * SECOND_MS)
  await transfers.settle(lost)
  expect(transfers.states(lost)).toEqual(['to-confirm', 'to-confirm'])
  expect(await transfers.open(lost)).toBeDefined()
})

test('NOT_ENOUGH: by query no bill, and the same number and bytes once there is money', async () => {
  await rig.act('set-balance', { account: 'OPERATION', amountFen: 100 })
  const transfer = await transfers.pay()
  expect(transfer).toMatchObject({ state: 'not-funded', problem: 'NOT_ENOUGH' })
  expect(await transfers.reservation(transfer)).toBe('held')
  // Nobody else is sent into it.
  await expect(transfers.order()).rejects.toThrow('not enough')
  await rig.act('top-up', { account: 'OPERATION', amountFen: 1_000_000 })
  await rig.inTx((tx) => topUpFunds(tx, rig.room, { amountFen: fen(1_000_000) }, 'operator:x'))
  const resent = await transfers.send(await again(transfer, resendTransfer))
  expect(resent.state).toBe('to-confirm')
  await transfers.confirm(resent)
  await rig.pass(MINUTE_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'done' })
  expect(await transfers.history(transfer)).toMatchObject([{ sendings: 2 }])
  expect(new Set(await transfers.bodies(transfer)).size).toBe(1)
  expect(await transfers.paid(transfer)).toEqual([5_000])
})

test('a refusal after an answer that was lost proves nothing: it stays under way', async () => {
  rig.fault('reply-lost', 'create-transfer')
  rig.fault('not-found-window', 'create-transfer', 1, { delayMs: 10 * MINUTE_MS })
  const transfer = await transfers.pay()
  rig.fault('no-auth', 'create-transfer', 9)
  await rig.pass(4 * MINUTE_MS, 2 * MINUTE_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'under-way' })
  rig.simulator.faults.clear()
  await rig.pass(HOUR_MS, 20 * MINUTE_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'to-confirm' })
  expect(await transfers.history(transfer)).toHaveLength(1)
})

test('bug: a process that ended while it sent again left the refusal before to speak for that sending too', async () => {
  rig.fault('frequency', 'create-transfer')
  const transfer = await transfers.pay()
  const number = await transfers.numberOf(transfer)
  await rig.inTx(async (tx) => {
    const attempt = await findAttemptByNumber(tx, 'transfer-create', number)
    if (attempt) await countSending(tx, rig.clock, attempt)
  })
  await rig.act('set-balance', { account: 'OPERATION', amountFen: 100 })
  await rig.pass(20 * MINUTE_MS, 5 * MINUTE_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'under-way' })
})

test('accepted without funds: it stays under way, and a top-up posts the same bytes again at once', async () => {
  await rig.act('settings', { whenNotEnough: 'processing' })
  await rig.act('set-balance', { account: 'OPERATION', amountFen: 100 })
  const transfer = await transfers.pay()
  expect(transfer).toMatchObject({ state: 'under-way', wechatState: 'PROCESSING' })
  await rig.pass(3 * HOUR_MS, HOUR_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'under-way' })
  await rig.act('top-up', { account: 'OPERATION', amountFen: 1_000_000 })
  await rig.inTx((tx) => topUpFunds(tx, rig.room, { amountFen: fen(1_000_000) }, 'operator:x'))
  await rig.run()
  rig.clock.advance(30 * SECOND_MS)
  await rig.run()
  expect(await transfers.open(transfer)).toBeDefined()
  expect(new Set(await transfers.bodies(transfer)).size).toBe(1)
})

test.each(['stay-accepted', 'stay-processing'])('%s: the same bytes again move it on', async (kind) => {
  rig.fault(kind, 'create-transfer')
  const transfer = await transfers.pay()
  expect(transfer.state).toBe('under-way')
  await rig.pass(3 * MINUTE_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'to-confirm' })
  expect(await transfers.history(transfer)).toMatchObject([{ sendings: 2 }])
})

test('not confirmed: no other number at 24 h, but once a query says FAIL; linked, and paid once', async () => {
  const transfer = await transfers.pay()
  await rig.pass(24 * HOUR_MS + 30 * MINUTE_MS, 3.5 * HOUR_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'to-confirm' })
  await expect(again(transfer, reissueTransfer)).rejects.toThrow('no other number follows')
  await rig.pass(HOUR_MS, 20 * MINUTE_MS)
  const closed = await transfers.settle(transfer)
  expect(closed).toMatchObject({ state: 'not-paid', failReason: 'OVERDUE_CLOSE' })
  expect(await transfers.reservation(transfer)).toBe('freed')
  await expect(again(transfer, reissueTransfer)).rejects.toThrow('no funds are reserved')
  rig.fault('http-502', 'query-transfer', 2)
  const confirmed = () => queryUnpaid(rig.room, rig.hospitalId, transfer.id)
  expect((await confirmed()).isConfirmed, 'no answer').toBe(false)
  rig.simulator.faults.clear()
  expect(await confirmed()).toMatchObject({ isConfirmed: true, transfer: { state: 'not-paid' } })
  await reserve(transfer)
  const two = await Promise.allSettled([again(transfer, reissueTransfer), again(transfer, reissueTransfer)])
  expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  for (const one of two) if (one.status === 'fulfilled') await transfers.send(one.value)
  await transfers.confirm(transfer)
  await rig.pass(MINUTE_MS)
  const [first, second] = await transfers.history(transfer)
  expect([first, second]).toMatchObject([
    { queriedState: 'FAIL' },
    { queriedState: 'SUCCESS', replaces: first?.number },
  ])
  expect(await transfers.paid(transfer)).toEqual([5_000])
  expect(transfers.states(transfer)).toEqual(['to-confirm', 'not-paid', 'under-way', 'to-confirm', 'done'])
})

test('refused for what it says: the same number with mended bytes, since by query nothing came of the first', async () => {
  await rig.act('settings', { transferLimitFen: 4_000 })
  const transfer = await transfers.pay()
  expect(transfer).toMatchObject({ state: 'refused', problem: 'INVALID_REQUEST' })
  await rig.act('settings', { transferLimitFen: 2_000_000 })
  const resent = await transfers.send(await again(transfer, resendTransfer))
  expect(resent.state).toBe('to-confirm')
  const [first, second] = await transfers.history(transfer)
  expect(first?.number).toBe(second?.number)
  await expect(again(transfer, resendTransfer)).rejects.toThrow('its number is not sent again')
})

test('bug: WeChat refused the product for every patient, and no line of the log told an operator', async () => {
  const told = () => rig.errors.filter((text) => text.includes('refuses the channel')).length
  const before = told()
  rig.fault('no-auth', 'create-transfer')
  expect(await transfers.pay()).toMatchObject({ state: 'refused', problem: 'NO_AUTH' })
  expect(told() - before).toBe(1)
})

test('a payee of another name is not paid, and given up its funds are free', async () => {
  const transfer = await transfers.pay({ person: 'wangfang', payee: '李明华' })
  await transfers.confirm(transfer)
  expect(await transfers.settle(transfer)).toMatchObject({
    ...{ state: 'not-paid', failReason: 'NAME_NOT_CORRECT' },
  })
  const close = () => rig.inTx((tx) => closeTransfer(tx, rig.room, transfer.id))
  expect([(await close()).state, (await close()).state]).toEqual(['closed', 'closed'])
  expect(await transfers.reservation(transfer)).toBe('freed')
  await reserve(transfer)
  await expect(again(transfer, reissueTransfer)).rejects.toThrow('is closed')
})
