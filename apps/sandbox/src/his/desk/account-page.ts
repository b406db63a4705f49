import { type Fen, formatShanghai, formatYuan, ID_TYPES } from '@zhangyi/core'
import type { Archive, DepositHold, Recharge, SimulatedHospital } from '@zhangyi/his'
import { Html, html } from '../../kit/html.ts'
import { accountOf } from './hospital-actions.ts'
import { reportsOf } from './reports-of.ts'
import { CHANNELS } from './take-forms.ts'

const HOLD_STATES: Readonly<Record<DepositHold['state'], string>> = {
  held: '已冻结',
  confirmed: '已核销',
  released: '已解冻',
}
const VISIT_STATES = { booked: '已预约', visited: '已就诊', cancelled: '已退号', missed: '爽约' } as const
const SHOWN = 15

/** One archive: its money, what waits to be paid, its visits and reports, and what a clerk can do about them. */
export async function accountPage(
  hospital: SimulatedHospital,
  archive: Archive,
  nowMs: number,
  notice: string | undefined,
): Promise<Html> {
  const { patid } = archive
  const { balance, recharges, holds, deductions, pendingFees, appointments } = accountOf(hospital, patid)
  const unconfirmed = hospital.unconfirmedPhoneOf(patid)
  const reports = await reportsOf(hospital, patid, nowMs)
  const form = (name: string, label: string, inputs: Html) =>
    html`<form method="post" style="margin-top:14px" action="/desk/archives/${patid}/${name}">${inputs}<button>${label}</button></form>`
  return html`${notice !== undefined && html`<p class="card" role="status">${notice}</p>`}
<div class="card"><table><tr><th>院内 ID</th><td>${patid}</td></tr><tr><th>${ID_TYPES[archive.idType]}</th><td>${archive.idNumber}</td></tr>
<tr><th>就诊卡</th><td>${archive.visitCardNumber ?? '没有'}</td></tr><tr><th>手机</th><td>${archive.phone ?? '没有'}</td></tr>
${unconfirmed !== undefined && html`<tr><th>未核对的手机</th><td>${unconfirmed}<br><small>没有核验身份时填的；核对之前，网关得不到这个号码。</small></td></tr>`}<tr><th>住址</th><td>${archive.address ?? '没有'}</td></tr></table>
${unconfirmed !== undefined && form('confirm-phone', '已核对手机号', html``)}</div>
<div class="card"><h2>余额</h2><table><tr><th>总额</th><td>${yuan(balance.total)}</td></tr><tr><th>可用</th><td>${yuan(balance.available)}</td></tr>
<tr><th>可退</th><td>${yuan(balance.refundable)}${balance.reason !== undefined && `（${balance.reason}）`}</td></tr></table></div>
<div class="card"><h2>充值</h2>${form(
    'charge',
    '充值',
    html`${amountInput('100.00')}<label>支付方式<select name="channel">${Object.entries(CHANNELS).map(([value, zh]) => html`<option value="${value}">${zh}</option>`)}</select></label>
<label>商户订单号（可空：自动编一个）<input name="paymentNumber" maxlength="64"></label>`,
  )}${table(['时间', '方式', '金额（元）', '已退', '商户订单号'], recharges.toReversed().slice(0, SHOWN).map(rechargeRow))}</div>
<div class="card"><h2>冻结与扣减</h2>${table(
    ['单号', '金额（元）', '状态'],
    [
      ...holds.map(({ holdId, amount, state }) => [holdId, formatYuan(amount), HOLD_STATES[state]]),
      ...deductions.map((one) => [
        one.deductionId,
        formatYuan(one.amount),
        one.state === 'deducted' ? '已扣减' : '已冲红',
      ]),
    ]
      .toReversed()
      .slice(0, SHOWN),
  )}
${form('lock-amount', '锁定一笔金额', html`${amountInput('50.00')}<label>给患者看的原因<input name="reason" value="有未结算的就诊" maxlength="100"></label>`)}</div>
<div class="card"><h2>待缴费用</h2>${table(
    ['项目', '科室', '金额（元）', '单号'],
    pendingFees.map((one) => [one.title, one.departmentName, formatYuan(one.amount), one.billId]),
  )}
${form('add-fee', '开一张缴费单', html`${amountInput('36.80')}<label>名称<input name="title" value="西药费" maxlength="100"></label><label>明细<input name="item" value="阿托伐他汀钙片" maxlength="100"></label>`)}</div>
<div class="card"><h2>挂号</h2>${table(
    ['就诊日', '科室', '状态', '单号'],
    appointments
      .slice(0, SHOWN)
      .map((one) => [one.day, one.departmentName, VISIT_STATES[one.state], one.appointmentId]),
  )}
${appointments
  .filter(({ state }) => state === 'booked')
  .map(({ appointmentId, departmentName, day }) =>
    form(
      'mark-visited',
      `${day} ${departmentName}：记为已就诊`,
      html`<input type="hidden" name="appointmentId" value="${appointmentId}">`,
    ),
  )}</div>
<div class="card"><h2>报告</h2>${table(
    ['时间', '名称', '单号'],
    reports.slice(0, SHOWN).map((one) => [time(one.reportedAt), one.title, one.reportId]),
  )}
${form('add-report', '发一份检查报告', html`<label>名称<input name="title" value="胸部 CT 平扫" maxlength="100"></label><label>所见<input name="findings" value="双肺纹理清晰，未见明显实变。" maxlength="500"></label><label>结论<input name="conclusion" value="未见明显异常。" maxlength="500"></label>`)}</div>
<a class="button ghost" href="/">回到台面</a>`
}

function rechargeRow({ paidAt, channel, channelName, amount, refunded, paymentNumber }: Recharge) {
  return [
    time(paidAt),
    channelName ?? CHANNELS[channel],
    formatYuan(amount),
    formatYuan(refunded),
    paymentNumber ?? '没有',
  ]
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): Html {
  if (rows.length === 0) return html`<p class="muted">没有。</p>`
  return html`<table><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr>${rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td${isNumeric(cell) && UNBROKEN}>${cell}</td>`)}</tr>`,
  )}</table>`
}

// Dates and amounts are read at a glance only in one line.
const UNBROKEN = new Html(' style="white-space:nowrap"')

function isNumeric(cell: string): boolean {
  return /^[\d:. -]{1,16}$/.test(cell)
}

function amountInput(value: string): Html {
  return html`<label>金额（元）<input name="yuan" value="${value}" inputmode="decimal" maxlength="16" required></label>`
}

function yuan(amount: Fen): string {
  return `${formatYuan(amount)} 元`
}

function time(iso: string): string {
  return formatShanghai(Date.parse(iso)).slice(0, 16)
}
