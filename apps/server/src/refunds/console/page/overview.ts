import { Html, html } from '../../../platform/http/html.ts'
import type { LegList } from '../list-open-legs.ts'
import { fundsCard } from './funds-card.ts'
import { type LegLine, legTable } from './leg-lines.ts'
import { number, table, time, yuan } from './parts.ts'
import type { Overview } from './read-overview.ts'
import { addressOf } from './view.ts'

export const LIST_NAMES: Readonly<Record<LegList, string>> = {
  ...{ 'one-sided': '单边订单（已失效，可重发）', tasks: '财务待办', overdue: '超时未决（不可重发）' },
  ...{ paying: '付款中和待患者确认', 'no-funds': '等待资金', 'with-his': '正在医院系统办理' },
}

/** What needs a person first, then the rest. */
export function overview(all: Overview): Html {
  const { counts, stopped, tasks, oneSided, overdue, stuck, reviews } = all
  const isQuiet = [stopped, tasks, oneSided, overdue, stuck, reviews].every(({ length }) => length === 0)
  return html`${stats(all)}${isQuiet && html`<p class="notice ok"><b>没有要处理的退款</b>单边订单、超时未决、需要人处理和等待复核的都没有。</p>`}
${legs(all, stopped, '需要人处理', '退款异常，或微信查到的和我们发出的不一致。打开详情按提示办理；没有处理之前不会再付。')}
${reviewList(all)}
${legs(all, tasks, '财务待办', '失效后一直没有人领，或原因需要财务判断：重新发起，或退回患者余额。', 'tasks', counts.tasks)}
${legs(all, oneSided, '单边订单（已失效，可重发）', '微信查询确认没有付出，医院还冻结着。可以生成新订单号退款，或退回余额。', 'one-sided', counts['one-sided'])}
${legs(all, overdue, '超时未决（不可重发）', '超过 24 小时，微信还没有最后的结果。系统一直在查询，最长 30 天，之后以账单为准；这时重发会付两次。', 'overdue', counts.overdue)}
${legs(all, stuck, '医院系统没有办完', '医院系统十分钟没有答复或拒绝，系统会一直再试。请看医院接口是否正常。', 'with-his', counts['with-his'])}
${fundsCard(all)}`
}

function stats({ counts, stopped, reviews, offline, hospital }: Overview): Html {
  const card = (name: string, count: number, address: string, colour = '') =>
    html`<div class="stat ${count > 0 ? colour : ''}"><span><a href="${address}">${name}</a></span><b>${number(count)}</b></div>`
  const list = (of: LegList) => addressOf({ hospital: hospital.id, list: of })
  const offlineCount = (offline.get('submitted') ?? 0) + (offline.get('approved') ?? 0)
  return html`<div class="stats">${card('单边订单（可重发）', counts['one-sided'], list('one-sided'), 'bad')}
${card('超时未决（不可重发）', counts.overdue, list('overdue'), 'warn')}${card('需要人处理', stopped.length, '#stopped', 'bad')}
${card('等待复核', reviews.length, '#reviews', 'warn')}${card('线下待审核、待付款', offlineCount, '/console/offline', 'warn')}
${card('付款中和待确认', counts.paying, list('paying'))}</div>`
}

function legs(
  all: Overview,
  lines: readonly LegLine[],
  title: string,
  what: string,
  list?: LegList,
  count = lines.length,
): Html | false {
  if (lines.length === 0) return false
  return html`<section class="card"${list === undefined && new Html(' id="stopped"')}><h2>${title} <small>${number(count)} 笔</small></h2><p class="muted">${what}</p>${legTable(title, lines, all)}${
    list !== undefined &&
    count > lines.length &&
    html`<div class="row end"><a href="${addressOf({ hospital: all.hospital.id, list })}">全部 ${number(count)} 笔</a></div>`
  }</section>`
}

function reviewList({ reviews, hospital }: Overview): Html | false {
  if (reviews.length === 0) return false
  const head = html`<th>单号</th><th>患者</th><th class="m">金额（元）</th><th>谁申请、为什么</th><th>申请时间</th><th>操作</th>`
  const rows = reviews.map(
    ({ request, line: { leg, patient, card } }) =>
      html`<tr><th>${leg.case_id}</th><td class="nowrap">${patient}${card !== '' && html`<small>卡尾号 ${card}</small>`}</td><td class="m">${yuan(leg.amount_fen)}</td>
<td><div class="prose">${request.asked_by}：${request.reason}</div></td><td class="nowrap">${time(request.asked_at_ms)}</td><td class="nowrap"><a href="${addressOf({ hospital: hospital.id, case: leg.case_id })}">去复核</a></td></tr>`,
  )
  return html`<section class="card" id="reviews"><h2>等待复核 <small>${reviews.length} 笔</small></h2><p class="muted">生成新订单号退款，金额达到 ${yuan(hospital.refunds.secondPersonFromFen)} 元的要第二个人同意；不能是申请的人自己。</p>${table('等待复核', head, rows)}</section>`
}
