import { DAY_MS, fen, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import type { TransferNotice, TransferState } from '@zhangyi/wechat-pay'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PaymentsRig, startPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import { reissueTransfer, reserveFunds, settleByBill, type Transfer, wishCancel } from '../index.ts'
import { findMerchant } from '../merchant.ts'
import { transfersRig } from '../test-support/transfers-rig.ts'
import { workTransferNotice } from './work-transfer-notice.ts'

let rig: PaymentsRig
let transfers: ReturnType<typeof transfersRig>
beforeAll(async () => {
  rig = await startPaymentsRig()
  transfers = transfersRig(rig)
})
beforeEach(async () => {
  rig.simulator.faults.clear()
  await rig.act('set-balance', { account: 'OPERATION', amountFen: 10_000_000 })
  // What other tests left open rests.
  await rig.asOwner('UPDATE transfer_order SET next_action_at_ms = 9e15 WHERE next_action_at_ms IS NOT NULL')
})
afterAll(() => rig.stop())

const cancel = ({ id }: Transfer) => rig.inTx((tx) => wishCancel(tx, rig.room, id))
const bill = ({ id }: Transfer, paid: boolean) =>
  rig.inTx((tx) => settleByBill(tx, rig.room, id, { paid, evidence: '2026-11-23 资金账单' }))
const reissue = ({ id }: Transfer) => rig.inTx((tx) => reissueTransfer(tx, rig.room, id))

/** A callback as WeChat might send it one day. */
async function tell(transfer: Transfer, outBillNo: string, state: TransferState) {
  const merchant = findMerchant(rig.room, rig.hospitalId)
  if (!merchant) throw new Error('no merchant')
  const notice: TransferNotice = {
    ...{ mchid: merchant.mchid, outBillNo, transferBillNo: '1', amountFen: transfer.amountFen, state },
    ...{ createTimeMs: rig.clock.nowMs(), updateTimeMs: rig.clock.nowMs() },
  }
  return rig.inTx((tx) => workTransferNotice(tx, rig.room, merchant, notice))
}

const contradictions = async ({ id }: Transfer) =>
  (await rig.audits('payments.contradiction')).filter(({ subject }) => subject === id)

test('taken back by the patient: cancelled by query, the money is free, nothing was paid', async () => {
  const transfer = await transfers.pay()
  expect(await cancel(transfer)).toMatchObject({ state: 'to-confirm', isCancelWished: true })
  await rig.run()
  await rig.pass(10 * SECOND_MS, 5 * SECOND_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'not-paid', wechatState: 'CANCELLED' })
  expect(await transfers.reservation(transfer)).toBe('freed')
  expect(await transfers.paid(transfer)).toEqual([])
})

test('taken back, and the confirmation was quicker: paid, once', async () => {
  const transfer = await transfers.pay()
  rig.fault('confirm-wins', 'cancel-transfer')
  rig.fault('reply-lost', 'cancel-transfer')
  await cancel(transfer)
  await rig.pass(10 * MINUTE_MS, 2.5 * MINUTE_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'done' })
  expect(await transfers.paid(transfer)).toEqual([5_000])
  const late = await transfers.pay()
  await transfers.confirm(late)
  await cancel(late)
  await rig.pass(10 * MINUTE_MS, 2.5 * MINUTE_MS)
  expect(await transfers.find(late)).toMatchObject({ state: 'done', wechatState: 'SUCCESS' })
})

test('taken back while nobody knows whether it was sent: sent again first, so that there is something to cancel', async () => {
  rig.fault('reset', 'create-transfer')
  const transfer = await transfers.pay()
  await cancel(transfer)
  await rig.pass(10 * MINUTE_MS, 2.5 * MINUTE_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'not-paid', wechatState: 'CANCELLED' })
  expect(await transfers.paid(transfer)).toEqual([])
})

test('what WeChat answers does not fit what was sent: a person looks, and nothing moves', async () => {
  const transfer = await transfers.pay()
  await rig.asOwner(`UPDATE transfer_order SET amount_fen = 4999 WHERE id = '${transfer.id}'`)
  expect(await transfers.settle(transfer)).toMatchObject({ state: 'needs-person', problem: 'mismatch' })
  expect(await rig.audits('payments.mismatch')).toMatchObject([{ detail: { differs: 'amountFen' } }])
  expect(rig.errors).toContain('a transfer needs a person')
  await transfers.confirm(transfer)
  await rig.pass(DAY_MS, 12 * HOUR_MS)
  expect(await transfers.journal(transfer)).toEqual([])
  expect(transfers.states(transfer)).toEqual(['to-confirm', 'needs-person'])
})

test('an end never changes: a late contradiction is told to a person, and permits no other number', async () => {
  const transfer = await transfers.pay()
  await cancel(transfer)
  await rig.pass(MINUTE_MS, 20 * SECOND_MS)
  const number = await transfers.numberOf(transfer)
  await tell(transfer, number, 'CANCELLED')
  expect(await contradictions(transfer)).toEqual([])
  await tell(transfer, number, 'SUCCESS')
  await tell(transfer, number, 'SUCCESS')
  expect(await contradictions(transfer)).toMatchObject([{ detail: { stands: 'CANCELLED', late: 'SUCCESS' } }])
  expect(await transfers.find(transfer)).toMatchObject({ state: 'not-paid', problem: 'contradicted' })
  await expect(reissue(transfer)).rejects.toThrow('no other number follows')
})

