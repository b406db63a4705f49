import { fen, HOUR_MS } from '@zhangyi/core'
import type { FeeItem } from '../../fees.ts'
import { sum } from '../balances/weigh-balance.ts'
import { patidOf } from '../file-archive.ts'
import type { KeptFee } from '../hospital-state.ts'

interface SeededFee {
  /** Which of the archives in the order in which they are filed. */
  readonly archive: number
  readonly title: string
  readonly departmentName: string
  readonly doctorName: string
  readonly hoursAgo: number
  readonly items: readonly FeeItem[]
}

/** Bills that wait for some of the known people. */
export function seedFees(openedAtMs: number): KeptFee[] {
  return SEEDED.map(({ archive, title, departmentName, doctorName, hoursAgo, items }, index) => ({
    bill: {
      billId: `JF-S${index + 1}`,
      patid: patidOf(archive),
      visitId: `MZ-S${archive}`,
      departmentName,
      doctorName,
      title,
      amount: sum(items),
      items,
      createdAt: new Date(openedAtMs - hoursAgo * HOUR_MS).toISOString(),
    },
  }))
}

const item = (
  name: string,
  specification: string | undefined,
  quantity: string,
  amount: number,
): FeeItem => ({
  name,
  specification,
  quantity,
  amount: fen(amount),
})

const GASTRO = { departmentName: '消化内科', doctorName: '沈文远' }

const SEEDED: readonly SeededFee[] = [
  {
    ...GASTRO,
    archive: 1,
    title: '西药费',
    hoursAgo: 3,
    items: [
      item('奥美拉唑肠溶胶囊', '20mg×14 粒', '2 盒', 5_640),
      item('铝碳酸镁咀嚼片', '0.5g×20 片', '1 盒', 2_380),
    ],
  },
  {
    ...GASTRO,
    archive: 1,
    title: '检验费',
    hoursAgo: 4,
    items: [
      item('血常规（五分类）', undefined, '1 次', 2_000),
      item('幽门螺杆菌抗体测定', undefined, '1 次', 4_500),
    ],
  },
  {
    ...GASTRO,
    archive: 1,
    title: '检查费',
    hoursAgo: 5,
    items: [item('电子胃镜检查', undefined, '1 次', 26_800)],
  },
  {
    archive: 2,
    title: '检验费',
    departmentName: '儿科',
    doctorName: '华雅琴',
    hoursAgo: 2,
    items: [
      item('C 反应蛋白测定', undefined, '1 次', 2_500),
      item('肺炎支原体抗体测定', undefined, '1 次', 5_000),
    ],
  },
  {
    archive: 4,
    title: '中成药费',
    departmentName: '中医科',
    doctorName: '柏若兰',
    hoursAgo: 26,
    items: [item('复方丹参滴丸', '27mg×180 丸', '3 瓶', 8_190)],
  },
]
