import { createAndFind } from '../ask.ts'
import type { ConformanceCheck } from '../check.ts'

export const createThenFind: ConformanceCheck = {
  name: 'archives.create-then-find',
  zh: '建档：建好的档案马上查得到，patid 一致',
  because: '建档的答复丢失时，网关靠查询得知结果；查不到就会以为没有建成，患者被引到窗口重复建档。',
  run: (bench) => createAndFind(bench, bench.people.adult()),
}
