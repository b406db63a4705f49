import { createAndFind } from '../ask.ts'
import type { ConformanceCheck } from '../check.ts'

export const createForeigner: ConformanceCheck = {
  name: 'archives.create-foreigner',
  zh: '建档：能用外国护照建档，拉丁字母姓名',
  because: '外籍患者没有居民身份证；HIS 不收护照，或截断姓名，他们就无法线上就诊。',
  run: (bench) => createAndFind(bench, bench.people.foreigner()),
}
