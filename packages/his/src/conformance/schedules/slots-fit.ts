import { daysAround, groupOf, isAmount } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { findSlots } from './ask-slots.ts'

const PERIODS = ['morning', 'afternoon', 'evening']

export const slotsFit: ConformanceCheck = {
  name: 'schedules.slots-fit',
  zh: '号源：编号唯一，属于所问的科室、医生和日期，余号和费用是非负整数',
  because: '号源不在所问的日期里，患者就会约错日子；费用错了，付的钱就与挂号不符。',
  run: async (bench) => {
    const { department, slots } = await findSlots(bench, () => true)
    const { from, to } = daysAround(bench, -1, 13)
    must(new Set(slots.map(({ slotId }) => slotId)).size === slots.length, '有两个号源的 slotId 相同')
    for (const slot of slots) {
      must(slot.departmentId === department.departmentId, 'slots 返回了别的科室的号源')
      must(from <= slot.day && slot.day <= to, 'slots 返回了范围以外的日子')
      must(isAmount(slot.fee), '有号源的 fee 不是非负整数分')
      must(isAmount(slot.remaining), '有号源的 remaining 不是非负整数')
      must(PERIODS.includes(slot.period), '有号源的 period 不认识')
    }
    const doctorId = slots.find((slot) => slot.doctorId !== undefined)?.doctorId
    if (doctorId === undefined) return
    const { departmentId } = department
    const own = await groupOf(bench, 'schedules').slots({ departmentId, doctorId, from, to })
    must(
      own.length > 0 && own.every((slot) => slot.doctorId === doctorId),
      '按医生查，得到的不是这位医生的号源',
    )
  },
}
