import { createNew } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { archiveOf, newPhone, updated, updateOf } from './ask-update.ts'

export const updateThenFind: ConformanceCheck = {
  name: 'archives.update-then-find',
  zh: '修改档案：手机号和住址改了，答复和查询都是新的',
  because: '验证码短信发往档案里的手机号；答复办成、其实没有改，验证码就一直发给旧号码的主人。',
  run: async (bench) => {
    const update = updateOf(bench)
    const person = bench.people.adult()
    const { patid } = await createNew(bench, person)
    const [phone, address] = [newPhone(bench), '测试省测试市测试路 1 号']
    const answer = updated(await update({ patid, phone, address }, bench.newKey()))
    must(answer.patid === patid, 'update 的答复是另一个 patid')
    for (const [where, archive] of [
      ['update 的答复', answer],
      ['查询的结果', await archiveOf(bench, person)],
    ] as const) {
      must(archive.phone === phone, `${where}里不是新的手机号`)
      // A HIS may keep the address to itself; one that it shows is the new one.
      must((archive.address ?? address) === address, `${where}里不是新的住址`)
    }
  },
}
