import { Html, html } from '../../platform/http/html.ts'
import type { SceneCompleteness } from '../completeness/day-completeness.ts'
import { ACT_NAMES, sceneName } from '../scene-names.ts'
import type { PageFacts } from './read-page.ts'
import { stateOf } from './state-words.ts'

export const number = (value: number): string => value.toLocaleString('en-US')

/** What the numbers of a day add up to. */
export function sumOf(
  scenes: readonly SceneCompleteness[],
  pick: (scene: SceneCompleteness) => number | null,
): number {
  return scenes.reduce((sum, scene) => sum + (pick(scene) ?? 0), 0)
}

/** Numbers of the day by scene, and beside them what the platform's own console says. */
export function sceneTable({ scenes, day, hospital }: PageFacts): Html {
  if (scenes.length === 0) return html`<p class="empty">这一天没有数据，也没有要上报的环节。</p>`
  const sum = (pick: (scene: SceneCompleteness) => number | null) => number(sumOf(scenes, pick))
  return html`<form method="post" action="/console/usage/platform-counts">${hidden({ hospital: hospital.id, day })}
<div class="scroll" role="region" aria-label="各环节的数量，可以左右滚动" tabindex="0"><table>
<thead><tr><th>环节</th><th>状态</th><th class="m">HIS 成功</th><th class="m">已入库</th><th class="m">合并</th><th class="m">无卡</th><th class="m">已上报</th><th class="m">待上报</th><th class="m">停下</th><th class="m">缺口</th><th class="m">平台数量</th></tr></thead>
<tbody>${scenes.map(row)}</tbody>
<tfoot><tr><th>合计</th><td></td><td class="m">${sum(({ successes }) => successes)}</td><td class="m">${sum(({ stored }) => stored)}</td><td class="m">${sum(({ merged }) => merged)}</td><td class="m">${sum(({ noCard }) => noCard)}</td><td class="m">${sum(({ delivered }) => delivered)}</td><td class="m">${sum(({ pending }) => pending)}</td><td class="m">${sum(({ parked }) => parked)}</td><td class="m">${sum(({ gap }) => Math.max(0, gap ?? 0))}</td><td class="m">${sum(({ platform }) => platform)}</td></tr></tfoot>
</table></div><div class="row end"><span class="muted">平台数量从平台控制台抄来，留空的不保存</span><button class="ghost">保存平台数量</button></div></form>`
}

function row(one: SceneCompleteness): Html {
  const { word, colour } = stateOf(one)
  const acts = one.acts.map(({ act, count }) => `${ACT_NAMES[act]} ${number(count)}`).join('，')
  const pushed = one.stored - one.own
  return html`<tr><th>${sceneName(one.scene)}<small>${one.scene}${acts !== '' && ` · ${acts}`}</small></th>
<td><span class="t ${colour}">${word}</span></td>
<td class="m">${one.successes === null ? html`<span class="muted">只有推送</span>` : number(one.successes)}</td>
<td class="m">${number(one.stored)}${pushed > 0 && html`<small>推送 ${number(pushed)}</small>`}</td>
<td class="m">${number(one.merged)}</td><td class="m">${number(one.noCard)}</td>
<td class="m">${number(one.delivered)}${notes([
    ['迟报', one.late],
    ['23 点后', one.afterCutoff],
    ['人工确认', one.byHand],
    ['可能重复', one.maybeTwice],
  ])}</td>
<td class="m">${number(one.pending)}${one.stuck > 0 && html`<small>等了一会 ${number(one.stuck)}</small>`}</td>
<td class="m">${number(one.parked)}</td><td class="m">${gapOf(one.gap)}</td>
<td class="m"><input class="num" name="count-${one.scene}" inputmode="numeric" pattern="[0-9]*" value="${one.platform ?? ''}" aria-label="${sceneName(one.scene)}的平台数量">${
    one.difference !== null && one.difference !== 0 && html`<small>${difference(one.difference)}</small>`
  }</td></tr>`
}

/** More events than successes: something counts here that no room records. */
function gapOf(gap: number | null): string {
  if (gap === null) return '—'
  return gap < 0 ? `多 ${number(-gap)}` : number(gap)
}

function notes(parts: readonly (readonly [string, number])[]): readonly Html[] {
  return parts
    .filter(([, count]) => count > 0)
    .map(([what, count]) => html`<small>${what} ${number(count)}</small>`)
}

function difference(value: number): string {
  return value > 0 ? `平台多 ${number(value)}` : `平台少 ${number(-value)}`
}

/** Fields that a form of this page always brings along. */
export function hidden(fields: Readonly<Record<string, string>>): Html {
  return new Html(
    Object.entries(fields)
      .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`.text)
      .join(''),
  )
}
