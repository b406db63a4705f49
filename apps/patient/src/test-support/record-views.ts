import type { Indicator, RecordDetail, RecordList, Trend } from '../api/record-types.ts'

const grant = { assurance: 'real-person', expiresAt: '2026-11-23T06:30:00Z' } as const
/** Two minutes after the answers below were given. */
export const RECORDS_NOW_MS = Date.parse('2026-11-23T06:02:00Z')

export const recordList: RecordList = {
  kind: 'lab',
  patient: { id: 'patient_1', name: '李*华' },
  from: '2025-11-24',
  to: '2026-11-23',
  records: [
    {
      key: 'sealed-1',
      title: '血常规',
      departmentName: '门诊内科',
      reportedAt: '2026-11-20T00:12:00Z',
      abnormal: true,
      modality: null,
    },
    {
      key: 'sealed-2',
      title: '肝功能',
      departmentName: null,
      reportedAt: '2026-08-01T02:00:00Z',
      abnormal: null,
      modality: null,
    },
  ],
  grant,
}

export const indicator: Indicator = {
  id: 'i-wbc',
  name: '白细胞计数',
  value: '12.6',
  unit: '×10⁹/L',
  referenceRange: '3.5-9.5',
  mark: 'high',
  markText: '偏高 ↑',
  number: 12.6,
  low: 3.5,
  high: 9.5,
  explanation: { what: '血液里的白细胞。', direction: '常见于感染或应激。', tableVersion: '1' },
}
export const normalIndicator: Indicator = {
  ...indicator,
  id: 'i-hgb',
  name: '血红蛋白',
  value: '128',
  mark: 'normal',
  markText: '',
  explanation: null,
}

export const recordDetail: RecordDetail = {
  kind: 'lab',
  key: 'sealed-1',
  patient: recordList.patient,
  title: '血常规',
  departmentName: '门诊内科',
  doctorName: '王医',
  reportedAt: '2026-11-20T00:12:00Z',
  modality: null,
  abnormalCount: 1,
  indicators: [normalIndicator, indicator],
  sections: [],
  lines: [],
  totalFen: null,
  interpretation: null,
  grant,
}

export const trend: Trend = {
  name: '白细胞计数',
  unit: '×10⁹/L',
  low: 3.5,
  high: 9.5,
  points: [
    { reportedAt: '2026-03-01T00:00:00Z', value: '5.1', number: 5.1, mark: 'normal', markText: '' },
    { reportedAt: '2026-07-01T00:00:00Z', value: '3.1', number: 3.1, mark: 'low', markText: '偏低 ↓' },
    { reportedAt: '2026-11-20T00:12:00Z', value: '12.6', number: 12.6, mark: 'high', markText: '偏高 ↑' },
  ],
}
