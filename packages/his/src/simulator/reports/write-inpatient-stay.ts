import { type Fen, fen, formatYuan } from '@zhangyi/core'
import type { ReportLine } from '../../reports.ts'
import type { NewReport } from './make-report.ts'

type Category = '床位费' | '护理费' | '诊查费' | '检查费' | '化验费' | '治疗费' | '西药费' | '材料费'
type Line = readonly [
  category: Category,
  name: string,
  specification: string | undefined,
  quantity: string,
  amountFen: number,
]

const EVERY_DAY: readonly Line[] = [
  ['床位费', '床位费（三人间）', undefined, '1 日', 4_000],
  ['诊查费', '住院诊查费', undefined, '1 日', 2_000],
  ['护理费', 'Ⅱ级护理', undefined, '1 日', 2_500],
  ['治疗费', '静脉输液', undefined, '2 组', 1_800],
  ['西药费', '注射用泮托拉唑钠', '40mg', '2 支', 3_960],
  ['西药费', '0.9% 氯化钠注射液', '100ml', '2 袋', 640],
  ['材料费', '一次性使用输液器', '带针', '1 套', 380],
]

/** What came on top, day by day: five days in the ward for a bleeding ulcer. */
const MORE: readonly (readonly Line[])[] = [
  [
    ['检查费', '十二导联心电图', undefined, '1 次', 2_500],
    ['检查费', '床旁心电监护', undefined, '24 小时', 7_200],
    ['化验费', '血常规（五分类）', undefined, '1 次', 2_000],
    ['化验费', '凝血功能', undefined, '1 次', 6_000],
    ['化验费', '血型鉴定与交叉配血', undefined, '1 次', 8_600],
    ['治疗费', '输血', undefined, '1 次', 3_000],
    ['西药费', '悬浮红细胞', '2U', '1 袋', 44_000],
  ],
  [
    ['检查费', '无痛胃镜检查', undefined, '1 次', 48_000],
    ['检查费', '内镜下活检', undefined, '2 块', 12_000],
    ['西药费', '丙泊酚注射液', '20ml:0.2g', '1 支', 2_180],
    ['治疗费', '氧气吸入', undefined, '6 小时', 1_800],
  ],
  [
    ['检查费', '组织病理学检查', undefined, '1 次', 16_500],
    ['治疗费', '氧气吸入', undefined, '2 小时', 600],
  ],
  [
    ['化验费', '血常规（五分类）', undefined, '1 次', 2_000],
    ['西药费', '铝碳酸镁咀嚼片', '0.5g×20 片', '1 盒', 2_380],
  ],
  [
    ['化验费', '肾功能＋电解质', undefined, '1 次', 5_600],
    ['西药费', '奥美拉唑肠溶胶囊（出院带药）', '20mg×14 粒', '2 盒', 5_640],
  ],
]

export const INPATIENT_DAYS = MORE.length

/** 住院费用日清单 of one day of the stay, `day` from 0; its sums by category stand below the lines. */
export function writeInpatientDay(day: number): NewReport {
  const lines = [...EVERY_DAY, ...(MORE[day] ?? [])]
  const sums = new Map<Category, number>()
  for (const [category, , , , amountFen] of lines) sums.set(category, (sums.get(category) ?? 0) + amountFen)
  const total = [...sums.values()].reduce((sum, one) => sum + one, 0)
  const yuan = (amountFen: number) => `${formatYuan(fen(amountFen))} 元`
  return {
    kind: 'inpatient-day',
    title: `住院费用日清单（第 ${day + 1} 天）`,
    departmentName: '消化内科病区',
    lines: lines.map(([, name, specification, quantity, amountFen]) =>
      lineOf(name, specification, quantity, fen(amountFen)),
    ),
    sections: [
      {
        title: '费用分类',
        text: [...sums].map(([category, amountFen]) => `${category} ${yuan(amountFen)}`).join('；'),
      },
      { title: '当日合计', text: yuan(total) },
    ],
  }
}

function lineOf(name: string, specification: string | undefined, quantity: string, amount: Fen): ReportLine {
  return { name, specification, quantity, usage: undefined, amount }
}
