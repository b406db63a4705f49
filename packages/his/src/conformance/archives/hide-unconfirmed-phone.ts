import { created } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { archiveOf } from './ask-update.ts'

export const hideUnconfirmedPhone: ConformanceCheck = {
  name: 'archives.hide-unconfirmed-phone',
  zh: '手机号：没有核验过身份的建档（verified: false），窗口核对之前不给 phone',
  because:
    '验证码发往档案里的手机号；有人拿别人的证件号建档、写上自己的手机号，就能收到本该发给患者的验证码。HIS 分不清的，适配器一律不给 phone。',
  run: async (bench) => {
    const person = { ...bench.people.adult(), verified: false }
    const answer = created(await bench.port.archives.create(person, bench.newKey()))
    must(answer.phone === undefined, 'verified 为 false 的建档，答复里有手机号')
    must((await archiveOf(bench, person)).phone === undefined, 'verified 为 false 的档案，查询里有手机号')
  },
}
