import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { type Html, html } from '../../../platform/http/html.ts'
import { AGE_WORDS, type LedgerSummary, ledgerSummary } from '../../ledger/ledger-summary.ts'
import { type BalanceList, cleaningList } from '../../ledger/list-balances.ts'
import { type BalanceRunView, listRuns } from '../../ledger/list-runs.ts'
import { BALANCE_PROBLEMS, PROBLEM_WORDS } from '../../ledger/problems.ts'
import { type LedgerDay, progressOf } from '../../ledger/progress-of.ts'
import { ledgerForms } from './ledger-forms.ts'
import type { RefundsPage, Whose } from './page-room.ts'
import { REFUNDS_PAGE } from './page-room.ts'
import { hidden, number, table, tag, time, yuan } from './parts.ts'
import type { View } from './view.ts'

const CLEAN_AT_ONCE = 50
const PROGRESS_DAYS = 14
const RUNS_SHOWN = 5

/** 余额台账: how it stands, how it goes on, what has to be cleaned, and the table in and out. */
export async function ledgerView(room: RefundsPage, view: View, whose: Whose): Promise<Html> {
  const { hospital, nowMs } = whose
  const { afterFen, afterPatid: patid, problem } = view
  const after = afterFen === undefined || patid === undefined ? undefined : { balanceFen: afterFen, patid }
  const [from, to] = [shanghaiDay(nowMs - (PROGRESS_DAYS - 1) * DAY_MS), shanghaiDay(nowMs)]
  const all = await room.database.inTransaction(hospital.id, async (tx) => ({
    summary: await ledgerSummary(tx, nowMs),
    days: await progressOf(tx, from, to),
    toClean: await cleaningList(tx, room.cipher, { after, limit: CLEAN_AT_ONCE }, nowMs, problem),
    runs: await listRuns(tx),
  }))
  return html`${stats(all.summary)}${ages(all.summary)}${ledgerForms(hospital.id)}${cleaning(all.toClean, view, hospital.id)}${progress(all.days)}${runList(all.runs)}`
}

function stats(all: LedgerSummary): Html {
  const card = (name: string, fen: number, count: number, colour = '') =>
    html`<div class="stat ${colour}"><span>${name} · ${number(count)} 份</span><b>${yuan(fen)}</b></div>`
  return html`<div class="stats">${card('曾欠全部', all.totalFen, all.totalCount)}${card('未清', all.openFen, all.openCount, all.openCount > 0 ? 'warn' : '')}
<div class="stat"><span>已告知</span><b>${number(all.toldCount)} 份</b></div>${card('已退', all.refundedFen, all.refundedCount)}
<div class="stat"><span>其他方式结清</span><b>${yuan(all.elsewhereFen)}</b></div>${card('待清洗', all.toCleanFen, all.toCleanCount, all.toCleanCount > 0 ? 'warn' : '')}</div>`
}

function ages({ ages: all }: LedgerSummary): Html {
  const head = html`<th>余额产生</th><th class="m">档案</th><th class="m">未清余额（元）</th>`
  const rows = all.map(
    ({ age, count, fen }) =>
      html`<tr><th>${AGE_WORDS[age]}</th><td class="m">${number(count)}</td><td class="m">${yuan(fen)}</td></tr>`,
  )
  return html`<section class="card"><h2>未清余额按账龄</h2>${table('未清余额按账龄', head, rows)}</section>`
}

function cleaning({ balances, next }: BalanceList, { problem }: View, hospital: string): Html {
  const head = html`<th>院内ID</th><th>患者</th><th>证件号码</th><th>手机号</th><th>产生日期</th><th class="m">余额（元）</th><th>待清洗</th>`
  const rows = balances.map(
    (one) =>
      html`<tr><th>${one.patid}</th><td class="nowrap">${one.name || '—'}</td><td class="nowrap">${one.idNumber || '—'}</td><td class="nowrap">${one.phone || '—'}</td><td class="nowrap">${one.since ?? '—'}</td><td class="m">${yuan(one.balanceFen)}</td><td><div class="prose">${one.problems.map((word) => PROBLEM_WORDS[word]).join('、')}</div></td></tr>`,
  )
  const empty = problem === undefined ? '没有待清洗的档案。' : `没有“${PROBLEM_WORDS[problem]}”的档案。`
  return html`<section class="card" id="clean"><h2>待清洗 <small>未清而缺信息、告知不到或退不了的，余额大的在前</small></h2>
<form method="get" action="${REFUNDS_PAGE.path}" class="row">${hidden({ hospital, tab: 'ledger' })}<label>原因<select name="problem"><option value="">全部</option>${BALANCE_PROBLEMS.map(
    (one) => html`<option value="${one}"${one === problem && html` selected`}>${PROBLEM_WORDS[one]}</option>`,
  )}</select></label><button class="ghost">查看</button></form>${rows.length === 0 ? html`<p class="empty">${empty}</p>` : table('待清洗', head, rows)}${
    next &&
    html`<form method="post" action="/console/refunds/ledger/clean" class="row end">${hidden({ hospital, tab: 'ledger', problem: problem ?? '', afterFen: `${next.balanceFen}`, afterPatid: next.patid })}<button class="ghost small">下一页</button></form>`
  }</section>`
}

function progress(days: readonly LedgerDay[]): Html {
  const head = html`<th>日期</th><th class="m">新告知</th><th class="m">退款</th><th class="m">退款（元）</th><th class="m">结清</th><th class="m">未清档案</th><th class="m">未清（元）</th>`
  const rows = days
    .toReversed()
    .map(
      (one) =>
        html`<tr><th class="nowrap">${one.day}</th><td class="m">${number(one.told)}</td><td class="m">${number(one.refundedCount)}</td><td class="m">${yuan(one.refundedFen)}</td><td class="m">${number(one.cleared)}</td><td class="m">${one.openCount === null ? '—' : number(one.openCount)}</td><td class="m">${one.openFen === null ? '—' : yuan(one.openFen)}</td></tr>`,
    )
  return html`<section class="card"><h2>进展 <small>最近 ${PROGRESS_DAYS} 天</small></h2>${table('每天的进展', head, rows)}</section>`
}

const RUN_STATES = {
  running: { word: '没有做完', colour: 'warn' },
  done: { word: '已完成', colour: 'ok' },
  abandoned: { word: '已放弃', colour: 'none' },
} as const

function runList(runs: readonly BalanceRunView[]): Html {
  const head = html`<th>时间</th><th>来源</th><th>谁</th><th class="m">档案</th><th class="m">新增</th><th class="m">有变</th><th class="m">结清</th><th>状态</th>`
  const rows = runs
    .slice(0, RUNS_SHOWN)
    .map(
      (run) =>
        html`<tr><td class="nowrap">${time(run.startedAtMs)}</td><td class="nowrap">${run.source === 'file' ? (run.whole ? '全部未清' : '部分文件') : '向 HIS 查询'}</td><td class="nowrap">${run.by}</td><td class="m">${number(run.done)} / ${number(run.rows)}</td><td class="m">${number(run.added)}</td><td class="m">${number(run.changed)}</td><td class="m">${number(run.cleared)}</td><td>${tag(RUN_STATES[run.state])}</td></tr>`,
    )
  return html`<section class="card"><h2>最近的导入和查询</h2>${rows.length === 0 ? html`<p class="empty">还没有导入过。</p>` : table('最近的导入和查询', head, rows)}</section>`
}
