import { queryOf } from '../ask.ts'
import { type ConformanceCheck, ConformanceFailure, must } from '../check.ts'

export const findUnknown: ConformanceCheck = {
  name: 'archives.find-unknown',
  zh: '查档：查无此人时返回空列表，不报错',
  because: '「没有档案」是正常的答复，网关据此建档；若当成错误抛出，新患者就永远建不了档。',
  run: async ({ port, people }) => {
    const found: unknown = await port.archives.find(queryOf(people.adult())).catch((error: Error) => {
      throw new ConformanceFailure(`find 抛出了 ${error.name}：${error.message}`)
    })
    must(Array.isArray(found) && found.length === 0, '对编造的人，find 返回的不是空列表')
  },
}
