import { addFen, fen, shanghaiDay, subtractFen } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { createSimulatedHospital } from '../simulated-hospital.ts'
import { memoryStore, NOW, openHospital } from '../test-support/open-hospital.ts'

const EVER = { from: '2000-01-01', to: '2026-11-23' }

describe('a balance', () => {
  test('of a new patient is nothing, and grows by what is charged', async () => {
    const { hospital, port, patid } = await openHospital()
    const nothing = { patid, total: 0, available: 0, refundable: 0, reason: undefined }
    expect(await port.balances.of(patid)).toEqual(nothing)
    hospital.charge(patid, { amount: fen(1_234), paymentNumber: 'MZ1', channelNumber: '4200' })
    expect(await port.balances.of(patid)).toEqual({
      ...nothing,
      total: 1_234,
      available: 1_234,
      refundable: 1_234,
    })
    expect(await port.balances.recharges({ patid, ...EVER })).toEqual([
      {
        rechargeId: expect.any(String),
        patid,
        paymentNumber: 'MZ1',
        channelNumber: '4200',
        channel: 'wechat',
        channelName: undefined,
        amount: 1_234,
        refunded: 0,
        paidAt: new Date(NOW).toISOString(),
      },
    ])
  })

  test('says in Chinese why an unsettled visit or a hold keeps a part back', async () => {
    const { hospital, port, patid } = await openHospital()
    hospital.charge(patid, { amount: fen(1_000) })
    const visit = hospital.lockAmount(patid, { amount: fen(300), reason: '有未结算的就诊' })
    hospital.lockAmount(patid, { amount: fen(200), reason: '有未取的药', spendable: true })
    await port.deposits.hold({ patid, depositId: undefined, amount: fen(100) }, 'key')
    expect(await port.balances.of(patid)).toEqual({
      patid,
      total: 1_000,
      available: 600,
      refundable: 400,
      reason: '有未结算的就诊；有未取的药；有一笔退款正在办理',
    })
    hospital.unlockAmount(visit)
    expect(hospital.balanceOf(patid)).toMatchObject({ available: 900, refundable: 700 })
  })

  test('is never less than nothing, also if a visit locks more than is there', async () => {
    const { hospital, patid } = await openHospital()
    hospital.charge(patid, { amount: fen(100) })
    hospital.lockAmount(patid, { amount: fen(500), reason: '住院押金不足' })
    expect(hospital.balanceOf(patid)).toMatchObject({ total: 100, available: 0, refundable: 0 })
  })

  test('of an archive that is not there is an error, not nothing', async () => {
    const { hospital, port } = await openHospital()
    await expect(port.balances.of('P1')).rejects.toMatchObject({ kind: 'refused', code: 'patid-unknown' })
    expect(await port.balances.recharges({ patid: 'P1', ...EVER })).toEqual([])
    for (const call of [
      () => hospital.balanceOf('P1'),
      () => hospital.charge('P1', { amount: fen(1) }),
      () => hospital.lockAmount('P1', { amount: fen(1), reason: '' }),
      () => hospital.unlockAmount('SD1'),
    ])
      expect(call).toThrow(RangeError)
    const { patid } = hospital.archives[0] ?? { patid: '' }
    expect(() => hospital.charge(patid, { amount: fen(0) })).toThrow(RangeError)
  })
})

describe('the accounts of the seed', () => {
  test('show both routes: WeChat of this year and before, cash, and payments without numbers', async () => {
    const { port } = await openHospital()
    const recharges = await port.balances.recharges({ patid: 'P100001', ...EVER })
    const young = recharges.filter(({ paidAt }) => shanghaiDay(Date.parse(paidAt)) > '2025-11-23')
    expect(young.filter(({ channel, channelNumber }) => channel === 'wechat' && channelNumber)).toHaveLength(
      2,
    )
    expect(recharges.some(({ channel, paidAt }) => channel === 'wechat' && paidAt < '2025-11-23')).toBe(true)
    expect(recharges.some(({ channel }) => channel === 'cash')).toBe(true)
    expect(recharges.some((one) => one.channel === 'wechat' && one.paymentNumber === undefined)).toBe(true)
    const old = await port.balances.recharges({ patid: 'P100003', ...EVER })
    expect(old.every(({ channel }) => channel !== 'wechat')).toBe(true)
    expect(old.length).toBeGreaterThan(0)
  })

  test('add up: recharges cover what is there, and what is kept back has a reason', async () => {
    const { hospital } = await openHospital()
    let locked = 0
    for (const { patid } of hospital.archives) {
      const { total, available, refundable, reason } = hospital.balanceOf(patid)
      const recharges = hospital.rechargesOf(patid)
      const left = addFen(...recharges.map(({ amount, refunded }) => subtractFen(amount, refunded)))
      expect(left).toBeGreaterThanOrEqual(total)
      expect(total >= available && available >= refundable && refundable >= 0).toBe(true)
      expect(reason === undefined).toBe(refundable === total)
      if (reason !== undefined) locked += 1
    }
    expect(locked).toBeGreaterThanOrEqual(5)
    expect(new Set(hospital.ledger.map(({ hisNumber }) => hisNumber)).size).toBe(hospital.ledger.length)
  })

  test('are the same for the same seed, and keep their dates in a store', async () => {
    const store = memoryStore()
    const { hospital, clock } = await openHospital({ store, seed: 5 })
    const before = hospital.rechargesOf('P100020')
    expect(before).toEqual((await openHospital({ seed: 5 })).hospital.rechargesOf('P100020'))
    clock.set('2027-06-01T09:00:00+08:00')
    const after = createSimulatedHospital({ store, clock, seed: 5 })
    expect(after.rechargesOf('P100020')).toEqual(before)
    expect(after.ledger).toEqual(hospital.ledger)
  })

  test('are given to a store of a version without accounts', async () => {
    const old = { archives: [{ patid: 'P100001', name: '李明华', idType: '01', idNumber: '' }], requests: {} }
    const { hospital, port } = await openHospital({ store: { load: () => old, save: () => undefined } })
    expect(hospital.balanceOf('P100001').total).toBe(80_000)
    expect(await port.fees.pending('P100001')).toHaveLength(3)
  })
})