test('the number before turns out paid while another is open: the open one is taken back', async () => {
  const transfer = await transfers.pay()
  await cancel(transfer)
  await rig.pass(MINUTE_MS, 20 * SECOND_MS)
  await rig.inTx((tx) => reserveFunds(tx, rig.room, transfer))
  await transfers.send(await reissue(transfer))
  const [first] = await transfers.history(transfer)
  await tell(transfer, String(first?.number), 'SUCCESS')
  await rig.pass(MINUTE_MS, 20 * SECOND_MS)
  expect(await transfers.open(transfer)).toBeUndefined()
  expect(await transfers.settle(transfer)).toMatchObject({ state: 'needs-person', problem: 'contradicted' })
  expect((await transfers.history(transfer)).map(({ queriedState }) => queriedState)).toEqual([
    ...['CANCELLED', 'CANCELLED'],
  ])
})

test('an older word of WeChat changes nothing', async () => {
  const transfer = await transfers.pay()
  await rig.asOwner(`UPDATE transfer_order SET wechat_state = 'TRANSFERING', state = 'under-way',
    package_info = NULL WHERE id = '${transfer.id}'`)
  expect((await tell(transfer, 'T1', 'SUCCESS')) || (await transfers.settle(transfer)).state).toBe(
    'to-confirm',
  )
  await rig.asOwner(`UPDATE transfer_order SET wechat_state = 'CANCELING', state = 'under-way'
    WHERE id = '${transfer.id}'`)
  expect(await transfers.settle(transfer)).toMatchObject({ state: 'under-way', wechatState: 'CANCELING' })
})

test('after 30 days WeChat answers no more: a person, and the bill decides', async () => {
  const made = []
  for (const paid of [true, false]) {
    rig.fault('reply-lost', 'create-transfer')
    rig.fault('not-found-window', 'create-transfer', 1, { delayMs: 40 * DAY_MS })
    made.push({ paid, transfer: await transfers.pay() })
  }
  await expect(bill(made[0]?.transfer as Transfer, true)).rejects.toThrow('not for the bill to decide')
  rig.fault('http-502', 'create-transfer', 99)
  await rig.pass(32 * DAY_MS, 8 * DAY_MS)
  for (const { paid, transfer } of made) {
    expect(await transfers.find(transfer)).toMatchObject({ state: 'needs-person', problem: 'past-query' })
    await bill(transfer, paid)
    const after = await transfers.find(transfer)
    expect(after).toMatchObject({ state: paid ? 'done' : 'not-paid', problem: 'settled-by-bill' })
    expect(await transfers.journal(transfer)).toHaveLength(paid ? 2 : 0)
    await expect(bill(transfer, paid)).rejects.toThrow('not for the bill to decide')
  }
})

test('after a change of merchant nothing is sent or asked for in the new one’s name', async () => {
  const { wechatPay } = rig.room.hospitals.all[0] ?? {}
  if (!wechatPay) throw new Error('no merchant')
  const transfer = await transfers.pay()
  const { mchid } = wechatPay
  try {
    Object.assign(wechatPay, { mchid: '1900000001' })
    expect(await transfers.settle(transfer)).toMatchObject({ problem: 'other-merchant' })
    await rig.pass(2 * HOUR_MS, HOUR_MS)
  } finally {
    Object.assign(wechatPay, { mchid })
  }
  await transfers.confirm(transfer)
  await rig.pass(3 * HOUR_MS, HOUR_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'done' })
})

test('the database permits no second live number', async () => {
  const transfer = await transfers.pay({ amountFen: fen(30) })
  await expect(
    rig.asOwner(
      `INSERT INTO payment_attempt
         (hospital_id, id, transfer_id, endpoint, mchid, number, request, sendings, state, created_at_ms)
       SELECT hospital_id, 'att_second', transfer_id, endpoint, mchid, 'T2', request, 0, 'stored', 1
       FROM payment_attempt WHERE transfer_id = '${transfer.id}' AND endpoint = 'transfer-create'`,
    ),
  ).rejects.toThrow('payment_attempt_live_transfer')
})

test('bug: for a moment the clock was a month ahead, and what was open then was never looked at again', async () => {
  const transfer = await transfers.pay()
  const shift = (days: number) =>
    rig.asOwner(
      `UPDATE transfer_order SET sent_at_ms = sent_at_ms + ${days * DAY_MS}, next_action_at_ms = ${rig.clock.nowMs()}
        WHERE id = '${transfer.id}' AND next_action_at_ms IS NOT NULL`,
    )
  await shift(-31)
  await rig.run()
  expect(await transfers.find(transfer)).toMatchObject({ state: 'needs-person', problem: 'past-query' })
  await shift(31)
  await transfers.confirm(transfer)
  await rig.pass(2 * HOUR_MS, 30 * MINUTE_MS)
  expect(await transfers.find(transfer)).toMatchObject({ state: 'done' })
})
