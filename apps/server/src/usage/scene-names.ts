import type { UsageAct } from '../platform/hospitals/usage-config.ts'

/** 用卡环节 whose names are public; the platform's whole table is not. */
const SCENE_NAMES: Readonly<Record<string, string>> = {
  '010101': '挂号',
  '0101011': '预约挂号',
  '0101012': '当日挂号',
  '0101013': '挂号记录查询',
  '0101014': '预约导诊',
  '0101021': '排队候诊',
  '010105': '收费',
  '0101051': '门诊缴费',
  '0101052': '门诊缴费记录',
  '0101053': '住院缴费',
  '0101054': '住院缴费记录',
  '0101081': '检查报告',
  '0101082': '检验报告',
  '0101083': '体检报告',
  '010109': '住院',
}

/** Those that have one, by their code. */
export const NAMED_SCENES = Object.keys(SCENE_NAMES).sort()

export function sceneName(scene: string): string {
  return SCENE_NAMES[scene] ?? '（平台没有公开名称）'
}

export const ACT_NAMES: Readonly<Record<UsageAct, string>> = {
  'book-appointment': '预约挂号成功',
  'register-same-day': '当日挂号成功',
  'list-registrations': '查询挂号记录',
  'list-pending-fees': '查询待缴费用',
  'pay-outpatient-fee': '门诊缴费成功',
  'list-paid-fees': '查询缴费记录',
  'list-examination': '查询检查报告',
  'list-lab': '查询检验报告',
  'list-check-up': '查询体检报告',
  'list-inpatient-day': '查询住院日清单',
  'list-prescription': '查询处方',
  'list-diagnosis': '查询诊断记录',
  'show-card-code': '展示健康卡二维码',
}
