import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { locked, patientAndSlot, remainingOf, unlock } from './ask-appointments.ts'

export const lockWithSameKey: ConformanceCheck = {
  name: 'appointments.lock-with-same-key',
  zh: '幂等：同一 requestKey 的锁号只锁一个，答复相同',
  because: '网关在答复丢失后用同一个 requestKey 重发；锁两个，别的患者就少一个号。',
  run: async (bench) => {
    const { slot, patid } = await patientAndSlot(bench)
    const key = bench.newKey()
    const lock = () => groupOf(bench, 'appointments').lock({ slotId: slot.slotId, patid }, key)
    const first = locked(await lock())
    const second = locked(await lock())
    const during = await remainingOf(bench, slot)
    for (const lockId of new Set([first.lockId, second.lockId])) await unlock(bench, lockId)
    must(second.lockId === first.lockId, '同一 requestKey 得到了两个 lockId')
    must(during === slot.remaining - 1, `同一 requestKey 锁了两次，余号从 ${slot.remaining} 变成 ${during}`)
  },
}
