import { fen, HOUR_MS, ManualClock, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryStore } from '../../kit/store.ts'
import { buildPlatform } from '../platform.ts'
import { type TestMerchant, testMerchant, transferBody } from '../test-merchant.ts'
import { type Proof, prove } from './prove.ts'

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills'

const pay = async (merchant: TestMerchant, outBillNo: string) => {
  await merchant.call('POST', BILLS, transferBody(merchant.me, outBillNo, { transfer_amount: 100 }))
  await merchant.act('confirm-transfer', { outBillNo })
  merchant.clock.advance(SECOND_MS)
}

test('a hospital that pays one refund twice is found out', async () => {
  const merchant = testMerchant()
  await merchant.act('claim', { key: 'case-1', numbers: ['D1'], amountFen: 100 })
  await pay(merchant, 'D1')
  expect(await merchant.act('prove')).toMatchObject({ paidPerBusinessKey: { 'case-1': 100 }, violations: [] })
  await merchant.act('claim', { key: 'case-1', numbers: ['D2'] })
  await merchant.call('POST', BILLS, transferBody(merchant.me, 'D2', { transfer_amount: 100 }))
  expect(await merchant.act('prove')).toMatchObject({ violations: [], warnings: [{ key: 'case-1' }] })
  await pay(merchant, 'D2')
  const { violations, paidPerBusinessKey } = await merchant.act<Proof>('prove')
  expect(paidPerBusinessKey).toEqual({ 'case-1': 200 })
  expect(violations.map(({ kind, key }) => [kind, key])).toEqual([
    ['claim-paid-twice', 'case-1'],
    ['claim-overpaid', 'case-1'],
  ])
  expect((await merchant.simulator.app.inject('/')).body).toContain('同一笔退款付了 2 次')
})

test('an abnormal refund followed by a transfer is a second payment', async () => {
  const merchant = testMerchant()
  await merchant.act('seed-paid-order', { outTradeNo: 'CLAIM-01', amountFen: 100, person: 'lihua' })
  merchant.fault('refund-abnormal')
  await merchant.call('POST', '/v3/refund/domestic/refunds', {
    ...{ out_trade_no: 'CLAIM-01', out_refund_no: 'R1' },
    amount: { refund: 100, total: 100, currency: 'CNY' },
  })
  merchant.clock.advance(MINUTE_MS)
  await merchant.act('claim', { key: 'case-2', numbers: ['R1', 'T1'] })
  await pay(merchant, 'T1')
  const { violations } = await merchant.act<Proof>('prove')
  expect(violations.map(({ kind }) => kind)).toEqual(['claim-paid-twice'])
})

const number = fc.integer({ min: 0, max: 3 }).map((index) => `N${index}`)
const step = fc.oneof(
  fc.record({ do: fc.constant('create' as const), number }),
  fc.record({ do: fc.constant('cancel' as const), number }),
  fc.record({ do: fc.constant('confirm' as const), number }),
  fc.record({ do: fc.constant('fail' as const), number }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(500, SECOND_MS, HOUR_MS, 25 * HOUR_MS) }),
  fc.record({ do: fc.constant('top-up' as const), amountFen: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({
    do: fc.constant('fault' as const),
    kind: fc.constantFrom('stay-accepted', 'confirm-wins', 'system-error-after', 'reset-none'),
  }),
)

test('whatever a merchant, a patient, time and faults do: no number is paid twice, no money is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.constantFrom('refuse', 'accept', 'processing'),
      async (steps, whenNotEnough) => {
        const merchant = testMerchant()
        const { act, call, me, clock, fault } = merchant
        await act('settings', { whenNotEnough })
        await act('set-balance', { account: 'OPERATION', amountFen: 20_000 })
        let toppedUp = 20_000
        for (const one of steps)
          if (one.do === 'create') await call('POST', BILLS, transferBody(me, one.number))
          else if (one.do === 'cancel') await call('POST', `${BILLS}/out-bill-no/${one.number}/cancel`)
          else if (one.do === 'wait') clock.advance(one.ms)
          else if (one.do === 'fault') fault(one.kind)
          else if (one.do === 'top-up') {
            await act('top-up', { account: 'OPERATION', amountFen: one.amountFen })
            toppedUp += one.amountFen
          } else {
            const failReason = one.do === 'fail' ? { failReason: 'PAYEE_ACCOUNT_ABNORMAL' } : {}
            await act('confirm-transfer', { outBillNo: one.number, ...failReason }).catch(() => undefined)
          }
        const { violations, paidPerOutBillNo } = await act<Proof>('prove')
        expect(violations).toEqual([])
        const paid = Object.values(paidPerOutBillNo)
        expect(paid.every((amount) => amount === 12_345)).toBe(true)
        const { OPERATION, locked } = await act<{ OPERATION: number; locked: number }>('accounts')
        expect(OPERATION + locked + paid.length * 12_345).toBe(toppedUp)
        await merchant.simulator.app.close()
      },
    ),
    { seed: 20261123, numRuns: 60 },
  )
})

