import { explainFailReason } from '@zhangyi/wechat-pay'
import { type Html, html } from '../../../platform/http/html.ts'
import { isSameOperator } from '../../../platform/operators/same-operator.ts'
import type { LegDetail } from '../case-detail.ts'
import type { LegPlace } from './leg-card.ts'
import { hidden, time, yuan } from './parts.ts'

/** What a person may do about a leg, each with what will follow. Nothing where nothing may be done. */
export function legActions(detail: LegDetail, place: LegPlace): Html | false {
  const { leg, problem } = detail
  if (leg.state === 'one-sided') return html`<h3>处理</h3><div class="acts">${repairs(detail, place)}</div>`
  const isAbnormal = leg.route === 'original' && leg.state === 'paying' && problem === 'abnormal'
  return isAbnormal && abnormalForm(place, leg.id)
}

function fields({ hospital, caseId }: LegPlace, legId: string): Html {
  return hidden({ hospital: hospital.id, case: caseId, leg: legId })
}

function repairs({ leg, requests }: LegDetail, place: LegPlace): Html {
  const waiting = requests.find(({ state }) => state === 'waiting')
  const giveBack = html`<form method="post" action="/console/refunds/legs/give-back" class="acts">${fields(place, leg.id)}<label class="line"><input type="checkbox" required>退回后这笔不能再付</label><button class="ghost">退回余额</button></form>`
  if (waiting) return html`${review(waiting, place, leg.id)}${giveBack}`
  if (leg.payout_id === null || explainFailReason(leg.fail ?? undefined).duty === 'counter')
    return html`<p>这个微信不是患者本人实名的微信，不能再向它付款：请退回余额，患者可以换本人的微信再申请，或走线下申请。</p>${giveBack}`
  const from = place.hospital.refunds.secondPersonFromFen
  const needsSecond = leg.amount_fen >= from
  return html`<form method="post" action="/console/refunds/legs/reissue" class="acts">${fields(place, leg.id)}<label class="wide">生成新订单号的原因（不要写个人信息）<input name="reason" required minlength="2" maxlength="200"></label>
<span class="muted">${needsSecond ? `达到 ${yuan(from)} 元，提交后要另一位同事复核，同意了才发出。` : `${yuan(from)} 元以下，不需要第二个人。`}提交时会再向微信查询一次，确认旧单没有付出。</span>
<button>生成新订单号退款</button></form>${giveBack}`
}

function review(
  { asked_by, reason, asked_at_ms }: LegDetail['requests'][number],
  place: LegPlace,
  legId: string,
): Html {
  const asked = html`<p class="notice warn"><b>等待复核</b>${asked_by} ${time(asked_at_ms)} 申请生成新订单号退款：${reason}</p>`
  if (isSameOperator(asked_by, place.operator))
    return html`${asked}<p class="muted">复核的人不能是申请的人，请另一位同事登录后复核。</p>`
  const decide = (agrees: '1' | '0', name: string, ghost: string) =>
    html`<form method="post" action="/console/refunds/legs/decide">${fields(place, legId)}${hidden({ agrees })}<button class="${ghost}">${name}</button></form>`
  return html`${asked}<div class="row">${decide('1', '复核同意', '')}${decide('0', '复核不同意', 'ghost')}</div>`
}

function abnormalForm(place: LegPlace, legId: string): Html {
  return html`<h3>处理</h3><form method="post" action="/console/refunds/legs/abnormal" class="acts" autocomplete="off">${fields(place, legId)}
<p class="muted">向患者要一张本人的借记卡，把同一笔退款改退到卡里；单号不变，不会产生新的退款，也不能改成转账。提交时会再向微信查询一次。</p>
<div class="row"><label>微信的银行代码<input name="bankType" required pattern="[A-Z0-9_]{2,16}" placeholder="如 ICBC_DEBIT"></label><label>患者本人的银行卡号<input name="bankAccount" required inputmode="numeric" pattern="[0-9 ]{8,40}" autocomplete="off"></label><button>异常退款改退银行卡</button></div></form>`
}
