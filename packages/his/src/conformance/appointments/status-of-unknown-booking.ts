import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const statusOfUnknownBooking: ConformanceCheck = {
  name: 'appointments.status-of-unknown-booking',
  zh: '预约：没有收到过的预约请求，status 返回 undefined',
  because: '网关据此给患者退款；编造一个预约，患者付了钱到医院却没有号。',
  run: async (bench) => {
    const told = await groupOf(bench, 'appointments').status(bench.newKey())
    must(told === undefined, 'status 为一个从未用过的 requestKey 返回了预约')
  },
}
