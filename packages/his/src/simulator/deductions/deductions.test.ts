import { fen } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import type { RefundStyle } from '../simulated-hospital.ts'
import { accepted, openHospital } from '../test-support/open-hospital.ts'

async function withMoney(refunds: RefundStyle = 'single-step') {
  const opened = await openHospital({ refunds })
  opened.hospital.charge(opened.patid, { amount: fen(1_000), paymentNumber: 'MZ1' })
  const deduct = (amount: number, key: string, refundNumber = key) =>
    opened.port.deductions.deduct(
      { patid: opened.patid, amount: fen(amount), rechargeId: undefined, refundNumber },
      key,
    )
  return { ...opened, deduct }
}

describe('a hospital', () => {
  test.each<[RefundStyle, readonly string[], boolean]>([
    ['two-phase', ['deposits'], false],
    ['single-step', ['deductions'], true],
    ['single-step-without-reversal', ['deductions'], false],
  ])('whose refunds are %s offers that and nothing else', async (refunds, groups, reverses) => {
    const { port } = await openHospital({ refunds })
    expect(['deposits', 'deductions'].filter((group) => group in port)).toEqual(groups)
    expect(port.deductions?.reverse !== undefined).toBe(reverses)
  })
})

describe('a deduction', () => {
  test('takes the amount out for good, under a voucher, and stands in the books', async () => {
    const { hospital, port, patid, deduct } = await withMoney()
    const one = accepted(await deduct(400, 'a'))
    expect(one).toMatchObject({ amount: 400, state: 'deducted', voucherNumber: expect.any(String) })
    expect(hospital.balanceOf(patid)).toMatchObject({ total: 600, available: 600, reason: undefined })
    expect(hospital.ledger.at(-1)).toMatchObject({ kind: 'refund', amount: 400, refundNumber: 'a' })
    expect(await port.deductions.status('a')).toEqual(one)
    expect(await port.deductions.status('b')).toBeUndefined()
  })

  test('is given back by a reversal once, under a voucher of its own', async () => {
    const { hospital, port, patid, deduct } = await withMoney()
    const { deductionId, voucherNumber } = accepted(await deduct(400, 'a'))
    const reverse = (key: string, amount = 400) =>
      port.deductions.reverse?.({ deductionId, amount: fen(amount), reason: '付款失败' }, key)
    expect(await reverse('x', 399)).toMatchObject({ code: 'amount-mismatch' })
    for (const key of ['b', 'b', 'c'])
      expect(await reverse(key)).toMatchObject({ kind: 'yes', value: { state: 'reversed' } })
    expect(hospital.balanceOf(patid).total).toBe(1_000)
    expect(hospital.rechargesOf(patid)[0]?.refunded).toBe(0)
    const [refund, reversal] = hospital.ledger.slice(-2)
    expect([refund?.kind, reversal?.kind]).toEqual(['refund', 'reversal'])
    expect(reversal?.hisNumber).not.toBe(voucherNumber)
    expect(hospital.deductionsOf(patid)).toHaveLength(1)
  })

  test('of more than is there, or under a refund number that was used, is refused', async () => {
    const { hospital, port, patid, deduct } = await withMoney()
    expect(await deduct(1_001, 'a')).toMatchObject({ kind: 'no', code: 'insufficient' })
    await deduct(1, 'b', 'R')
    expect(await deduct(1, 'c', 'R')).toMatchObject({ kind: 'no', code: 'duplicate' })
    expect(hospital.balanceOf(patid).total).toBe(999)
    // Of all that was there: "insufficient" would say that nothing was taken under this number.
    await deduct(999, 'e', 'S')
    expect(await deduct(999, 'f', 'S')).toMatchObject({ kind: 'no', code: 'duplicate' })
    const reversal = { deductionId: 'X', amount: fen(1), reason: '' }
    expect(await port.deductions.reverse?.(reversal, 'd')).toMatchObject({ code: 'deduction-unknown' })
  })
})
