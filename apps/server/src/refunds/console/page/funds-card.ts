import { DAY_MS } from '@zhangyi/core'
import { type Html, html } from '../../../platform/http/html.ts'
import type { RefundAlarm } from '../../funds-watch/refund-alarm.ts'
import { FUND_SOURCES } from '../state-words.ts'
import { facts, hidden, lasted, time, yuan } from './parts.ts'
import type { Overview } from './read-overview.ts'

/** 运营账户: what is known of it, of when, and what is promised; a person may tell what the machine cannot ask. */
export function fundsCard({ funds, alarms, hospital, nowMs }: Overview): Html {
  if (!funds)
    return html`<section class="card"><h2>运营账户</h2><p class="empty">这家医院没有配置商家转账，只能原路退款。</p></section>`
  const { availableFen, balanceFen, asOfMs, source, toppedUpFen, reservedFen, drySinceMs } = funds
  const isOld = asOfMs !== undefined && nowMs - asOfMs > DAY_MS
  const fields = hidden({ hospital: hospital.id })
  return html`<section class="card" id="funds"><h2>运营账户 <small>商家转账从这里付；数字只供参考，以商户平台为准</small></h2>
${drySinceMs !== undefined && html`<p class="notice bad"><b>余额不足</b>微信 ${time(drySinceMs)} 说余额不足，之后没有一笔付成。请充值，然后在下面登记。</p>`}
${alarms.map((alarm) => alarmLine(alarm, fields))}
${facts([
  ['可用', html`<b>${availableFen === undefined ? '不知道' : `${yuan(availableFen)} 元`}</b>`],
  [
    '最近一次余额',
    balanceFen === undefined || asOfMs === undefined
      ? '还没有：接口没有开通时，请在下面登记商户平台上看到的余额'
      : html`${yuan(balanceFen)} 元 · ${source && FUND_SOURCES[source]} · ${time(asOfMs)}（${lasted(nowMs - asOfMs)}前）${isOld && html` <span class="t warn">超过一天</span>`}`,
  ],
  ['之后登记的充值', toppedUpFen > 0 && `${yuan(toppedUpFen)} 元`],
  ['已预留', `${yuan(reservedFen)} 元，是已经申请还没有到账的`],
])}
<div class="row end"><form method="post" action="/console/refunds/funds/top-up" class="row">${fields}<label>登记充值（元）<input class="num" name="amount" inputmode="decimal" required maxlength="14"></label><button class="ghost">登记充值</button></form>
<form method="post" action="/console/refunds/funds/balance" class="row">${fields}<label>登记现在的余额（元）<input class="num" name="balance" inputmode="decimal" required maxlength="14"></label><button class="ghost">登记余额</button></form></div></section>`
}

function alarmLine({ availableFen, neededFen, sinceMs, seenBy, seenAtMs }: RefundAlarm, fields: Html): Html {
  const now = availableFen === null ? '微信答复余额不足' : `可用 ${yuan(availableFen)} 元`
  return html`<div class="notice bad" role="alert"><b>余额低</b>${time(sinceMs)} 起：${now}，今天预计要 ${yuan(neededFen)} 元。请充值，然后在下面登记。${
    seenBy === null
      ? html`<form method="post" action="/console/refunds/funds/alarm-seen">${fields}<button class="ghost small">我在处理</button></form>`
      : `${seenBy} ${time(seenAtMs)} 起在处理。`
  }</div>`
}
