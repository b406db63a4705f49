export interface ChannelStatus {
  readonly title: string
  /** Members of `business_info` that must be there; `redirect_page` is asked for always. */
  readonly required: readonly string[]
  /** What the phone shows, by member. */
  readonly labels: Readonly<Record<string, string>>
}

const LABELS = {
  pat_name: '就诊人',
  pat_hospital_id: '就诊卡号',
  doc_name: '医生',
  department_name: '科室',
  department_location: '地点',
  appointment_time: '就诊时间',
  amount: '金额',
  remark: '备注',
}

// Only 1501001 is publicly documented with its members; WeChat gives the whole list to each hospital. The sandbox
// takes any other number of the five families and shows the members that it has a label for.
const KNOWN: Readonly<Record<number, ChannelStatus>> = {
  1501001: {
    title: '预约成功',
    required: [
      'pat_hospital_id',
      'pat_name',
      'doc_name',
      'department_name',
      'department_location',
      'appointment_time',
    ],
    labels: LABELS,
  },
}
const FAMILIES: Readonly<Record<string, string>> = {
  '15010': '门诊',
  '15020': '住院',
  '15030': '体检',
  '15040': '在线问诊',
  '15050': '诊后',
}

/** Undefined for a number that is of no family. */
export function channelStatus(status: number): ChannelStatus | undefined {
  const family = FAMILIES[String(status).slice(0, 5)]
  if (!/^\d{7}$/.test(String(status)) || family === undefined) return undefined
  return KNOWN[status] ?? { title: `${family}消息 ${status}`, required: [], labels: LABELS }
}
