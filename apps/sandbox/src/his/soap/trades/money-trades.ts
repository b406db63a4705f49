import { codes, field, texts } from '../fields.ts'
import { CHANNEL, DAYS, data, OLD_SERIAL, PATIENT, rows, type Trade } from './trade.ts'

const BALANCE = [
  ...PATIENT,
  field('ZYE', 'total', 'yuan'),
  field('KYYE', 'available', 'yuan'),
  field('KTYE', 'refundable', 'yuan'),
  field('YYSM', 'reason'),
]
const RECHARGE = [
  ...texts({ CZLSH: 'rechargeId', BRID: 'patid', SHDDH: 'paymentNumber', QDLSH: 'channelNumber' }),
  field('ZFFS', 'channel', CHANNEL),
  field('ZFFSMC', 'channelName'),
  field('JE', 'amount', 'yuan'),
  field('YTJE', 'refunded', 'yuan'),
  field('CZSJ', 'paidAt', 'time'),
]
// The one group whose author thought in fen.
const HOLD = data([
  ...texts({ DJDH: 'holdId', BRID: 'patid' }),
  field('JE', 'amount', 'fen'),
  field('ZT', 'state', codes({ held: '0', confirmed: '1', released: '2' })),
])
const DEDUCTION = data([
  ...texts({ KJDH: 'deductionId', BRID: 'patid' }),
  field('JE', 'amount', 'yuan'),
  field('PZH', 'voucherNumber'),
  field('ZT', 'state', codes({ deducted: '1', reversed: '2' })),
  field('CHPZH', 'reversalVoucherNumber'),
])
const BILL_ROW = [
  field('LSH', 'hisNumber'),
  field('YWLX', 'kind', codes({ recharge: '1', payment: '2', refund: '3', reversal: '4' })),
  ...PATIENT,
  field('JE', 'amount', 'yuan'),
  field('ZFFS', 'channel', CHANNEL),
  ...texts({ SHDDH: 'paymentNumber', TKDH: 'refundNumber', QDLSH: 'channelNumber' }),
  field('JZSJ', 'bookedAt', 'time'),
]

/** 20xx 余额, 21xx 预交金冻结, 22xx 余额扣减, 30xx 日账单. */
export const MONEY_TRADES: readonly Trade[] = [
  { code: '2001', operation: 'balances.of', request: PATIENT, reply: data(BALANCE) },
  { code: '2002', operation: 'balances.recharges', request: [...PATIENT, ...DAYS], reply: rows(RECHARGE) },
  {
    code: '2101',
    operation: 'deposits.hold',
    request: [...PATIENT, field('YJJID', 'depositId'), field('JE', 'amount', 'fen')],
    reply: HOLD,
  },
  {
    code: '2102',
    operation: 'deposits.confirm',
    when: ['CZLX', '1'],
    request: [
      ...texts({ DJDH: 'holdId', TKDH: 'refundNumber' }),
      field('JE', 'amount', 'fen'),
      field('ZFSJ', 'paidAt', 'time'),
    ],
    reply: HOLD,
  },
  {
    code: '2102',
    operation: 'deposits.release',
    when: ['CZLX', '2'],
    request: [...texts({ DJDH: 'holdId', YYSM: 'reason' }), field('JE', 'amount', 'fen')],
    reply: HOLD,
  },
  { code: '2104', operation: 'deposits.status', request: OLD_SERIAL, reply: HOLD },
  {
    code: '2201',
    operation: 'deductions.deduct',
    request: [
      ...texts({ BRID: 'patid', CZLSH: 'rechargeId', TKDH: 'refundNumber' }),
      field('JE', 'amount', 'yuan'),
    ],
    reply: DEDUCTION,
  },
  {
    code: '2202',
    operation: 'deductions.reverse',
    request: [...texts({ KJDH: 'deductionId', YYSM: 'reason' }), field('JE', 'amount', 'yuan')],
    reply: DEDUCTION,
  },
  { code: '2204', operation: 'deductions.status', request: OLD_SERIAL, reply: DEDUCTION },
  {
    code: '3001',
    operation: 'bills.page',
    request: [field('ZDRQ', 'day', 'day'), field('YBJ', 'cursor')],
    reply: { kind: 'page', fields: BILL_ROW },
  },
]
