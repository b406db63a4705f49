import { codes, field, list, texts } from '../fields.ts'
import { DAYS, data, NOTHING, OLD_SERIAL, PATIENT, PAYMENT, PERIOD, rows, type Trade } from './trade.ts'

const DEPARTMENT = texts({
  ...{ KSDM: 'departmentId', KSMC: 'name', SJKSDM: 'parentId' },
  ...{ YQMC: 'campus', WZ: 'location' },
})
const DOCTOR = texts({
  ...{ YSDM: 'doctorId', KSDM: 'departmentId', YSXM: 'name' },
  ...{ ZC: 'title', JS: 'introduction' },
})
const SLOT = [
  ...texts({ HYID: 'slotId', KSDM: 'departmentId', KSMC: 'departmentName' }),
  ...texts({ YSDM: 'doctorId', YSXM: 'doctorName' }),
  field('CZRQ', 'day', 'day'),
  field('SXW', 'period', PERIOD),
  ...texts({ KSSJ: 'startsAt', JSSJ: 'endsAt' }),
  field('GHF', 'fee', 'yuan'),
  field('SYHS', 'remaining', 'count'),
]
const LOCK = [
  ...texts({ SHID: 'lockId', HYID: 'slotId' }),
  field('GHF', 'fee', 'yuan'),
  field('DQSJ', 'expiresAt', 'time'),
]
const APPOINTMENT = [
  ...texts({ GHID: 'appointmentId', BRID: 'patid' }),
  field('GHLX', 'kind', codes({ appointment: '1', 'same-day': '2' })),
  ...texts({ KSDM: 'departmentId', KSMC: 'departmentName', YSXM: 'doctorName' }),
  field('JZRQ', 'day', 'day'),
  field('SXW', 'period', PERIOD),
  ...texts({ KSSJ: 'startsAt', JZXH: 'queueNumber', WZ: 'location' }),
  field('GHF', 'fee', 'yuan'),
  field('ZFDDH', 'paymentNumber'),
  field('ZT', 'state', codes({ booked: '0', visited: '1', cancelled: '2', missed: '3' })),
  field('KFTH', 'cancellable', 'flag'),
]
const FEE_ITEMS = list('MXLB', 'MX', 'items', [
  ...texts({ XMMC: 'name', GG: 'specification', SL: 'quantity' }),
  field('JE', 'amount', 'yuan'),
])
const FEE_BILL = [
  ...texts({ SFDH: 'billId', BRID: 'patid', JZH: 'visitId', KSMC: 'departmentName' }),
  ...texts({ YSXM: 'doctorName', FYMC: 'title' }),
  field('JE', 'amount', 'yuan'),
  field('KDSJ', 'createdAt', 'time'),
  FEE_ITEMS,
]
const FEE_POSTING = [
  ...texts({ JZLSH: 'postingId', BRID: 'patid' }),
  field('SFDHS', 'billIds', 'commas'),
  ...texts({ FYMC: 'title', KSMC: 'departmentName' }),
  field('JE', 'amount', 'yuan'),
  ...texts({ ZFDDH: 'paymentNumber', FPH: 'receiptNumber', QYZY: 'guidance' }),
  field('ZFSJ', 'paidAt', 'time'),
  FEE_ITEMS,
]

/** 40xx 科室医生号源, 41xx 挂号, 50xx 门诊缴费. */
export const VISIT_TRADES: readonly Trade[] = [
  { code: '4001', operation: 'schedules.departments', request: [], reply: rows(DEPARTMENT) },
  {
    code: '4002',
    operation: 'schedules.doctors',
    request: texts({ KSDM: 'departmentId' }),
    reply: rows(DOCTOR),
  },
  {
    code: '4003',
    operation: 'schedules.slots',
    request: [...texts({ KSDM: 'departmentId', YSDM: 'doctorId' }), ...DAYS],
    reply: rows(SLOT),
  },
  {
    code: '4101',
    operation: 'appointments.lock',
    request: texts({ HYID: 'slotId', BRID: 'patid' }),
    reply: data(LOCK),
  },
  { code: '4102', operation: 'appointments.unlock', request: texts({ SHID: 'lockId' }), reply: NOTHING },
  {
    code: '4103',
    operation: 'appointments.book',
    request: [...texts({ SHID: 'lockId', BRID: 'patid' }), ...PAYMENT],
    reply: data(APPOINTMENT),
  },
  {
    code: '4104',
    operation: 'appointments.cancel',
    request: texts({ GHID: 'appointmentId', YYSM: 'reason' }),
    reply: data(APPOINTMENT),
  },
  { code: '4105', operation: 'appointments.status', request: OLD_SERIAL, reply: data(APPOINTMENT) },
  { code: '4106', operation: 'appointments.list', request: [...PATIENT, ...DAYS], reply: rows(APPOINTMENT) },
  { code: '5001', operation: 'fees.pending', request: PATIENT, reply: rows(FEE_BILL) },
  {
    code: '5002',
    operation: 'fees.post',
    request: [...PATIENT, field('SFDHS', 'billIds', 'commas'), ...PAYMENT],
    reply: data(FEE_POSTING),
  },
  { code: '5003', operation: 'fees.status', request: OLD_SERIAL, reply: data(FEE_POSTING) },
  { code: '5004', operation: 'fees.paid', request: [...PATIENT, ...DAYS], reply: rows(FEE_POSTING) },
]
