import { fen } from '@zhangyi/core'
import { beforeEach, describe, expect, test } from 'vitest'
import type { DepositHold } from '../../deposits.ts'
import type { SimulatedHospital } from '../simulated-hospital.ts'
import { accepted, NOW, openHospital } from '../test-support/open-hospital.ts'

let opened: Awaited<ReturnType<typeof openHospital>>
let hospital: SimulatedHospital
beforeEach(async () => {
  opened = await openHospital()
  hospital = opened.hospital
  hospital.charge(opened.patid, { amount: fen(1_000), paymentNumber: 'OLD', paidAt: '2025-01-01T00:00:00Z' })
  hospital.charge(opened.patid, { amount: fen(500), paymentNumber: 'NEW' })
})

const hold = (amount: number, key: string, depositId?: string) =>
  opened.port.deposits.hold({ patid: opened.patid, depositId, amount: fen(amount) }, key)
const confirm = ({ holdId, amount }: DepositHold, key: string, refundNumber = 'R1') =>
  opened.port.deposits.confirm({ holdId, amount, refundNumber, paidAt: NOW }, key)
const release = ({ holdId, amount }: DepositHold, key: string) =>
  opened.port.deposits.release({ holdId, amount, reason: '付款失败' }, key)
const refunded = () => hospital.rechargesOf(opened.patid).map((recharge) => recharge.refunded)
const rechargeId = (index: number) => hospital.rechargesOf(opened.patid)[index]?.rechargeId

describe('a hold', () => {
  test('changes what is available; confirming it changes the total and stands in the books', async () => {
    const one = accepted(await hold(600, 'a'))
    expect(hospital.balanceOf(opened.patid)).toMatchObject({ total: 1_500, available: 900 })
    expect(accepted(await confirm(one, 'b')).state).toBe('confirmed')
    expect(hospital.balanceOf(opened.patid)).toMatchObject({ total: 900, available: 900, refundable: 900 })
    expect(hospital.ledger.at(-1)).toMatchObject({ kind: 'refund', amount: 600, refundNumber: 'R1' })
  })

  test('of the whole balance takes from the oldest recharge, and so keeps the original route open', async () => {
    await confirm(accepted(await hold(1_200, 'a')), 'b')
    expect(refunded()).toEqual([1_000, 200])
  })

  test('of one recharge takes from that one, and no more than it has left', async () => {
    const newest = rechargeId(1)
    await confirm(accepted(await hold(300, 'a', newest)), 'b')
    expect(refunded()).toEqual([0, 300])
    expect(hospital.ledger.at(-1)).toMatchObject({ paymentNumber: 'NEW', refundNumber: 'R1' })
    await hold(150, 'c', newest)
    expect(await hold(100, 'd', newest)).toMatchObject({ kind: 'no', code: 'insufficient' })
    expect(await hold(50, 'e', newest)).toMatchObject({ kind: 'yes' })
  })

  test.each([
    [1_501, undefined, 'insufficient'],
    [0, undefined, 'amount-invalid'],
    [-1, undefined, 'amount-invalid'],
    [1, 'CZ-NONE', 'recharge-unknown'],
  ])('of %d fen from %s is refused: %s', async (amount, depositId, code) => {
    expect(await hold(amount, 'a', depositId)).toMatchObject({ kind: 'no', code })
    expect(hospital.balanceOf(opened.patid).available).toBe(1_500)
    expect(await opened.port.deposits.status('a')).toBeUndefined()
  })

  test('for an archive that is not there, or a hold that is not there, is refused', async () => {
    const request = { patid: 'P1', depositId: undefined, amount: fen(1) }
    expect(await opened.port.deposits.hold(request, 'a')).toMatchObject({ code: 'patid-unknown' })
    const none: DepositHold = { holdId: 'X', patid: opened.patid, amount: fen(1), state: 'held' }
    expect(await confirm(none, 'b')).toMatchObject({ code: 'hold-unknown' })
    expect(await release(none, 'c')).toMatchObject({ code: 'hold-unknown' })
  })

  test('is finished once: a second confirmation under the same number is harmless, all else refused', async () => {
    const one = accepted(await hold(100, 'a'))
    await confirm(one, 'b')
    expect(await confirm(one, 'c')).toMatchObject({ kind: 'yes', value: { state: 'confirmed' } })
    expect(await confirm(one, 'd', 'R2')).toMatchObject({ kind: 'no', code: 'already-confirmed' })
    expect(await release(one, 'e')).toMatchObject({ kind: 'no', code: 'already-confirmed' })
    expect(hospital.balanceOf(opened.patid).total).toBe(1_400)
    const other = accepted(await hold(100, 'f'))
    await release(other, 'g')
    expect(await release(other, 'h')).toMatchObject({ kind: 'yes', value: { state: 'released' } })
    expect(await confirm(other, 'i')).toMatchObject({ kind: 'no', code: 'already-released' })
    expect(await release({ ...other, amount: fen(99) }, 'j')).toMatchObject({ code: 'amount-mismatch' })
    expect(hospital.balanceOf(opened.patid)).toMatchObject({ total: 1_400, available: 1_400 })
    expect(hospital.holdsOf(opened.patid).map(({ state }) => state)).toEqual(['confirmed', 'released'])
  })

  test('whose reply is lost or late is told by status at once', async () => {
    hospital.faults.order({ kind: 'reply-lost', operation: 'deposits.hold', times: 1 })
    expect(await hold(100, 'a')).toMatchObject({ kind: 'unknown' })
    expect(await opened.port.deposits.status('a')).toMatchObject({ amount: 100, state: 'held' })
    hospital.faults.order({ kind: 'slow', operation: 'deposits.hold', times: 1, delayMs: 20 })
    const late = hold(100, 'b')
    // Nothing that status denied may happen afterwards.
    expect(await opened.port.deposits.status('b')).toMatchObject({ state: 'held' })
    expect(await late).toMatchObject({ kind: 'yes' })
  })
})
