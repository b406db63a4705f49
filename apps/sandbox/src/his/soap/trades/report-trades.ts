import { codes, field, list, texts } from '../fields.ts'
import { DAYS, data, PATIENT, rows, type Trade } from './trade.ts'

const KIND = codes({
  ...{ lab: '1', examination: '2', 'check-up': '3' },
  ...{ 'inpatient-day': '4', prescription: '5', diagnosis: '6' },
})
const FLAG = codes({ low: '↓', normal: 'N', high: '↑', abnormal: '*', critical: '!!' })
const SUMMARY = [
  field('BGLX', 'kind', KIND),
  ...texts({ BRID: 'patid', BGDH: 'reportId', BGMC: 'title', KSMC: 'departmentName', YSXM: 'doctorName' }),
  field('BGSJ', 'reportedAt', 'time'),
  field('YCBZ', 'abnormal', 'flag'),
]
const REPORT = [
  ...SUMMARY,
  field('SBLX', 'modality'),
  list('ZBLB', 'ZB', 'indicators', [
    ...texts({ XMDM: 'code', XMMC: 'name', JG: 'value', DW: 'unit', CKFW: 'referenceRange' }),
    field('TS', 'flag', FLAG),
  ]),
  list('DLLB', 'DL', 'sections', texts({ BT: 'title', WB: 'text' })),
  list('MXLB', 'MX', 'lines', [
    ...texts({ MC: 'name', GG: 'specification', SL: 'quantity', YF: 'usage' }),
    field('JE', 'amount', 'yuan'),
  ]),
]

/** 60xx 报告. */
export const REPORT_TRADES: readonly Trade[] = [
  {
    code: '6001',
    operation: 'reports.list',
    request: [field('BGLX', 'kind', KIND), ...PATIENT, ...DAYS],
    reply: rows(SUMMARY),
  },
  {
    code: '6002',
    operation: 'reports.detail',
    request: [field('BGLX', 'kind', KIND), ...PATIENT, field('BGDH', 'reportId')],
    reply: data(REPORT),
  },
]
