import { createNew } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { archiveOf, newPhone, updated, updateOf } from './ask-update.ts'

export const updateKeepsTheRest: ConformanceCheck = {
  name: 'archives.update-keeps-the-rest',
  zh: '修改档案：没有写出的项不变',
  because: '只改住址却清空了手机号，患者从此收不到验证码和通知；姓名、证件、卡号更不能动。',
  run: async (bench) => {
    const update = updateOf(bench)
    const person = bench.people.adult()
    const { patid } = await createNew(bench, person)
    const [phone, address] = [newPhone(bench), '测试省测试市测试路 2 号']
    updated(await update({ patid, phone, address: '测试省测试市测试路 1 号' }, bench.newKey()))
    const before = await archiveOf(bench, person)
    updated(await update({ patid, address }, bench.newKey()))
    must((await archiveOf(bench, person)).phone === phone, '只改住址之后，手机号变了')
    updated(await update({ patid, phone: person.phone }, bench.newKey()))
    const after = await archiveOf(bench, person)
    must(after.phone === person.phone, '只改手机号，没有改成')
    must((after.address ?? address) === address, '只改手机号之后，住址变了')
    for (const field of ['patid', 'name', 'idType', 'idNumber', 'visitCardNumber'] as const)
      must(after[field] === before[field], `修改之后，档案的 ${field} 变了`)
  },
}
