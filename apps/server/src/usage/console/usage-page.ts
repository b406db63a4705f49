import { DAY_MS, formatShanghai, shanghaiDay } from '@zhangyi/core'
import { type Html, html } from '../../platform/http/html.ts'
import type { Operator } from '../../platform/operators/accounts/account.ts'
import { consolePage } from '../../platform/operators/console-page.ts'
import { departmentTable, importForm } from './department-table.ts'
import { parkedTable } from './parked-table.ts'
import type { PageFacts } from './read-page.ts'
import { number, sceneTable, sumOf } from './scene-table.ts'
import { todoList } from './todo-list.ts'

export const USAGE_PAGE = { path: '/console/usage', group: '用卡数据', name: '上报与完整性' } as const

export interface Notice {
  readonly kind: 'ok' | 'bad'
  readonly text: string
}

/** 上报与完整性 of one day: what needs a person first, then the numbers, then what can be changed. */
export function usagePage(operator: Operator, facts: PageFacts, notice: Notice | undefined): string {
  return consolePage({
    ...{ title: USAGE_PAGE.name, path: USAGE_PAGE.path, operator },
    main: html`${choice(facts)}${
      notice &&
      html`<p class="notice ${notice.kind}" role="${notice.kind === 'bad' ? 'alert' : 'status'}"><b>${notice.kind === 'bad' ? '没有办成' : '已办好'}</b>${notice.text}</p>`
    }${todoList(facts)}${stats(facts)}
<section class="card"><h2>${facts.day} 各环节 <small>截至 ${formatShanghai(facts.nowMs).slice(11, 16)}</small></h2>${sceneTable(facts)}${importForm(
      '/console/usage/platform-counts/import',
      { hospital: facts.hospital.id, day: facts.day },
      '导入平台数量',
      '每行：日期,环节代码,数量',
      `${facts.day},0101011,128`,
    )}</section>${parkedTable(facts)}${departmentTable(facts)}${deliveryCard(facts)}`,
  })
}

function choice({ hospital, hospitals, day, nowMs }: PageFacts): Html {
  const today = shanghaiDay(nowMs)
  const monthAgo = shanghaiDay(nowMs - 30 * DAY_MS)
  return html`<div class="bar"><div><h1>上报与完整性</h1><span class="muted">${hospital.name}</span></div>
<form method="get" action="/console/usage" class="row"><label>医院<select name="hospital">${hospitals.map(
    ({ id, name }) => html`<option value="${id}"${id === hospital.id && html` selected`}>${name}</option>`,
  )}</select></label><label>日期<input type="date" name="day" value="${day}" max="${today}" required></label><button>查看</button></form>
<form method="get" action="/api/v1/console/usage/report" class="row"><input type="hidden" name="hospital" value="${hospital.id}">
<label>报表从<input type="date" name="from" value="${monthAgo}" required></label><label>到<input type="date" name="to" value="${today}" required></label><button class="ghost">下载报表</button></form></div>`
}

function stats({ scenes }: PageFacts): Html {
  const sum = (pick: Parameters<typeof sumOf>[1]) => sumOf(scenes, pick)
  const stuck = sum((one) => one.stuck)
  const parked = sum((one) => one.parked)
  const gap = sum((one) => Math.max(0, one.gap ?? 0))
  const card = (name: string, value: number, colour = '') =>
    html`<div class="stat ${colour}"><span>${name}</span><b>${number(value)}</b></div>`
  return html`<div class="stats">${card(
    'HIS 成功',
    sum((one) => one.successes),
  )}${card(
    '已入库',
    sum((one) => one.stored),
  )}${card(
    '已上报',
    sum((one) => one.delivered),
  )}
${card(
  '待上报',
  sum((one) => one.pending),
  stuck > 0 ? 'warn' : '',
)}${card('停下', parked, parked > 0 ? 'warn' : '')}${card('缺口', gap, gap > 0 ? 'bad' : '')}</div>`
}

function deliveryCard({ delivery, hospital }: PageFacts): Html {
  const { usage } = hospital
  const time = (ms: number | null) => (ms === null ? '还没有' : formatShanghai(ms))
  const mode = usage.mode === 'real-time' ? '实时' : `定时 ${usage.runs.join('、')}，23 点后实时`
  return html`<section class="card"><h2>上报状态</h2><table><tbody>
<tr><th>方式</th><td>${mode}，每秒最多 ${usage.ratePerSecond} 条，在途最多 ${usage.inFlight} 条</td></tr>
<tr><th>现在</th><td>${
    delivery.pausedUntilMs === null
      ? html`<span class="t ok">正常</span>`
      : html`<span class="t bad">上报暂停</span> 到 ${time(delivery.pausedUntilMs)} 再试`
  }</td></tr>
<tr><th>最近一次成功</th><td>${time(delivery.lastYesAtMs)}</td></tr>
<tr><th>最近一次问题</th><td>${delivery.lastProblem === null ? '没有' : `${time(delivery.lastProblemAtMs)} · ${delivery.lastProblem}`}</td></tr>
<tr><th>结果不明的</th><td>${usage.repeatUnknown ? '自动再报一次，可能被平台算两次' : '停下，等人和平台核对'}</td></tr></tbody></table></section>`
}
