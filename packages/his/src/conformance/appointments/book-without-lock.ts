import { wordsOf } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { bookingOf, cancel, lockSlot, patientAndSlot, unlock } from './ask-appointments.ts'

export const bookWithoutLock: ConformanceCheck = {
  name: 'appointments.book-without-lock',
  zh: "预约：已经放掉的锁不能再预约，答复 no('lock-expired')",
  because: '放掉的号可能已是别人的；照样约上，两位患者就是同一个号。',
  run: async (bench) => {
    const { slot, patid } = await patientAndSlot(bench)
    const lock = await lockSlot(bench, slot, patid)
    await unlock(bench, lock.lockId)
    const outcome = await groupOf(bench, 'appointments').book(bookingOf(bench, lock, patid), bench.newKey())
    if (outcome.kind === 'yes') await cancel(bench, outcome.value.appointmentId)
    must(
      outcome.kind === 'no' && outcome.code === 'lock-expired',
      `放号之后预约，答复是 ${wordsOf(outcome)}，应当是 no('lock-expired', …)`,
    )
  },
}
