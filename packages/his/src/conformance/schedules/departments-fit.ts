import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { findSlots } from './ask-slots.ts'

export const departmentsFit: ConformanceCheck = {
  name: 'schedules.departments-fit',
  zh: '科室和医生：编号唯一，上级科室存在，医生属于所问的科室',
  because: '患者按科室、医生一层层点进去；编号重复或上级不存在，就点到一个空白页。',
  run: async (bench) => {
    const schedules = groupOf(bench, 'schedules')
    const departments = await schedules.departments()
    const ids = new Set(departments.map(({ departmentId }) => departmentId))
    must(departments.length > 0, '没有一个科室')
    must(ids.size === departments.length, '有两个科室的 departmentId 相同')
    must(
      departments.every(({ parentId }) => parentId === undefined || ids.has(parentId)),
      '有科室的 parentId 不在列表里',
    )
    const { department } = await findSlots(bench, () => true)
    const doctors = await schedules.doctors(department.departmentId)
    must(
      doctors.every(({ departmentId }) => departmentId === department.departmentId),
      'doctors 返回了别的科室的医生',
    )
    must(new Set(doctors.map(({ doctorId }) => doctorId)).size === doctors.length, '同一个医生返回了两次')
  },
}
