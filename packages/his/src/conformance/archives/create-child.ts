import { createAndFind } from '../ask.ts'
import type { ConformanceCheck } from '../check.ts'

export const createChild: ConformanceCheck = {
  name: 'archives.create-child',
  zh: '建档：能给儿童建档，带监护人',
  because: '家长在手机上替孩子建档；不收监护人信息，儿童就只能到窗口办理。',
  run: (bench) => createAndFind(bench, bench.people.child()),
}
