import { REASON_TEXTS } from '../parked/park-reasons.ts'
import type { UsageDesk, UsageHospital } from '../room.ts'
import { ACT_NAMES, sceneName } from '../scene-names.ts'
import { PARK_REASONS } from '../tables.ts'
import { writeCsv } from '../write-csv.ts'
import { dayCompleteness, type SceneCompleteness } from './day-completeness.ts'

const HEADINGS = [
  ...[
    '日期',
    '环节',
    '环节名称',
    '操作',
    'HIS 成功',
    '已入库',
    '其中推送',
    '缺口',
    '合并',
    '已上报',
    '其中人工确认',
  ],
  ...['迟报', '23 点后', '待上报', '无卡', '停下待处理'],
  ...PARK_REASONS.map((reason) => REASON_TEXTS[reason].name),
  ...['可能重复', '平台数量', '平台与已上报之差'],
]

/** 完整性报告 of some days as a table for a spreadsheet, one line a day and scene. */
export async function reportCsv(
  desk: UsageDesk,
  hospital: UsageHospital,
  days: readonly string[],
): Promise<string> {
  const rows: (readonly (string | number | null)[])[] = [HEADINGS]
  for (const day of days) {
    const { scenes } = await dayCompleteness(desk, hospital, day)
    rows.push(...scenes.map((scene) => rowOf(day, scene)))
  }
  return writeCsv(rows)
}

function rowOf(day: string, one: SceneCompleteness): readonly (string | number | null)[] {
  const acts = one.acts.map(({ act, count }) => `${ACT_NAMES[act]} ${count}`).join('；')
  return [
    ...[day, one.scene, sceneName(one.scene), acts, one.successes, one.stored, one.stored - one.own, one.gap],
    ...[
      one.merged,
      one.delivered,
      one.byHand,
      one.late,
      one.afterCutoff,
      one.pending,
      one.noCard,
      one.parked,
    ],
    ...PARK_REASONS.map((reason) => one.parkedBy[reason] ?? 0),
    ...[one.maybeTwice, one.platform, one.difference],
  ]
}
