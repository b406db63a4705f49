import { findOwn, queryOf } from '../ask.ts'
import { type ConformanceCheck, must, NotOffered } from '../check.ts'

const OTHERS = ['depositor', 'feePayer', 'reportReader'] as const

export const findFixtures: ConformanceCheck = {
  name: 'archives.find-fixtures',
  zh: '查档：样本 depositor、feePayer、reportReader 都查得到',
  because: '余额、缴费、报告都从院内档案开始；查不到人，后面的检查都无从做起。',
  run: async (bench) => {
    const given = OTHERS.filter((field) => bench.fixtures[field] !== undefined)
    if (given.length === 0) throw new NotOffered(`没有给出样本 ${OTHERS.join('、')}`)
    for (const field of given) {
      const person = bench.fixtures[field]
      const own = person ? await findOwn(bench, queryOf(person)) : []
      must(own.length > 0, `样本 ${field} 没有查到同名档案`)
    }
  },
}
