import { wordsOf } from '../ask.ts'
import { groupOf, isHarmless } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { booked, bookingOf, cancel, lockSlot, newPatient, patientAndSlot } from './ask-appointments.ts'

export const bookWithSameKey: ConformanceCheck = {
  name: 'appointments.book-with-same-key',
  zh: '幂等：同一 requestKey 的预约只约一个',
  because: '网关在答复丢失后用同一个 requestKey 重发；约成两个，患者要去退其中一个。',
  run: async (bench) => {
    const appointments = groupOf(bench, 'appointments')
    const { slot, patid } = await patientAndSlot(bench)
    const request = bookingOf(bench, await lockSlot(bench, slot, patid), patid)
    const key = bench.newKey()
    const both = await Promise.all([appointments.book(request, key), appointments.book(request, key)])
    const { appointmentId } = booked(both.find(({ kind }) => kind === 'yes') ?? both[0])
    const again = await appointments.book(request, key)
    const other = await appointments.book({ ...request, patid: await newPatient(bench) }, key)
    const listed = await appointments.list({ patid, from: slot.day, to: slot.day })
    for (const one of listed) await cancel(bench, one.appointmentId)
    must(isHarmless(again), `重发的答复是 ${wordsOf(again)}，应当是 yes 或 no('duplicate', …)`)
    for (const one of [...both, again])
      must(one.kind !== 'yes' || one.value.appointmentId === appointmentId, '重发得到了另一个预约')
    must(
      other.kind === 'no',
      `同一 requestKey、另一位患者，答复是 ${wordsOf(other)}，应当是 no('key-reused', …)`,
    )
    must(listed.length === 1, `同一 requestKey 预约两次，list 里有 ${listed.length} 个`)
  },
}