test('a payment whose transfer the books have let go for age still counts for its claim', () => {
  const platform = buildPlatform(
    { clock: new ManualClock(), baseUrl: '', origins: {}, store: memoryStore() },
    { claims: [['case-4', { numbers: ['OLD1', 'OLD2'], amountFen: 100 }]] },
  )
  const about = { atMs: 0, amountFen: fen(100), wechatNumber: 'W' } as const
  platform.ledger.post({ ...about, kind: 'top-up', from: 'outside', to: 'locked', number: 'TOP1' })
  platform.ledger.post({ ...about, kind: 'top-up', from: 'outside', to: 'locked', number: 'TOP2' })
  for (const number of ['OLD1', 'OLD2'])
    platform.ledger.post({ ...about, kind: 'transfer-paid', from: 'locked', to: 'user:o-mini-lihua', number })
  const { violations, paidPerBusinessKey } = prove(platform)
  expect(paidPerBusinessKey).toEqual({ 'case-4': 200 })
  expect(violations.map(({ kind }) => kind)).toEqual(['claim-paid-twice', 'claim-overpaid'])
})

test("an abnormal refund that went to the merchant's own card did not pay the patient", async () => {
  const merchant = testMerchant()
  await merchant.act('seed-paid-order', { outTradeNo: 'CLAIM-05', amountFen: 100, person: 'lihua' })
  merchant.fault('refund-abnormal')
  const path = '/v3/refund/domestic/refunds'
  const { refund_id } = (
    await merchant.call('POST', path, {
      ...{ out_trade_no: 'CLAIM-05', out_refund_no: 'R5' },
      amount: { refund: 100, total: 100, currency: 'CNY' },
    })
  ).json()
  merchant.clock.advance(MINUTE_MS)
  const wish = { out_refund_no: 'R5', type: 'MERCHANT_BANK_CARD' }
  await merchant.call('POST', `${path}/${refund_id}/apply-abnormal-refund`, wish)
  merchant.clock.advance(25 * HOUR_MS)
  await merchant.act('claim', { key: 'case-5', numbers: ['R5', 'T5'], amountFen: 100 })
  expect(await merchant.act('prove')).toMatchObject({
    ...{ paidPerBusinessKey: { 'case-5': 0 }, refundedPerOutRefundNo: {}, violations: [] },
  })
  await pay(merchant, 'T5')
  expect(await merchant.act('prove')).toMatchObject({
    ...{ paidPerBusinessKey: { 'case-5': 100 }, violations: [], warnings: [] },
  })
})

test.each(['constructor', 'toString', 'valueOf'])('a number named %s does not stop the proof', async (no) => {
  const merchant = testMerchant()
  await pay(merchant, no)
  const { paidPerOutBillNo, violations } = await merchant.act<Proof>('prove')
  expect([Object.entries(paidPerOutBillNo), violations]).toEqual([[[no, 100]], []])
})
