import { type Html, html } from '../../../platform/http/html.ts'
import type { LegDetail, ShownAttempt } from '../case-detail.ts'
import {
  failWord,
  LEG_WORDS,
  problemWord,
  ROUTE_WORDS,
  stateOfLeg,
  stateOfNumber,
  stepActor,
  stepWord,
} from '../state-words.ts'
import { legActions } from './leg-actions.ts'
import type { Whose } from './page-room.ts'
import { facts, table, tag, time, yuan } from './parts.ts'

export interface LegPlace extends Whose {
  readonly operator: string
  readonly caseId: string
  /** Undefined: the only one of its case. */
  readonly place: number | undefined
}

/** One part of a case: where it stands, its numbers, what happened to it, and what may be done. */
export function legCard(detail: LegDetail, place: LegPlace): Html {
  const { leg, phase, tag: said } = detail
  return html`<section class="card"><h2>${place.place !== undefined && `第 ${place.place} 部分 · `}${ROUTE_WORDS[leg.route]} ${yuan(leg.amount_fen)} 元 ${tag(stateOfLeg(leg, said, phase))}</h2>
${whatItMeans(detail)}${legFacts(detail, place)}${legActions(detail, place)}${numbers(detail)}${steps(detail)}</section>`
}

function whatItMeans({ leg, tag: said, problem }: LegDetail): Html | false {
  if (leg.state === 'one-sided')
    return html`<p>微信查询确认没有付出${leg.fail !== null && html`：${failWord(leg.fail)}（<code>${leg.fail}</code>）`}。${
      leg.his_mode === 'hold' ? '医院还冻结着这笔钱。' : '医院已经扣减了这笔钱。'
    }</p>`
  if (problem !== undefined && leg.state === 'paying')
    return html`<p>${problemWord(problem)}（<code>${problem}</code>）。</p>`
  if (said !== null)
    return html`<p>超过 24 小时，微信还没有最后的结果。系统一直在查询，最长 30 天，之后以账单为准；现在重发会付两次，所以不能重发。</p>`
  return leg.last_problem !== null && html`<p>医院系统最近一次：${leg.last_problem}。系统会再试。</p>`
}

function legFacts({ leg, attempts, receipt }: LegDetail, { hospital }: LegPlace): Html {
  const newest = leg.payout_number ?? attempts.at(-1)?.number
  return facts([
    [
      '单号',
      html`${leg.id}${newest !== undefined && html`<small>商户单号 ${newest}</small>`}${leg.his_number !== null && html`<small>医院${leg.his_mode === 'hold' ? '冻结' : '扣减'}流水 ${leg.his_number}</small>`}`,
    ],
    ['到账时间', leg.paid_at_ms !== null && time(leg.paid_at_ms)],
    ['失效时间', leg.one_sided_at_ms !== null && time(leg.one_sided_at_ms)],
    ['成为待办', leg.task_at_ms !== null && time(leg.task_at_ms)],
    [
      '电子回单',
      receipt === 'kept'
        ? html`<a href="/api/v1/console/refunds/legs/${leg.id}/receipt?hospital=${hospital.id}">下载 PDF</a>`
        : receipt && (receipt === 'failed' ? '微信没有给出，请在商户平台下载' : '正在向微信申请'),
    ],
  ])
}

function numbers({ attempts }: LegDetail): Html | false {
  if (attempts.length === 0) return false
  const head = html`<th>商户单号，最新的在前</th><th>状态</th><th>最后一次发送</th><th class="m">次数</th><th>微信的答复</th>`
  return html`<h3>单号</h3>${table('单号', head, attempts.toReversed().map(numberRow))}`
}

function numberRow({ number, replaces, kind, sentAtMs, createdAtMs, sendings, ...one }: ShownAttempt): Html {
  return html`<tr><th>${number}${kind === 'abnormal' && html`<small>发起异常退款，单号不变</small>`}${replaces !== undefined && replaces !== number && html`<small>接替 ${replaces}</small>`}</th>
<td>${tag(stateOfNumber(one.state, one.queriedState))}</td><td class="nowrap">${time(sentAtMs ?? createdAtMs)}</td><td class="m">${sendings}</td>
<td>${one.lastProblem ?? '—'}${one.requestId !== undefined && html`<small>Request-ID ${one.requestId}</small>`}</td></tr>`
}

function steps({ steps: all, requests }: LegDetail): Html {
  const lines = [
    // In the order in which they make sense where they are of one moment: asked, agreed, done.
    ...requests.map(({ asked_at_ms, asked_by, reason }) => ({
      ...{ atMs: asked_at_ms, what: '申请生成新订单号退款', who: asked_by },
      ...{ after: '', why: reason },
    })),
    ...requests.flatMap(({ decided_at_ms, decided_by, state }) =>
      decided_at_ms === null || decided_by === null || decided_by.startsWith('system:')
        ? []
        : [
            {
              ...{ atMs: decided_at_ms, what: state === 'done' ? '复核同意' : '复核不同意', who: decided_by },
              ...{ after: '', why: '' },
            },
          ],
    ),
    ...all.map(({ at_ms, happening, state, detail, actor }) => ({
      ...{
        atMs: at_ms,
        what: stepWord(happening),
        who: stepActor(happening, actor),
        after: LEG_WORDS[state].word,
      },
      why: detail === null ? '' : failWord(detail),
    })),
  ].toSorted((left, right) => left.atMs - right.atMs)
  const head = html`<th>时间</th><th>经过</th><th>谁</th><th>之后的状态</th>`
  const rows = lines.map(
    ({ atMs, what, why, who, after }) =>
      html`<tr><td class="nowrap">${time(atMs)}</td><td><div class="prose">${what}${why !== '' && html`<small>${why}</small>`}</div></td><td class="nowrap">${who}</td><td class="nowrap">${after}</td></tr>`,
  )
  return html`<h3>经过</h3>${table('经过', head, rows)}`
}
