import { type Fen, FenError, newRequestId, parseYuan } from '@zhangyi/core'
import type { PaymentChannel, SimulatedHospital } from '@zhangyi/his'

/** What is wrong with a form, in Chinese for the person at the desk. */
export class FormProblem extends Error {
  override readonly name = 'FormProblem'
}

type Fields = Readonly<Record<string, string>>

interface DeskForm {
  readonly take: (hospital: SimulatedHospital, patid: string, fields: Fields) => void
  /** Shown after it was taken. */
  readonly done: string
}

export const CHANNELS: Readonly<Record<PaymentChannel, string>> = {
  wechat: '微信',
  alipay: '支付宝',
  'bank-card': '银行卡',
  cash: '现金',
  other: '其他',
}

/** The forms of an archive's page, by the last part of their address. */
export const FORMS: Readonly<Record<string, DeskForm>> = {
  charge: {
    done: '已充值。',
    take: (hospital, patid, fields) => {
      const channel = channelOf(fields['channel'])
      const numbered = channel !== 'cash'
      const paymentNumber =
        fields['paymentNumber']?.trim() || (numbered ? `SIM${newRequestId().slice(0, 21)}` : undefined)
      hospital.charge(patid, {
        amount: amountOf(fields),
        channel,
        ...(paymentNumber !== undefined && { paymentNumber }),
        ...(numbered && { channelNumber: channelNumber() }),
      })
    },
  },
  'lock-amount': {
    done: '已锁定。',
    take: (hospital, patid, fields) => {
      hospital.lockAmount(patid, {
        amount: amountOf(fields),
        reason: wordsOf(fields, 'reason', '有未结算的就诊'),
        spendable: fields['spendable'] === '1',
      })
    },
  },
  'add-fee': {
    done: '已开单，等待缴费。',
    take: (hospital, patid, fields) => {
      const amount = amountOf(fields)
      const name = wordsOf(fields, 'item', '诊查费')
      hospital.addFee(patid, {
        title: wordsOf(fields, 'title', '诊疗费'),
        items: [{ name, specification: undefined, quantity: '1', amount }],
      })
    },
  },
  'add-report': {
    done: '已发出报告。',
    take: (hospital, patid, fields) => {
      hospital.addReport(patid, {
        kind: 'examination',
        title: wordsOf(fields, 'title', '胸部 CT 平扫'),
        departmentName: '医学影像科',
        modality: 'CT',
        sections: [
          { title: '检查所见', text: wordsOf(fields, 'findings', '双肺纹理清晰，未见明显实变。') },
          { title: '检查结论', text: wordsOf(fields, 'conclusion', '未见明显异常。') },
        ],
      })
    },
  },
  'confirm-phone': {
    done: '已核对手机号，网关现在查得到它。',
    take: (hospital, patid) => {
      hospital.confirmPhone(patid)
    },
  },
  'mark-visited': {
    done: '已记为就诊。',
    take: (hospital, patid, fields) => {
      const { appointmentId = '' } = fields
      if (!hospital.appointmentsOf(patid).some((one) => one.appointmentId === appointmentId))
        throw new FormProblem('没有这条挂号记录。')
      hospital.markVisited(appointmentId)
    },
  },
}

// As long as WeChat's own: 28 digits.
function channelNumber(): string {
  return `4200${BigInt(`0x1${newRequestId()}`).toString().slice(0, 24)}`
}

function amountOf({ yuan = '' }: Fields): Fen {
  try {
    const amount = parseYuan(yuan)
    if (amount > 0) return amount
  } catch (error) {
    if (!(error instanceof FenError)) throw error
  }
  throw new FormProblem('金额应为大于零的元，最多两位小数。')
}

function channelOf(text = 'wechat'): PaymentChannel {
  if (!Object.hasOwn(CHANNELS, text)) throw new FormProblem('没有这种支付方式。')
  return text as PaymentChannel
}

function wordsOf(fields: Fields, name: string, otherwise: string): string {
  return fields[name]?.trim().slice(0, 500) || otherwise
}
