import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { type TestMerchant, testMerchant, transferBody } from '../test-merchant.ts'

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills'
const START_MS = Date.parse('2026-11-23T10:00:00+08:00')

function transfers({ call, me, act, simulator }: TestMerchant) {
  const post = (no: string) => call('POST', BILLS, transferBody(me, no))
  return {
    post,
    /** Its sender hears nothing. */
    postLate: (no: string) => expect(post(no)).rejects.toThrow(),
    code: async (no: string) => (await call('GET', `${BILLS}/out-bill-no/${no}`)).json().code,
    bill: async (no: string) =>
      (await act<{ outBillNo: string; createdMs: number }[]>('transfers')).find(
        (one) => one.outBillNo === no,
      ),
    results: () =>
      simulator.calls
        .filter(({ operation }) => operation === 'create-transfer')
        .map(({ result, atMs }) => [result, atMs - START_MS]),
  }
}

test('a request that arrives late: its sender is cut off, and it is carried out when it comes', async () => {
  const merchant = testMerchant()
  const { postLate, code, bill, results } = transfers(merchant)
  const { clock, act, fault } = merchant
  fault('arrives-late', 'create-transfer', { delayMs: 90 * SECOND_MS })
  await postLate('L1')
  expect(await act('under-way')).toMatchObject([
    {
      ...{ operation: 'create-transfer', sentMs: START_MS, dueMs: START_MS + 90 * SECOND_MS },
      request: { body: { out_bill_no: 'L1' } },
    },
  ])
  clock.advance(89 * SECOND_MS)
  expect(await code('L1')).toBe('NOT_FOUND')
  clock.advance(SECOND_MS)
  expect(await code('L1')).toBeUndefined()
  expect(await act('under-way')).toEqual([])
  expect(await bill('L1')).toMatchObject({ state: 'WAIT_USER_CONFIRM' })
  expect(results()).toEqual([
    ['arrives-late', 0],
    ['SUCCESS', 90_000],
  ])
})

test('refused for want of funds, topped up, and then accepted: the same number, by the request that was held up', async () => {
  const merchant = testMerchant()
  const { post, postLate, bill } = transfers(merchant)
  const { clock, act, fault } = merchant
  await act('set-balance', { account: 'OPERATION', amountFen: 0 })
  fault('arrives-late', 'create-transfer')
  await postLate('L2')
  clock.advance(30 * SECOND_MS)
  expect((await post('L2')).json().code).toBe('NOT_ENOUGH')
  await act('top-up', { account: 'OPERATION', amountFen: 20_000 })
  clock.advance(30 * SECOND_MS)
  expect(await bill('L2')).toMatchObject({ state: 'WAIT_USER_CONFIRM' })
})

test('the clock is moved far beyond: it arrives at its own moment, with a signature of that time', async () => {
  const merchant = testMerchant()
  const { postLate, bill } = transfers(merchant)
  merchant.fault('arrives-late', 'create-transfer')
  await postLate('L3')
  merchant.clock.advance(3 * HOUR_MS)
  expect(await bill('L3')).toMatchObject({ createdMs: START_MS + MINUTE_MS })
})

test('later than five minutes: its signature is too old', async () => {
  const merchant = testMerchant()
  const { postLate, bill, results } = transfers(merchant)
  merchant.fault('arrives-late', 'create-transfer', { delayMs: 5 * MINUTE_MS + SECOND_MS })
  await postLate('L4')
  merchant.clock.advance(HOUR_MS)
  expect(await bill('L4')).toBeUndefined()
  expect(results()).toEqual([
    ['arrives-late', 0],
    ['SIGN_ERROR', 301_000],
  ])
})
