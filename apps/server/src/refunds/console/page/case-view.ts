import { type Html, html } from '../../../platform/http/html.ts'
import type { CaseDetail } from '../case-detail.ts'
import {
  CASE_WORDS,
  CHANNEL_WORDS,
  NOTICE_CHANNEL_WORDS,
  NOTICE_STATES,
  NOTICE_WORDS,
  WAY_WORDS,
} from '../state-words.ts'
import { legCard } from './leg-card.ts'
import type { Whose } from './page-room.ts'
import { facts, table, tag, time, yuan } from './parts.ts'
import { addressOf } from './view.ts'

/** One case: who and how much, each part with its numbers and what happened, and what a person may do about it. */
export function caseView(detail: CaseDetail, operator: string, whose: Whose): Html {
  const { of, legs, patientName, cardNumber } = detail
  const { hospital } = whose
  const patient = html`${patientName}${cardNumber !== '' && ` · 卡尾号 ${cardNumber}`}`
  return html`<section class="card"><h2>退款单 ${of.id} ${tag(CASE_WORDS[of.state])}</h2>${facts([
    ['患者', patient],
    ['方式', `${WAY_WORDS[of.way]} · ${CHANNEL_WORDS[of.channel]}`],
    ['申请金额', html`<b>${yuan(of.amount_fen)} 元</b>，当时门诊余额 ${yuan(of.balance_fen)} 元`],
    ['申请时间', time(of.created_at_ms)],
    ['办完时间', of.closed_at_ms !== null && time(of.closed_at_ms)],
  ])}<div class="row end"><a href="${addressOf({ hospital: hospital.id })}">返回待办</a></div></section>
${legs.map((leg, index) => legCard(leg, { ...whose, operator, caseId: of.id, place: legs.length > 1 ? index + 1 : undefined }))}
${notices(detail)}`
}

function notices({ notices: all }: CaseDetail): Html {
  const head = html`<th>时间</th><th>通知</th><th>渠道</th><th>状态</th>`
  const rows = all.map(
    ({ createdAtMs, kind, channel, state, problem }) =>
      html`<tr><td class="nowrap">${time(createdAtMs)}</td><td class="nowrap">${NOTICE_WORDS[kind]}</td><td class="nowrap">${channel === undefined ? '—' : NOTICE_CHANNEL_WORDS[channel]}</td><td>${tag(
        NOTICE_STATES[state] ?? { word: state, colour: 'none' },
      )}${problem !== undefined && html`<small class="prose">${problem}</small>`}</td></tr>`,
  )
  return html`<section class="card"><h2>给患者的通知</h2>${rows.length === 0 ? html`<p class="empty">还没有通知。</p>` : table('给患者的通知', head, rows)}</section>`
}
