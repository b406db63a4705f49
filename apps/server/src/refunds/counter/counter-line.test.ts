import { fen, HOUR_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import type { Refund, Transfer } from '../../payments/index.ts'
import type { CaseRow, LegRow, WindowPaymentRow } from '../tables.ts'
import { counterLine } from './counter-line.ts'

const AT = Date.parse('2026-11-20T10:03:00+08:00')
const OF = { created_at_ms: AT, retry_until_ms: AT + 24 * HOUR_MS } as CaseRow

interface Beside {
  readonly transfer?: object
  readonly refund?: object
  readonly atWindow?: Partial<WindowPaymentRow>
  readonly canGiveBack?: boolean
}

function said(leg: Partial<LegRow>, beside: Beside = {}, nowMs = AT) {
  return counterLine(
    {
      leg: {
        ...{ route: 'transfer', amount_fen: 12_850, state: 'paying', fail: null, paid_at_ms: null },
        ...{ after_release: null, changed_at_ms: AT, ...leg },
      } as LegRow,
      ...{ of: OF, nowMs, canGiveBack: beside.canGiveBack ?? true },
      atWindow: beside.atWindow as WindowPaymentRow | undefined,
      transfer:
        beside.transfer &&
        ({ amountFen: fen(12_850), isCancelWished: false, ...beside.transfer } as Transfer),
      refund: beside.refund && ({ amountFen: fen(12_850), ...beside.refund } as Refund),
    },
    '张*三',
  )
}

const original = { route: 'original' } as const
const toConfirm = { transfer: { state: 'to-confirm', sentAtMs: AT } }
const CASES: readonly [name: string, line: () => ReturnType<typeof said>, clause: string, next: string][] = [
  [
    'waits for the patient',
    () => said({}, toConfirm),
    '等待患者在微信里点“确认收款”，11-21 10:03 前有效',
    '点“接收退款”，再点“确认收款”。不点，钱不会到账',
  ],
  [
    'no funds',
    () => said({ state: 'no-funds' }),
    '付款账户余额不足，没有扣余额',
    '11-21 10:03 前不用重做人脸核验',
  ],
  [
    'no funds, and the face check is too old',
    () => said({ state: 'no-funds' }, {}, AT + 25 * HOUR_MS),
    '付款账户余额不足，没有扣余额',
    '请患者重新申请',
  ],
  ['with the HIS', () => said({ state: 'holding' }), '正在请医院系统冻结余额', '不要重复申请'],
  ['with WeChat', () => said({}, { transfer: { state: 'under-way' } }), '微信正在处理', '不要重复申请'],
  [
    'on the way back to where it was paid from',
    () => said(original, { refund: { state: 'under-way' } }),
    '微信正在按原来的付款方式退回',
    '银行卡 1–3 个工作日到账',
  ],
  [
    'withdrawn by the patient',
    () => said({}, { transfer: { state: 'to-confirm', isCancelWished: true } }),
    '患者已撤回，正在请微信撤销',
    '退回门诊余额',
  ],
  [
    'over a day without an end',
    () => said({}, toConfirm, AT + 25 * HOUR_MS),
    '超过 24 小时，微信还没有最后的结果',
    '也不要在窗口退这笔钱，否则会付两次',
  ],
  [
    'abnormal at WeChat',
    () => said(original, { refund: { state: 'needs-person', problem: 'abnormal' } }),
    '原来的付款账户收不了，钱还在微信支付，没有丢',
    '本人的银行卡，交给财务办“异常退款改退银行卡”',
  ],
  [
    'what WeChat says does not fit',
    () => said({}, { transfer: { state: 'needs-person', problem: 'mismatch' } }),
    '微信的答复要财务核对，钱没有丢',
    '请联系财务。不要重新申请',
  ],
  [
    'not confirmed in time',
    () => said({ state: 'one-sided', fail: 'OVERDUE_CLOSE' }),
    '超过 24 小时没有确认，已失效，钱还为患者留着',
    '请财务重新发起',
  ],
  [
    'the WeChat of somebody else',
    () => said({ state: 'one-sided', fail: 'NAME_NOT_CORRECT' }),
    '不是患者本人实名的，没有付款',
    '患者换本人实名的微信再申请',
  ],
  [
    'not paid for another reason',
    () => said({ state: 'one-sided', fail: 'TRANSFER_QUOTA_EXCEED' }),
    '没有付成',
    '请财务处理：重新发起，或者请财务退回门诊余额',
  ],
  [
    'the WeChat of somebody else, and a HIS that takes nothing back',
    () => said({ state: 'one-sided', fail: 'NAME_NOT_CORRECT' }, { canGiveBack: false }),
    '不是患者本人实名的，没有付款',
    '医院系统不能退回门诊余额，请财务在窗口付给患者本人',
  ],
  [
    'not paid, and a HIS that takes nothing back',
    () => said({ state: 'one-sided', fail: 'CANCELLED' }, { canGiveBack: false }),
    '没有付成',
    '重新发起，或者请财务在窗口付给患者（窗口付讫）',
  ],
  [
    'handed over at the window',
    () =>
      said(
        { state: 'settled-at-window' },
        { atWindow: { how: 'cash', voucher: 'SJ-12', paid_on: '2026-11-21' } },
      ),
    '已在窗口付讫（现金，凭证号 SJ-12，2026-11-21 付）',
    '不要再付',
  ],
  [
    'paid by transfer',
    () => said({ state: 'paid', paid_at_ms: AT + HOUR_MS }),
    '11-20 11:03 已付到患者的微信零钱',
    '零钱明细',
  ],
  [
    'paid, and the HIS still has to hear of it',
    () => said({ state: 'confirming', paid_at_ms: AT + HOUR_MS }),
    '已付到患者的微信零钱',
    '零钱明细',
  ],
  [
    'paid back to where it came from',
    () =>
      said(
        { ...original, state: 'paid', paid_at_ms: AT },
        { refund: { state: 'done', account: '招商银行信用卡0403' } },
      ),
    '11-20 10:03 已退回招商银行信用卡0403',
    '请患者看当时付款的账户',
  ],
  ['on its way back', () => said({ state: 'releasing' }), '没有付款，正在退回门诊余额', '请稍后再查'],
  [
    'on its way back, to be tried again',
    () => said({ state: 'releasing', after_release: 'retry' }),
    '付款账户余额不足，正在退回门诊余额',
    '再试一次',
  ],
  ['given back', () => said({ state: 'released' }), '没有付款，已退回门诊余额', '可以再次申请'],
  [
    'given back because of the wrong name',
    () => said({ state: 'released', fail: 'NAME_NOT_CORRECT' }),
    '已退回门诊余额（收款微信的实名和患者不一致）',
    '换本人实名的微信再申请',
  ],
  ['refused by the HIS', () => said({ state: 'refused' }), '医院系统没有受理，没有扣余额', '核对门诊余额'],
  ['lapsed', () => said({ state: 'lapsed' }), '没有再试，申请已过期，没有扣余额', '重新申请'],
]

test.each(CASES)('%s', (_name, line, clause, next) => {
  const { sentence, next: told } = line()
  expect(sentence).toContain(clause)
  expect(told).toContain(next)
})

test('the whole sentence, word for word', () => {
  expect(said({}, toConfirm).sentence).toBe(
    '张*三，2026-11-20 申请 128.50 元，微信转账，等待患者在微信里点“确认收款”，11-21 10:03 前有效。',
  )
})

test('nothing but a one-sided sum is ever said to be started anew', () => {
  for (const [name, line] of CASES)
    if (/重新发起/.test(line().next)) expect(name).toMatch(/^not (confirmed|paid)/)
})
