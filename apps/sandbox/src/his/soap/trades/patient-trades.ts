import { codes, field, texts } from '../fields.ts'
import { data, NOTHING, rows, type Trade } from './trade.ts'

const ARCHIVE = [
  ...texts({ BRID: 'patid', XM: 'name', ZJLX: 'idType', ZJHM: 'idNumber' }),
  field('KH', 'visitCardNumber', 'padded'),
  ...texts({ SJHM: 'phone', DZ: 'address', YQMC: 'campus' }),
  field('ZJJZRQ', 'lastVisitOn', 'day'),
]

/** 9000 网络测试, 10xx 档案与卡. */
export const PATIENT_TRADES: readonly Trade[] = [
  { code: '9000', operation: 'probe', request: [], reply: NOTHING },
  {
    code: '1001',
    operation: 'archives.find',
    request: [...texts({ ZJLX: 'idType', XM: 'name' }), field('ZJHM', 'idNumbers', 'single')],
    reply: rows(ARCHIVE),
  },
  {
    code: '1002',
    operation: 'archives.create',
    request: [
      ...texts({ XM: 'name', ZJLX: 'idType', ZJHM: 'idNumber' }),
      field('XB', 'gender', codes({ 男: '1', 女: '2' })),
      field('CSRQ', 'birthday', 'day'),
      ...texts({ MZ: 'nation', SJHM: 'phone', DZ: 'address' }),
      field('SFSM', 'verified', 'flag'),
      ...texts({ JHRXM: 'guardian.name', JHRZJLX: 'guardian.idType', JHRZJHM: 'guardian.idNumber' }),
      ...texts({ JHRSJHM: 'guardian.phone', JHRGX: 'guardian.relation' }),
    ],
    reply: data(ARCHIVE),
  },
  {
    code: '1003',
    operation: 'cards.bind',
    request: texts({ BRID: 'patid', JKKID: 'healthCardId', EWM: 'qrCodeText' }),
    reply: NOTHING,
  },
  {
    code: '1004',
    operation: 'archives.update',
    request: texts({ BRID: 'patid', SJHM: 'phone', DZ: 'address' }),
    reply: data(ARCHIVE),
  },
]
