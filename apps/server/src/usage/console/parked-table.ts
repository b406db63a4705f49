import { formatShanghai } from '@zhangyi/core'
import { type Html, html } from '../../platform/http/html.ts'
import type { ParkedGroup } from '../parked/list-parked.ts'
import { mayCountTwice, REASON_TEXTS } from '../parked/park-reasons.ts'
import { sceneName } from '../scene-names.ts'
import type { PageFacts } from './read-page.ts'
import { hidden, number } from './scene-table.ts'

/** Events that stopped, in groups that are decided about together. */
export function parkedTable({ parked, hospital, day }: PageFacts): Html {
  const judged = parked.filter(({ reason }) => reason !== 'department-unmapped')
  return html`<section class="card" id="parked"><h2>停下的事件 <small>${judged.length === 0 ? '没有' : `${judged.length} 组，所有日期`}</small></h2>${
    judged.length === 0
      ? html`<p class="empty">没有停下等人判断的事件。平台拒绝、结果不明、内容打不开的会出现在这里。</p>`
      : html`<div class="scroll" role="region" aria-label="停下的事件，可以左右滚动" tabindex="0"><table><thead><tr><th>日期和环节</th><th>原因</th><th>平台代码</th><th class="m">数量</th><th>发生时间</th><th>处理</th></tr></thead><tbody>${judged.map((group) => row(group, hospital.id, day))}</tbody></table></div>`
  }</section>`
}

function row(group: ParkedGroup, hospital: string, shownDay: string): Html {
  const { day, scene, reason, code, count, firstAtMs, lastAtMs } = group
  const { name, todo } = REASON_TEXTS[reason]
  const time = (ms: number) => formatShanghai(ms).slice(11, 16)
  const fields = hidden({
    hospital,
    day: shownDay,
    parkedDay: day,
    scene,
    reason,
    code: code ?? '',
    hasCode: code === null ? '' : '1',
  })
  return html`<tr><th>${day}<small>${sceneName(scene)} ${scene}</small></th>
<td><span class="t warn">${name}</span><small class="prose">${todo}</small></td><td>${code ?? '—'}</td><td class="m">${number(count)}</td>
<td class="nowrap">${time(firstAtMs)}${lastAtMs !== firstAtMs && `–${time(lastAtMs)}`}</td>
<td><div class="acts"><form method="post" action="/console/usage/parked/release" class="acts">${fields}${
    mayCountTwice(reason) &&
    html`<label class="line"><input type="checkbox" name="mayCountTwice" value="1" required>知道可能被算两次</label>`
  }<button class="small">重新上报</button></form>
<form method="post" action="/console/usage/parked/accept">${fields}<button class="ghost small">平台已有，确认计入</button></form></div></td></tr>`
}
