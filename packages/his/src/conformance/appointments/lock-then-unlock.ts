import { type ConformanceCheck, must } from '../check.ts'
import { lockSlot, patientAndSlot, remainingOf, unlock } from './ask-appointments.ts'

export const lockThenUnlock: ConformanceCheck = {
  name: 'appointments.lock-then-unlock',
  zh: '锁号：锁住后余号少一个、费用相同、到期时间在今后；放号后余号复原，再放无害',
  because: '锁不住号，两位患者会付同一个号的钱；放了不复原，号就白白浪费。',
  run: async (bench) => {
    const { slot, patid } = await patientAndSlot(bench)
    const lock = await lockSlot(bench, slot, patid)
    const during = await remainingOf(bench, slot)
    await unlock(bench, lock.lockId)
    const after = await remainingOf(bench, slot)
    must(lock.slotId === slot.slotId && lock.fee === slot.fee, '锁号的 slotId 或 fee 与号源不同')
    must(Date.parse(lock.expiresAt) > bench.clock.nowMs(), '锁号的 expiresAt 已经过去')
    must(during === slot.remaining - 1, `锁住一个号，余号从 ${slot.remaining} 变成 ${during}`)
    must(after === slot.remaining, `放号之后，余号是 ${after}，原来是 ${slot.remaining}`)
    await unlock(bench, lock.lockId)
    must((await remainingOf(bench, slot)) === slot.remaining, '再放一次，余号又多了一个')
  },
}
