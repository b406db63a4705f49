import { type Html, html } from '../../../platform/http/html.ts'
import { SEEN_STATES } from '../../offline/console/console-views.ts'
import { countByState } from '../../offline/console/count-by-state.ts'
import { listByState } from '../../offline/console/list-by-state.ts'
import { STATE_NAMES } from '../../offline/words.ts'
import { OFFLINE_COLOURS } from '../state-words.ts'
import type { RefundsPage, Whose } from './page-room.ts'
import { lasted, number, table, tag, time, yuan } from './parts.ts'
import { addressOf, type View } from './view.ts'

/** 线下申请 by state; what waits for the hospital first. */
export async function offlineList(room: RefundsPage, view: View, whose: Whose): Promise<Html> {
  const { hospital, nowMs } = whose
  const { state = 'submitted' } = view
  // A place in the list that nobody gave out begins at the top.
  const after = /^\d{1,15}\.[a-z]+_[0-9a-f]{32}$/.test(view.after ?? '') ? view.after : undefined
  const counts = await room.database.inTransaction(hospital.id, countByState)
  const { applications, next } = await listByState(room, hospital, { state, after })
  const head = html`<th>申请</th><th>申请人</th><th>患者</th><th>审核人</th><th class="m">金额（元）</th><th>状态</th><th>提交时间</th><th>操作</th>`
  const rows = applications.map(
    (one) =>
      html`<tr><th>${one.reasonName}<small>${one.id}</small></th><td class="nowrap">${one.applicantName}</td><td class="nowrap">${one.patientName}</td><td>${one.reviewer ?? '—'}</td>
<td class="m">${one.amountFen === null ? (one.proposal ? html`${yuan(one.proposal.amountFen)}<small>${one.proposal.by} 提出</small>` : '—') : yuan(one.amountFen)}</td><td>${tag({ word: one.stateName, colour: OFFLINE_COLOURS[one.state] })}</td>
<td class="nowrap">${time(one.submittedAtMs)}<small>状态已 ${lasted(nowMs - one.movedAtMs)}</small></td><td class="nowrap"><a href="${addressOf({ hospital: hospital.id, tab: 'offline', application: one.id })}">打开</a></td></tr>`,
  )
  return html`<section class="card"><h2>线下申请 <small>${STATE_NAMES[state]}</small></h2>
<p class="row">${SEEN_STATES.map(
    (one) =>
      html`<a href="${addressOf({ hospital: hospital.id, tab: 'offline', state: one })}"${one === state && html` aria-current="true"`}>${STATE_NAMES[one]} ${number(counts.get(one) ?? 0)}</a>`,
  )}</p>${rows.length === 0 ? html`<p class="empty">没有“${STATE_NAMES[state]}”的申请。</p>` : table('线下申请', head, rows)}${
    next !== null &&
    html`<div class="row end"><a href="${addressOf({ hospital: hospital.id, tab: 'offline', state, after: next })}">下一页</a></div>`
  }</section>`
}
