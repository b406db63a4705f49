import { fen } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { accepted, NOW, openHospital, paidNow } from '../test-support/open-hospital.ts'

const item = (amount: number) => ({
  name: '血常规',
  specification: undefined,
  quantity: '1 次',
  amount: fen(amount),
})

async function withBills() {
  const opened = await openHospital()
  const { hospital, patid, port } = opened
  const drug = hospital.addFee(patid, {
    title: '西药费',
    departmentName: '内科',
    items: [item(100), item(50)],
  })
  const lab = hospital.addFee(patid, { title: '检验费', items: [item(30)] })
  const post = (billIds: readonly string[], amount: number, key: string, number = `PAY${key}`) =>
    port.fees.post({ patid, billIds, payment: paidNow(number, amount) }, key)
  return { ...opened, drug, lab, post }
}

describe('bills', () => {
  test('wait until they are paid, several by one payment', async () => {
    const { port, hospital, patid, drug, lab, post } = await withBills()
    expect((await port.fees.pending(patid)).map(({ amount }) => amount)).toEqual([150, 30])
    const posting = accepted(await post([drug.billId, lab.billId], 180, 'a'))
    expect(posting).toMatchObject({
      title: '西药费等 2 项',
      amount: 180,
      guidance: '请到门诊药房 3 号窗口取药',
      items: [{ amount: 100 }, { amount: 50 }, { amount: 30 }],
    })
    expect(await port.fees.pending(patid)).toEqual([])
    expect(await port.fees.status('a')).toEqual(posting)
    expect(await port.fees.status('b')).toBeUndefined()
    expect(await port.fees.paid({ patid, from: '2026-11-23', to: '2026-11-23' })).toEqual([posting])
    expect(await port.fees.paid({ patid, from: '2026-11-24', to: '2026-11-24' })).toEqual([])
    expect(hospital.ledger.at(-1)).toMatchObject({ kind: 'payment', amount: 180, paymentNumber: 'PAYa' })
  })

  test('that are not what was paid are not posted: all of them, or none', async () => {
    const { port, hospital, patid, newPatient, drug, lab, post } = await withBills()
    const changed = { kind: 'no', code: 'amount-changed' }
    expect(await post([drug.billId], 149, 'a')).toMatchObject(changed)
    expect(await post([], 0, 'b')).toMatchObject(changed)
    expect(await post([drug.billId, 'NONE'], 150, 'c')).toMatchObject(changed)
    hospital.changeFee(drug.billId, [item(200)])
    expect(await post([drug.billId, lab.billId], 180, 'd')).toMatchObject(changed)
    const request = { patid: await newPatient(), billIds: [lab.billId], payment: paidNow('PAY', 30) }
    expect(await port.fees.post(request, 'e')).toMatchObject(changed)
    expect(hospital.pendingFeesOf(patid).map(({ amount }) => amount)).toEqual([200, 30])
  })

  test('are paid once, and a payment is posted once', async () => {
    const { drug, lab, post } = await withBills()
    expect(await post([drug.billId, drug.billId], 150, 'a', 'PAY')).toMatchObject({ kind: 'yes' })
    expect(await post([drug.billId], 150, 'b')).toMatchObject({ code: 'amount-changed' })
    expect(await post([lab.billId], 30, 'c', 'PAY')).toMatchObject({ code: 'duplicate' })
  })

  test('of nothing, of nobody, or that are paid, are refused to the desk', async () => {
    const { hospital, patid, drug, post } = await withBills()
    await post([drug.billId], 150, 'a')
    expect(() => hospital.addFee('P1', { items: [item(1)] })).toThrow(RangeError)
    expect(() => hospital.addFee(patid, { items: [] })).toThrow(RangeError)
    expect(() => hospital.changeFee(drug.billId, [item(1)])).toThrow(RangeError)
  })

  test('of the known people add up', async () => {
    const { hospital } = await openHospital()
    const bills = ['P100001', 'P100002', 'P100004'].flatMap((patid) => hospital.pendingFeesOf(patid))
    expect(bills).toHaveLength(5)
    for (const { amount, items, createdAt } of bills) {
      expect(items.reduce((sum, one) => sum + one.amount, 0)).toBe(amount)
      expect(Date.parse(createdAt)).toBeLessThan(Date.parse(NOW))
    }
  })
})
