import { formatShanghai } from '@zhangyi/core'
import { type Html, html } from '../../platform/http/html.ts'
import type { DepartmentView } from '../departments/list-departments.ts'
import type { PageFacts } from './read-page.ts'
import { hidden, number } from './scene-table.ts'

const SHOWN = 200

/** HIS departments and the platform's codes; those without one first. */
export function departmentTable({ departments, hospital, day }: PageFacts): Html {
  const open = departments.filter(({ code }) => code === null)
  const mapped = departments.filter(({ code }) => code !== null)
  const back = { hospital: hospital.id, day }
  return html`<section class="card" id="departments"><h2>科室对应 <small>已对应 ${number(mapped.length)}，没有对应 ${number(open.length)}</small></h2>${
    open.length === 0
      ? html`<p class="empty">${mapped.length === 0 ? '还没有出现过科室。挂号产生的第一个事件会把科室列在这里，也可以现在就导入整张表。' : '出现过的科室都有代码。'}</p>`
      : table(open.slice(0, SHOWN), back, '没有对应的科室')
  }${
    mapped.length > 0 &&
    html`<details><summary>已对应的 ${number(mapped.length)} 个科室</summary>${table(mapped.slice(0, SHOWN), back, '已对应的科室')}</details>`
  }${importForm('/console/usage/departments/import', back, '导入整张表', '每行：HIS 科室编号,平台科室代码', '0301,0300')}</section>`
}

function table(rows: readonly DepartmentView[], back: Readonly<Record<string, string>>, label: string): Html {
  return html`<div class="scroll" role="region" aria-label="${label}，可以左右滚动" tabindex="0"><table><thead><tr><th>HIS 科室</th><th>第一次出现</th><th class="m">等它的事件</th><th>平台科室代码</th></tr></thead><tbody>${rows.map(
    ({ departmentId, name, code, seenAtMs, waiting }) =>
      html`<tr><th>${name}<small>${departmentId}</small></th><td class="nowrap">${formatShanghai(seenAtMs).slice(0, 16)}</td><td class="m">${number(waiting)}</td>
<td><form method="post" action="/console/usage/departments" class="row">${hidden({ ...back, departmentId })}<input class="code" name="code" required maxlength="32" pattern="[A-Za-z0-9_.\\-]+" value="${code ?? ''}" placeholder="如 0300" aria-label="${name}的平台科室代码"><button class="small${code !== null && ' ghost'}">${code === null ? '保存并上报' : '更改'}</button></form></td></tr>`,
  )}</tbody></table></div>`
}

/** A table by pasting or as a file; a file goes first. */
export function importForm(
  action: string,
  back: Readonly<Record<string, string>>,
  title: string,
  form: string,
  example: string,
): Html {
  return html`<details><summary>${title}</summary><form method="post" action="${action}" enctype="multipart/form-data">${hidden(back)}
<label class="wide">粘贴（${form}）<textarea name="csv" placeholder="${example}"></textarea></label>
<label>或者选择 CSV 文件（UTF-8 或 GBK）<input type="file" name="file" accept=".csv,text/csv,text/plain"></label>
<button class="ghost">导入</button><span class="muted">有一行不对就都不导入，并告诉您是哪一行。</span></form></details>`
}
